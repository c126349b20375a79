"""A record as it is stored: the values of its tracked columns, and of the rows that are parts of it.

A part is a list that people edit on the record's own form: its names, the places and organisers of an
initiative, the credits of an article. All of a record's parts stand in its snapshot, so that one timeline
tells all that became of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Max, Model

BATCH = 500
"""Rows that are looked up by one statement."""

ABOUT = ("created_at", "updated_at", "origin")
"""Columns that tell when a row was written and by what kind of writer, where a model has them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list of rows that belongs to a record."""

    name: str
    model: str
    owner: str
    columns: tuple[str, ...]


PARTS: dict[str, tuple[Part, ...]] = {
    "article": (Part("credits", "credit", "article_id", ("author_id", "role", "ordinal")),),
    "place": (Part("names", "placename", "place_id", ("name", "key")),),
    "organisation": (Part("names", "organisationname", "organisation_id", ("name", "key")),),
    "initiative": (
        Part("names", "initiativename", "initiative_id", ("name", "key")),
        Part("places", "initiative_places", "initiative_id", ("place_id",)),
        Part("organisers", "initiative_organisers", "initiative_id", ("organisation_id",)),
    ),
}
"""The parts of each model's records, by the model's name."""

Values = dict[str, Any]


@dataclass(slots=True)
class Snapshot:
    """The tracked values of a row and its parts; `about` tells of its making and is no value of it."""

    values: Values
    parts: dict[str, list[Any]]
    about: Values = field(default_factory=dict)

    def is_as(self, other: "Snapshot") -> bool:
        """Whether both say the same of the record."""
        return self.values == other.values and self.parts == other.parts


def tracked_columns(model: type[Model]) -> list[str]:
    """The attribute names of the columns whose changes are kept."""
    return [column.attname for column in history_of(model).tracked_fields]


def history_of(model: type[Model]) -> Any:
    """The model of a model's history rows."""
    return model.history.model  # type: ignore[attr-defined]


def parts_of(model: type[Model]) -> tuple[Part, ...]:
    """The parts of a model's records."""
    return PARTS.get(model._meta.model_name or "", ())


def stored(model: type[Model], pks: Iterable[int], using: str) -> dict[int, Snapshot]:
    """The rows of some ids as they are stored, by id; those that are gone are left out."""
    columns = tracked_columns(model)
    about = [name for name in ABOUT if name in {f.name for f in model._meta.concrete_fields}]
    found: dict[int, Snapshot] = {}
    for some in batches(pks):
        parts = _parts(model, some, using)
        rows = model._base_manager.using(using).filter(pk__in=some).values(*dict.fromkeys([*columns, *about]))
        for row in rows:
            values = {name: row[name] for name in columns}
            found[row["id"]] = Snapshot(values, parts[row["id"]], {name: row[name] for name in about})
    return found


def _parts(model: type[Model], pks: Sequence[int], using: str) -> dict[int, dict[str, list[Any]]]:
    """The parts of records by record and name; one query for each kind of part."""
    found: dict[int, dict[str, list[Any]]] = {pk: {} for pk in pks}
    for part in parts_of(model):
        rows = apps.get_model("kb", part.model)._base_manager.using(using)
        listed: dict[int, list[Any]] = defaultdict(list)
        for owner, *values in rows.filter(**{f"{part.owner}__in": pks}).values_list(
            part.owner, *part.columns
        ):
            listed[owner].append(values[0] if len(values) == 1 else values)
        for pk in pks:
            found[pk][part.name] = sorted(listed[pk])
    return found


def latest(model: type[Model], pks: Iterable[int], using: str) -> dict[int, Any]:
    """The newest history row of each record, by the record's id."""
    rows = history_of(model).objects.using(using)
    found: dict[int, Any] = {}
    for some in batches(pks):
        newest = rows.filter(id__in=some).order_by().values("id").annotate(newest=Max("history_id"))
        found |= {row.id: row for row in rows.filter(pk__in=newest.values("newest")).order_by()}
    return found


def told_by(row: Any) -> Snapshot:
    """What a history row says of its record."""
    return Snapshot({name: getattr(row, name) for name in tracked_columns(row.instance_type)}, row.parts)


def batches(pks: Iterable[int]) -> Iterable[list[int]]:
    """The ids, each once, `BATCH` at a time."""
    listed = list(dict.fromkeys(pks))
    return (listed[begin : begin + BATCH] for begin in range(0, len(listed), BATCH))
