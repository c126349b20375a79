"""The fields that answers are made of. Each knows the columns it needs and how it reads a row.

Lists are read by column, so a field that was not asked for costs no column and no query, and one that was
costs one step a page, not one a record. `at` is the path from the record that is listed to the one that is
shown (`initiative__`), so that the same field can show a record embedded in another at no further query.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler
from django.utils.module_loading import import_string
from rest_framework import serializers

from kb.tallies import entities
from kb.vocabulary import Vocabulary

Row = dict[str, Any]
Columns = Mapping[str, Sequence[Any]]
"""The rows of a query by column: all their ids, all their names, each in the order of the rows."""

Reader = Callable[[Columns], Sequence[Any]]
"""What turns columns into the values that a field shows, one a row."""


def by_column(rows: Sequence[Row], names: Iterable[str]) -> Columns:
    """Rows turned into columns."""
    return {name: [row[name] for row in rows] for name in names}


class Shown(serializers.Field):
    """A read-only part of an answer."""

    embedded = True
    """Whether it is shown too where its record is embedded in another."""

    def __init__(self, *, help_text: Any, **kwargs: Any) -> None:
        super().__init__(read_only=True, help_text=help_text, **kwargs)

    def columns(self) -> tuple[str, ...]:
        """The columns and annotations that the reader takes from a row."""
        return ()

    def annotations(self, most: int) -> dict[str, Any]:
        """Expressions to be added to the query, by the name under which the reader finds them.

        `most` is how many places of evidence a record shows.
        """
        return {}

    def reader(self, base: str, at: str = "") -> Reader:
        """What turns columns into the values shown; `base` is the address that links begin with."""
        raise NotImplementedError

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """The JSON schema of the value; `component` gives the reference to a serializer's own schema."""
        raise NotImplementedError


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that allows null besides."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


class Column(Shown):
    """A column as it is."""

    def __init__(self, column: str, kind: str = "string", *, null: bool = False, **kwargs: Any) -> None:
        self.column, self.kind, self.null = column, kind, null
        self.embedded = kind not in ("array", "date-time")  # a JSON object would change their form
        super().__init__(**kwargs)

    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def reader(self, base: str, at: str = "") -> Reader:
        """The value as stored; a decimal as a plain number."""
        key = at + self.column
        if self.kind == "number":
            return lambda columns: [
                number if number.__class__ is int else plain(number) for number in columns[key]
            ]
        return lambda columns: columns[key]

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """The type, with a format for `date` and `date-time`."""
        dated = self.kind in ("date", "date-time")
        schema = {"type": "string", "format": self.kind} if dated else {"type": self.kind}
        if self.kind == "array":
            schema["items"] = {}  # type: ignore[assignment]
        return nullable(schema) if self.null else schema


def plain(number: Decimal | float | None) -> int | float | None:
    """A number as JSON writes it: 350000 for Decimal("350000.0000"), 0.5 for Decimal("0.5000")."""
    if number is None or isinstance(number, int):
        return number
    as_float = float(number)
    return int(number) if as_float.is_integer() else as_float


class Choice(Column):
    """A value of a closed list."""

    def __init__(self, column: str, vocabulary: type[Vocabulary], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(column, **kwargs)

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A string, one of the list."""
        values: list[str | None] = [member.value for member in self.vocabulary]
        if self.null:
            return {"type": ["string", "null"], "enum": [*values, None]}
        return {"type": "string", "enum": values}


class Label(Choice):
    """The Chinese label of a value of a closed list."""

    def reader(self, base: str, at: str = "") -> Reader:
        """The label; null for no value."""
        key, labels = at + self.column, {member.value: member.label for member in self.vocabulary}
        return lambda columns: list(map(labels.get, columns[key]))

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A string."""
        return nullable({"type": "string"}) if self.null else {"type": "string"}


class Address(Shown):
    """The address of the record itself."""

    def __init__(self, resource: str, *, by: str = "id", **kwargs: Any) -> None:
        self.resource, self.by = resource, by
        super().__init__(**kwargs)

    def columns(self) -> tuple[str, ...]:
        """The column that tells records apart in addresses."""
        return (self.by,)

    def reader(self, base: str, at: str = "") -> Reader:
        """`http://host/api/v1/initiatives/12/`."""
        key, start = f"{at}{self.by}", f"{base}{self.resource}/"
        return lambda columns: [f"{start}{value}/" for value in columns[key]]

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """An absolute URI."""
        return {"type": "string", "format": "uri"}


class Dated(Shown):
    """A date with its precision and its words, from the columns that share a prefix."""

    def __init__(self, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(**kwargs)

    def columns(self) -> tuple[str, ...]:
        """Date, precision and words."""
        return (f"{self.prefix}_on", f"{self.prefix}_precision", f"{self.prefix}_text")

    def reader(self, base: str, at: str = "") -> Reader:
        """`{"date": "2023-01-01", "precision": "year", "text": "2023年"}`, null without one."""
        keys = [at + column for column in self.columns()]

        def read(columns: Columns) -> Sequence[dict[str, Any] | None]:
            return [
                {"date": date, "precision": precision or None, "text": text} if text or date else None
                for date, precision, text in zip(*(columns[key] for key in keys), strict=True)
            ]

        return read

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """The component `DateWithPrecision` or null."""
        return nullable(component(import_string("api.serializers.parts.DateWithPrecision")))


class Count(Shown):
    """How many rows hang on the record, counted by a subquery on an index.

    `owner` is the rows' path to the record, or a condition with OuterRef("pk") where there are several.
    """

    embedded = False

    def __init__(
        self, name: str, rows: QuerySet, owner: str | Q, *, distinct: str = "", **kwargs: Any
    ) -> None:
        self.annotation, self.rows, self.owner, self.distinct = name, rows, owner, distinct
        super().__init__(**kwargs)

    def columns(self) -> tuple[str, ...]:
        """The annotation."""
        return (self.annotation,)

    def annotations(self, most: int) -> dict[str, Any]:
        """The count; COUNT as a plain function, since an aggregate would make Django group by the id.

        Rows are counted, no column of theirs: PostgreSQL then reads their index alone.
        """
        template = f"COUNT({'DISTINCT %(expressions)s' if self.distinct else '*'})"
        counted = [self.distinct] if self.distinct else []
        number = Func(*counted, template=template, output_field=IntegerField())
        tie = self.owner if isinstance(self.owner, Q) else Q(**{self.owner: OuterRef("pk")})
        mine = self.rows.filter(tie).order_by()
        return {self.annotation: Subquery(mine.annotate(number=number).values("number"))}

    def reader(self, base: str, at: str = "") -> Reader:
        """The number."""
        return lambda columns: columns[self.annotation]

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A number from 0 on."""
        return {"type": "integer", "minimum": 0}


class KeptCount(Count):
    """A number that SQLite keeps (kb/tallies/entities.py) under a name, and PostgreSQL counts."""

    def __init__(self, name: str, rows: QuerySet, owner: str, *, kept: str, **kwargs: Any) -> None:
        super().__init__(name, rows, owner, **kwargs)
        self.kept = kept

    def annotations(self, most: int) -> dict[str, Any]:
        """The number by either way, as the database has it."""
        return {
            name: _KeptOnSQLite(F("pk"), counted, self.kept)
            for name, counted in super().annotations(most).items()
        }


class _KeptOnSQLite(Func):
    """The kept number of a record, or on PostgreSQL the expression that counts."""

    output_field = IntegerField()

    def __init__(self, pk: F, counted: Expression, kept: str) -> None:
        super().__init__(pk, counted)
        self.kept = kept

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        """The number out of its table."""
        pk, params = compiler.compile(self.source_expressions[0])
        return entities.NUMBER.format(self.kept, pk), params

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:  # type: ignore[override]
        """The rows counted."""
        return compiler.compile(self.source_expressions[1])
