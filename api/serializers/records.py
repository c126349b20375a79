"""What every resource's serializer shares: choosing fields, and turning rows into answers."""

import copy
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any, ClassVar, cast

import orjson
from django.db import router
from django.db.models import Model, QuerySet
from msgspec import Struct, defstruct
from msgspec.json import Encoder
from rest_framework import serializers

from api.compiled import Bound, Compiled
from api.errors import Problem, several
from api.serializers.evidence import LISTED
from api.serializers.fields import Columns, Reader, Row, Shown, by_column
from api.serializers.links import Fetched, Link, Links


class RecordSerializer(serializers.Serializer):
    """The declaration of a resource's answer: its fields, in the order in which they are shown."""

    resource: ClassVar[str]
    """The name in addresses: `initiatives`."""

    @classmethod
    def shown(cls) -> dict[str, Shown]:
        """The declared fields by name."""
        return cast(dict[str, Shown], cls._declared_fields)

    @classmethod
    def expandable(cls) -> list[str]:
        """The names of the fields that `expand` can embed."""
        return [name for name, field in cls.shown().items() if isinstance(field, Link | Links)]

    @classmethod
    def embedded_fields(cls) -> dict[str, Shown]:
        """The fields that are shown where a record is embedded in another: those of its own columns."""
        return {name: field for name, field in cls.shown().items() if field.embedded}

    @classmethod
    def embedded_columns(cls) -> tuple[str, ...]:
        """The columns that an embedded record needs."""
        return columns_of(cls.embedded_fields().values())

    @classmethod
    def embedded_reader(cls, base: str, at: str) -> Reader:
        """What builds the embedded records from the columns under a path."""
        readers = {name: field.reader(base, at) for name, field in cls.embedded_fields().items()}
        return lambda columns: assembled({name: read(columns) for name, read in readers.items()})


def assembled(shown: Columns) -> list[dict[str, Any]]:
    """The answers out of what each field shows of all of them."""
    rows = zip(*shown.values(), strict=True)
    return list(map(dict, map(zip, repeat(tuple(shown)), rows)))  # a dict a row, none of them made by Python


def columns_of(fields: Iterable[Shown]) -> tuple[str, ...]:
    """The columns of all the fields, each once, the id among them."""
    return tuple(dict.fromkeys(["id", *(column for field in fields for column in field.columns())]))


def choose(
    serializer: type[RecordSerializer], fields: Sequence[str], omit: Sequence[str], expand: Sequence[str]
) -> dict[str, Shown]:
    """The fields to show by name, those to expand marked; unknown names raise a Problem."""
    declared = serializer.shown()
    known, expandable = list(declared), serializer.expandable()
    problems = [
        Problem("invalid_value", param=param, value=name, allowed=allowed)
        for param, names, allowed in (
            ("fields", fields, known),
            ("omit", omit, known),
            ("expand", expand, expandable),
        )
        for name in names
        if name not in allowed
    ]
    if problems:
        raise several(problems)
    chosen = {name: declared[name] for name in known if (not fields or name in fields) and name not in omit}
    for name in expand:
        if name in omit:
            raise Problem("conflicting_parameters", param="expand", value=f"omit={name}")
        if name not in chosen:
            raise Problem("missing_parameter", param="expand", value=f"fields={name}")
    return {name: expanded_as(field, name in expand) for name, field in chosen.items()}


@lru_cache(maxsize=500)
def _reading(
    serializer: type[RecordSerializer],
    chosen: tuple[tuple[str, bool], ...],
    most: int,
    model: Any,
    using: str,
) -> tuple[tuple[str, ...], Compiled]:
    """The columns that a choice of fields needs, and the query that reads them of records by id."""
    declared = serializer.shown()
    fields = {name: expanded_as(declared[name], expanded) for name, expanded in chosen}
    columns = columns_of(fields.values())
    rows = annotated(model._base_manager.using(using), fields.values(), most)
    return columns, Compiled(rows.filter(pk__among=Bound("ids")).order_by().values_list(*columns), using)


def expanded_as(field: Shown, expanded: bool) -> Shown:
    """The field, or its like that embeds the linked record."""
    if not expanded:
        return field
    other: Any = copy.copy(field)
    other.expanded = True
    return other


def annotated(rows: QuerySet, fields: Iterable[Shown], most: int) -> QuerySet:
    """The query with the annotations that the fields need."""
    return rows.annotate(**{key: value for field in fields for key, value in field.annotations(most).items()})


_write = Encoder(enc_hook=str).encode


class Shape:
    """How the records of one request are read and shown: chosen fields, their columns and queries.

    `base` is the address that links begin with (`http://host/api/v1/`), `most` how many places of evidence a
    record shows.
    """

    def __init__(
        self,
        serializer: type[RecordSerializer],
        base: str,
        fields: dict[str, Shown] | None = None,
        most: int = LISTED,
    ) -> None:
        self.serializer, self.base, self.most = serializer, base, most
        self.fields = serializer.shown() if fields is None else fields
        self.chosen = tuple((name, getattr(field, "expanded", False)) for name, field in self.fields.items())
        self.columns = columns_of(self.fields.values())
        self.fetched = {name: field for name, field in self.fields.items() if isinstance(field, Fetched)}
        self.readers = {
            name: field.reader(base) for name, field in self.fields.items() if name not in self.fetched
        }

    def prepare(self, rows: QuerySet) -> QuerySet:
        """The query with the annotations that the chosen fields need."""
        return annotated(rows, self.fields.values(), self.most)

    def read(self, model: type[Model], ids: Sequence[int]) -> Columns:
        """The columns of records, in the order of their ids; one query, none for no ids."""
        if not ids:
            return dict.fromkeys(self.columns, ())
        using = router.db_for_read(model)
        columns, compiled = _reading(self.serializer, self.chosen, self.most, model, using)
        found = compiled.columns(ids=ids)
        at = {pk: place for place, pk in enumerate(found[columns.index("id")])}
        order = [at[pk] for pk in ids if pk in at]
        if order == list(range(len(at))):
            return dict(zip(columns, found, strict=True))
        pick = itemgetter(*order) if len(order) > 1 else lambda values: [values[place] for place in order]
        return {name: pick(values) for name, values in zip(columns, found, strict=True)}

    def answers(self, model: type[Model], ids: Sequence[int]) -> list[dict[str, Any]]:
        """The answers for records by their ids."""
        return self.show(self.read(model, ids))

    def show_rows(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The answers for rows that hold `columns`."""
        return self.show(by_column(rows, self.columns))

    def show(self, columns: Columns) -> list[dict[str, Any]]:
        """The answers for columns; one query a fetched list."""
        if not self.fields:  # every field that was asked for was left out, too
            return [{} for _ in columns["id"]]
        return assembled(self._shown(columns))

    def written(self, columns: Columns) -> orjson.Fragment:
        """The same in JSON, as a part of an answer; quicker, since no record is made a dict on the way."""
        if not self.fields:
            return orjson.Fragment(orjson.dumps(self.show(columns)))
        return orjson.Fragment(_write(list(map(self._record, *self._shown(columns).values()))))

    @cached_property
    def _record(self) -> Callable[..., Struct]:
        """What makes a record out of what its fields show."""
        return defstruct("Record", list(self.fields), gc=False)

    def _shown(self, columns: Columns) -> Columns:
        """What each field shows of all the records."""
        ids = columns["id"]
        shown = {name: read(columns) for name, read in self.readers.items()}
        for name, field in self.fetched.items():
            found = field.fetch(ids, self.base)
            shown[name] = [found.get(pk, []) for pk in ids]
        return {name: shown[name] for name in self.fields}


@lru_cache(maxsize=500)
def shape_of(
    serializer: type[RecordSerializer],
    base: str,
    fields: tuple[str, ...] = (),
    omit: tuple[str, ...] = (),
    expand: tuple[str, ...] = (),
    most: int = LISTED,
) -> Shape:
    """The shape for fields chosen by name, made once; unknown names raise a Problem."""
    return Shape(serializer, base, choose(serializer, fields, omit, expand), most)
