"""Queries that many requests ask alike: made into SQL once, run with other values each time.

    by_ids = Compiled(Place.objects.filter(pk__among=Bound("ids")).values_list("id", "name"))
    by_ids.rows(ids=[3, 1])

Putting a query of thirty columns together takes Django longer than the database needs to answer it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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


class Compiled:
    """A query in SQL, with places for lists of values."""

    def __init__(self, rows: QuerySet, using: str) -> None:
        self.using = using
        self._compiler = rows.query.get_compiler(using)
        self._sql, self._params = self._compiler.as_sql()
        shown = self._compiler.select[: self._compiler.col_count]
        self._converters = self._compiler.get_converters([expression for expression, _, _ in shown])
        self._as_json = connections[using].vendor == "sqlite"

    def rows(self, **values: Sequence[Any]) -> list[Sequence[Any]]:
        """The rows for these values."""
        params = [
            self._value(values[each.name]) if isinstance(each, Bound) else each for each in self._params
        ]
        with connections[self.using].cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        return list(self._compiler.apply_converters(found, self._converters)) if self._converters else found

    def _value(self, values: Sequence[Any]) -> Any:
        """A list as the database takes it in one parameter."""
        return orjson.dumps(list(values)).decode() if self._as_json else list(values)
