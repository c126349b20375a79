"""What every resource's serializer shares: choosing fields, and turning rows into answers."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast

import orjson
from django.db.models import QuerySet
from rest_framework import serializers

from api.errors import Problem, several
from api.serializers.evidence import LISTED
from api.serializers.fields import Reader, Row, Shown
from api.serializers.links import Attached, Fetched, Link, Links


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
        """What builds the embedded record from the columns under a path."""
        readers = [(name, field.reader(base, at)) for name, field in cls.embedded_fields().items()]
        return lambda row: {name: read(row) for name, read in readers}


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
    for name in set(expand) & set(chosen):
        chosen[name] = copy.copy(chosen[name])
        chosen[name].expanded = True  # type: ignore[attr-defined]
    return chosen


class Shape:
    """How the records of one request are read and shown: chosen fields, their columns and queries.

    `base` is the address that links begin with (`http://host/api/v1/`), `most_evidence` how many places
    of evidence a record shows.
    """

    def __init__(self, fields: dict[str, Shown], base: str, most_evidence: int = LISTED) -> None:
        self.fields, self.base, self.most_evidence = fields, base, most_evidence
        self.columns = columns_of(fields.values())
        self.attached = {name: field for name, field in fields.items() if isinstance(field, Attached)}
        self.fetched = {name: field for name, field in fields.items() if isinstance(field, Fetched)}
        self.readers = [
            (name, field.reader(base))
            for name, field in fields.items()
            if name not in self.attached and name not in self.fetched
        ]

    def prepare(self, rows: QuerySet) -> QuerySet:
        """The query with the annotations that the chosen fields need."""
        annotations = {
            key: value for field in self.fields.values() for key, value in field.annotations().items()
        }
        return rows.annotate(**annotations)

    def show(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The answers for rows that hold `columns`: one query for all attached, one a fetched list."""
        ids = [row["id"] for row in rows]
        lists = {
            **self._attachments(ids),
            **{name: f.fetch(ids, self.base, self.most_evidence) for name, f in self.fetched.items()},
        }
        readers = dict(self.readers)
        order = [(name, readers.get(name), lists.get(name)) for name in self.fields]
        return [
            {
                name: read(row) if read is not None else (many or {}).get(row["id"], [])
                for name, read, many in order
            }
            for row in rows
        ]

    def _attachments(self, ids: Sequence[int]) -> dict[str, dict[int, list[Any]]]:
        """Attached items by field name and record id, each item once, ordered by id; one query."""
        found: dict[str, dict[int, list[Any]]] = {name: defaultdict(list) for name in self.attached}
        if not (ids and self.attached):
            return found
        branches = [
            branch.order_by() for name, field in self.attached.items() for branch in field.branches(name, ids)
        ]
        readers = {name: field.item_reader(self.base) for name, field in self.attached.items()}
        rows = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
        loaded = [(owner, name, _object(item)) for owner, name, item in rows]
        seen = set()
        for owner, name, item in sorted(loaded, key=lambda each: (each[0], each[1], _place(each[2]))):
            if (owner, name, item["id"]) not in seen:
                seen.add((owner, name, item["id"]))
                found[name][owner].append(readers[name](item))
        return found


def _place(item: Row) -> tuple[int, int]:
    """Where an attached item stands among those of its record: by its ordinal, then by its id."""
    return item.get("ordinal", 0), item["id"]


def _object(item: Any) -> Row:
    """A JSON object of the database, decoded where the driver hands on its text."""
    return orjson.loads(item) if isinstance(item, str | bytes) else item
