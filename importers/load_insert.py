"""New rows into a table in the quickest way of each database: COPY on PostgreSQL, executemany on SQLite.

Django's own bulk_create makes a model instance of each row and prepares each value by itself, which takes
several times as long as the database needs. Constraints and triggers hold as with any other statement.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
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

Prepare = Callable[[Any, Any], Any]


class _Table(NamedTuple):
    """The columns of a table as they are written, in order, and what rows that name none of them get."""

    names: list[str]
    attributes: tuple[str, ...]
    """Under what name rows give the values."""
    defaults: Values
    times: tuple[str, ...]
    """Columns that hold the time of writing."""
    prepared: tuple[tuple[str, Prepare], ...]
    """Columns whose values a database takes in a form of its own."""


def as_new(model: type[Record], table: str, rows: Iterable[Values], result: LoadResult) -> list[Values]:
    """Counts new rows that the import is the origin of; gives them as they are to be stored."""
    made = [new_row(model, values) for values in rows]
    result.add(table, Outcome.CREATED, len(made))
    return made


def new_row(model: type[Record], values: Values) -> Values:
    """The values of a new row that the import is the origin of."""
    return fitted(model, values) | {"origin": RecordOrigin.IMPORTED.value}


def insert(model: type[Model], rows: Sequence[Values]) -> None:
    """Stores rows, each a value by field (foreign keys by id); the database gives ids to those without.

    What a row does not name gets the field's default. Call it inside a transaction.
    """
    if not rows:
        return
    table = _table(model, connection.vendor, rows[0].get("id") is not None)
    _write(model._meta.db_table, table.names, _prepared(table, rows))


def reserve(table: str, count: int, after: int = 0) -> list[int]:
    """New ids of a table that nobody else gets, beyond those reserved already (up to `after`).

    On SQLite a transaction that writes is alone from its beginning; store the rows before others make any.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = max(cursor.fetchone()[0], after)
        return list(range(last + 1, last + 1 + count))


@lru_cache(maxsize=128)
def _table(model: type[Model], vendor: str, has_ids: bool) -> _Table:
    """How rows of a model are written, with their ids or without."""
    fields = [f for f in model._meta.concrete_fields if not f.generated and (has_ids or f.column != "id")]
    times = [f for f in fields if getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False)]
    special = {f.attname: f.get_db_prep_save for f in fields if isinstance(f, _PREPARED) and f not in times}
    defaults = {f.attname: _default(f) for f in fields if f not in times}
    for name, prepare in special.items():
        if defaults[name] is not None:
            defaults[name] = prepare(defaults[name], connection)
    return _Table(
        [str(field.column) for field in fields],
        tuple(field.attname for field in fields),
        defaults,
        tuple(field.attname for field in times),
        tuple(special.items()),
    )


def _default(field: Field) -> Any:
    """What a row that does not name a field gets."""
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return "" if field.empty_strings_allowed and not field.null else None


def _prepared(table: _Table, rows: Iterable[Values]) -> list[tuple[Any, ...]]:
    """The values of rows in the order of the columns, as the database takes them."""
    ordered = itemgetter(*table.attributes)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    times = dict.fromkeys(table.times, now)
    found = []
    for row in rows:
        values = table.defaults | row | times
        for attribute, prepare in table.prepared:
            if (value := row.get(attribute)) is not None:
                values[attribute] = prepare(value, connection)
        found.append(ordered(values))
    return found


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
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - our own names
