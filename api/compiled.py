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
from django.db.models import DateField, Field, Func, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class Bound:
    """A place in a compiled query for a list of values, or for one, by name."""

    name: str
    single: bool = False


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


@Field.register_lookup
class Like(Lookup):
    """`name__like=Bound("pattern", single=True)`: SQL's LIKE, with a backslash before what is no pattern."""

    lookup_name = "like"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The comparison."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s ESCAPE '\\'", (*params, self.rhs)


class AsStored(Func):
    """A date or moment in the letters that SQLite keeps: its driver reads columns, but no expressions."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        """The column as an expression that changes nothing."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


def _moments(values: Sequence[Any]) -> Sequence[Any]:
    """Moments as SQLite keeps them, in UTC; those that many rows share are read once."""
    read = {value: _moment(value) for value in set(values) if value is not None}
    return list(map(read.get, values))


def _moment(value: str) -> datetime.datetime:
    """A moment out of its letters."""
    found = datetime.datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def _numbers(values: Sequence[Any]) -> Sequence[Any]:
    """Decimals as SQLite keeps them: whole, or floats, with no more places than the column has."""
    return [value if value is None or value.__class__ is int else round(value, 6) for value in values]


def _documents(values: Sequence[Any]) -> Sequence[Any]:
    """What JSON texts say."""
    return [None if value is None else orjson.loads(value) for value in values]


def _usual(
    compiler: SQLCompiler, converters: Sequence[Any], expression: Any, values: Sequence[Any]
) -> Sequence[Any]:
    """Values as Django's own converters give them."""
    for convert in converters:
        values = [
            None if value is None else convert(value, expression, compiler.connection) for value in values
        ]
    return values


def _as_stored(column: Any) -> Any:
    """The column, passed by the driver's own reading where there is a quicker one."""
    field = column.output_field
    return AsStored(column, output_field=field) if isinstance(field, DateField) else column


_QUICK: dict[str, Callable[[Sequence[Any]], Sequence[Any]]] = {"JSONField": _documents}
_QUICK_ON_SQLITE: dict[str, Callable[[Sequence[Any]], Sequence[Any]]] = {
    **_QUICK,
    "DateField": lambda values: values,  # the letters that it keeps are those of JSON
    "DateTimeField": _moments,
    "DecimalField": _numbers,
}
"""By the kind of a field: what JSON is to say of the values of a column, by a shorter way than Django's."""


class Compiled:
    """A query in SQL, with places for lists of values.

    Its values are as JSON writes them, or, not `for_json`, those that the query itself would give.
    """

    def __init__(self, rows: QuerySet, using: str, *, for_json: bool = True) -> None:
        self.using = using
        if for_json:
            rows.query.select = tuple(map(_as_stored, rows.query.select))
        self._compiler = rows.query.get_compiler(using)
        self._as_json = connections[using].vendor == "sqlite"
        sql, params = self._compiler.as_sql()
        # By name: in a list, Django would look for each %s in the text whenever the query runs on SQLite.
        self._params = {f"p{at}": each for at, each in enumerate(params)}
        self._sql = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in self._params)
        shown = [expression for expression, _, _ in self._compiler.select[: self._compiler.col_count]]
        usual = self._compiler.get_converters(shown)
        quick = (_QUICK_ON_SQLITE if self._as_json else _QUICK) if for_json else {}
        self._width = len(shown)
        self._converters = [
            (
                at,
                quick.get(shown[at].output_field.get_internal_type(), partial(_usual, self._compiler, *pair)),
            )
            for at, pair in usual.items()
        ]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        return list(zip(*self.columns(**values), strict=True))

    def columns(self, **values: Any) -> list[Sequence[Any]]:
        """The columns of the rows for these values, as JSON writes them."""
        params = {
            name: self._value(each, values[each.name]) if isinstance(each, Bound) else each
            for name, each in self._params.items()
        }
        with connections[self.using].cursor() as cursor:
            cursor.execute(self._sql, params)
            rows = cursor.fetchall()
        found: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * self._width
        for at, convert in self._converters:
            found[at] = convert(found[at])
        return found

    def _value(self, place: Bound, values: Any) -> Any:
        """A value, or a list as the database takes it in one parameter."""
        if place.single:
            return values
        return orjson.dumps(list(values)).decode() if self._as_json else list(values)
