"""New rows into a table in the quickest way of each database: COPY on PostgreSQL, executemany on SQLite.

Django's own bulk_create makes a model instance of each row and prepares each value by itself, which takes
several times as long as the database needs. Constraints and triggers hold as with any other statement.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateField, DecimalField, Field, JSONField, Model
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone

from importers.load_result import LoadResult, Outcome
from importers.load_sync import Values, fitted
from kb.models.base import Record
from kb.vocabulary import RecordOrigin

_PREPARED = (DateField, DecimalField, JSONField)
"""Fields whose values a database takes in a form of its own; date and time is a kind of date."""


class _Column(NamedTuple):
    """A column, under what name rows give its value, and how a value is prepared (None: as it is)."""

    name: str
    attribute: str
    default: Any
    prepare: Callable[[Any, Any], Any] | None
    is_time: bool


def create(model: type[Record], table: str, rows: Iterable[Values], result: LoadResult) -> list[Values]:
    """Stores and counts new rows that the import is the origin of; gives them as they were stored."""
    made = [fitted(model, values) | {"origin": RecordOrigin.IMPORTED.value} for values in rows]
    result.add(table, Outcome.CREATED, len(made))
    insert(model, made)
    return made


def insert(model: type[Model], rows: Sequence[Values]) -> None:
    """Stores rows, each a value by field (foreign keys by id); the database gives ids to those without.

    What a row does not name gets the field's default. Call it inside a transaction.
    """
    if not rows:
        return
    now = timezone.now()
    has_ids = "id" in rows[0]
    columns = [column for column in _columns(model) if has_ids or column.name != "id"]
    stored = [_prepared(columns, now, row) for row in rows]
    _write(model._meta.db_table, [column.name for column in columns], stored)


def numbered(model: type[Model], rows: Iterable[Values]) -> list[Values]:
    """The rows with ids that nobody else gets, for rows whose ids are needed when they are stored."""
    found = list(rows)
    ids = _reserve(model._meta.db_table, len(found)) if found else []
    return [values | {"id": number} for values, number in zip(found, ids, strict=True)]


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[_Column, ...]:
    """The columns that are written."""
    return tuple(_column(field) for field in model._meta.concrete_fields if not field.generated)


def _column(field: Field) -> _Column:
    """How a field is written."""
    special = isinstance(field, _PREPARED)
    is_time = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    default = None if is_time or field.default is NOT_PROVIDED else field.get_default()
    if field.default is NOT_PROVIDED and field.empty_strings_allowed and not field.null:
        default = ""
    prepare = field.get_db_prep_save if special else None
    return _Column(str(field.column), field.attname, default, prepare, bool(is_time))


def _prepared(columns: Sequence[_Column], now: datetime, row: Values) -> list[Any]:
    """The values of a row in the order of the columns."""
    values = []
    for _, attribute, default, prepare, is_time in columns:
        value = now if is_time else row.get(attribute, default)
        values.append(value if prepare is None or value is None else prepare(value, connection))
    return values


def _reserve(table: str, count: int) -> list[int]:
    """New ids of a table. On SQLite a transaction that writes is alone from its beginning."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
        return list(range(last + 1, last + 1 + count))


def _write(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Stores prepared rows."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f'COPY "{table}" ({names}) FROM STDIN'
            # Django knows no COPY: its errors have to be made Django's own by hand.
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
