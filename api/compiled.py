"""Queries that many requests ask alike: made into SQL once, run with other values each time.

    by_ids = Compiled(Place.objects.filter(pk__among=Bound("ids")).values_list("id", "name"))
    by_ids.rows(ids=[3, 1])

Putting a query of thirty columns together takes Django longer than the database needs to answer it.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class Bound:
    """A place in a compiled query for a list of values, by name."""

    name: str


@Field.register_lookup
class Among(Lookup):
    """`pk__among=Bound("ids")`: equal to any of a list that is one parameter, however long it is."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """The list comes as JSON."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, self.rhs)  # noqa: S608 - a column

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """The list comes as an array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self.rhs)


def _moment(value: datetime.datetime | str) -> datetime.datetime:
    """A moment as SQLite keeps it, in UTC."""
    found = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def _number(value: float) -> float:
    """A decimal as SQLite keeps it: a float, with no more places than the column has."""
    return value if isinstance(value, int) else round(value, 6)


def _usual(compiler: SQLCompiler, converters: Sequence[Any], expression: Any, value: Any) -> Any:
    """A value as Django's own converters give it."""
    for convert in converters:
        value = convert(value, expression, compiler.connection)
    return value


_QUICK: dict[str, Callable[[Any], Any]] = {"JSONField": orjson.loads}
_QUICK_ON_SQLITE: dict[str, Callable[[Any], Any]] = {
    **_QUICK,
    "DateField": str,
    "DateTimeField": _moment,
    "DecimalField": _number,
}
"""By the kind of a field: what JSON is to say of a value, by a shorter way than Django's."""


class Compiled:
    """A query in SQL, with places for lists of values."""

    def __init__(self, rows: QuerySet, using: str) -> None:
        self.using = using
        self._compiler = rows.query.get_compiler(using)
        self._sql, self._params = self._compiler.as_sql()
        self._as_json = connections[using].vendor == "sqlite"
        shown = [expression for expression, _, _ in self._compiler.select[: self._compiler.col_count]]
        usual = self._compiler.get_converters(shown)
        quick = _QUICK_ON_SQLITE if self._as_json else _QUICK
        self._converters = [
            (
                at,
                quick.get(shown[at].output_field.get_internal_type(), partial(_usual, self._compiler, *pair)),
            )
            for at, pair in usual.items()
        ]

    def rows(self, **values: Sequence[Any]) -> list[Sequence[Any]]:
        """The rows for these values."""
        params = [
            self._value(values[each.name]) if isinstance(each, Bound) else each for each in self._params
        ]
        with connections[self.using].cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        return [self._converted(list(row)) for row in found] if self._converters else found

    def _converted(self, row: list[Any]) -> list[Any]:
        """The row with its values as JSON writes them."""
        for at, convert in self._converters:
            if row[at] is not None:
                row[at] = convert(row[at])
        return row

    def _value(self, values: Sequence[Any]) -> Any:
        """A list as the database takes it in one parameter."""
        return orjson.dumps(list(values)).decode() if self._as_json else list(values)
