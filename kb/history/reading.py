"""The history as it is told: each change with who, when, and what it made of what."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Model, Value
from django.utils.translation import gettext as _

from kb.changes import IMPORTER
from kb.history.recording import CREATED, DELETED
from kb.history.snapshots import Snapshot, history_of, parts_of, told_by
from kb.vocabulary import CreditRole, HistoryAction, RecordOrigin

NAME_COLUMNS = {"article": "title", "page": "source_file"}
"""What rows are known by, where it is not their column `name`."""

LINKED_PARTS = {"places": "place", "organisers": "organisation"}
"""Parts that are lists of ids, by the model whose they are."""

Names = dict[tuple[str, int], str]
"""The names of rows by model and id."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A row that a value points at; one that is gone has no name."""

    model: str
    pk: int
    name: str | None

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a change gave another value."""

    field: str
    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a record."""

    number: int | None
    """The id of the history row; None for the making of a record that nobody has changed since."""
    at: datetime.datetime
    by: str
    action: HistoryAction
    differences: list[Difference]


def entries(rows: Sequence[Any], older: Any | None) -> list[Entry]:
    """What history rows tell, the newest first; `older` is the row before the last of them, if any."""
    pairs = list(zip(rows, [*rows[1:], older], strict=True)) if rows else []
    raw = [list(_differences(row, previous)) for row, previous in pairs]
    names = names_of(link for found in raw for each in found for link in _links(each))
    return [
        Entry(
            row.history_id,
            row.history_date,
            row.history_user_id,
            HistoryAction(row.history_change_reason),  # type: ignore[call-arg]
            [_named(each, names) for each in found],
        )
        for (row, _previous), found in zip(pairs, raw, strict=True)
    ]


def unchanged(model: type[Model], pk: int) -> list[Entry]:
    """The one entry of a record that has no history: that it was made."""
    row = model._base_manager.filter(pk=pk).values("created_at", "origin").get()
    by = IMPORTER if row["origin"] == RecordOrigin.IMPORTED else ""
    return [Entry(None, row["created_at"], by, HistoryAction.CREATE, [])]


def _differences(row: Any, previous: Any | None) -> Iterator[Difference]:
    """The fields in which neighbouring rows differ, links without their names; none of a first or last."""
    if previous is None or row.history_type in (CREATED, DELETED):
        return iter(())
    return differences(row.instance_type, told_by(previous), told_by(row))


def differences(model: type[Model], old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    """The fields in which two snapshots of a record differ, links without their names."""
    for field in history_of(model).tracked_fields:
        before, after = old.values[field.attname], new.values[field.attname]
        if before != after:
            target = field.related_model._meta.model_name if field.is_relation else None
            yield Difference(field.name, str(field.verbose_name), _link(target, before), _link(target, after))
    for part in parts_of(model):
        was, now = (_part(part.name, each.parts.get(part.name, [])) for each in (old, new))
        if was != now:  # a name that now holds in another city too is still the same name
            yield Difference(part.name, part_label(model, part.name), was, now)


def with_names(found: Sequence[Difference]) -> list[Difference]:
    """Differences whose links have their names; one query."""
    names = names_of(link for each in found for link in _links(each))
    return [_named(each, names) for each in found]


def part_label(model: type[Model], name: str) -> str:
    """A part's name as people read it."""
    if name in LINKED_PARTS:
        return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return {"names": _("别称"), "credits": _("署名")}[name]


def _link(model: str | None, value: Any) -> Any:
    """A value; the id of another row as a link to it."""
    return Linked(model, value, None) if model and value is not None else value


def _part(name: str, values: list[Any]) -> list[Any]:
    """The items of a part: names as they are printed, links, credits as a person and a role."""
    if name == "names":
        return list(dict.fromkeys(value[0] for value in values))
    if name == "credits":
        return [
            (Linked("author", author, None), CreditRole(role))  # type: ignore[call-arg]
            for author, role, _ordinal in values
        ]
    return [Linked(LINKED_PARTS[name], value, None) for value in values]


def _links(difference: Difference) -> Iterator[Linked]:
    """The links among the values of a difference."""
    for value in (difference.before, difference.after):
        for item in value if isinstance(value, list) else [value]:
            link = item[0] if isinstance(item, tuple) else item
            if isinstance(link, Linked):
                yield link


def names_of(links: Iterable[Linked]) -> Names:
    """The names of the rows that links point at; one query for all."""
    wanted: dict[str, set[int]] = {}
    for link in links:
        wanted.setdefault(link.model, set()).add(link.pk)
    if not wanted:
        return {}
    queries = [
        apps.get_model("kb", model)
        ._base_manager.filter(pk__in=pks)
        .order_by()
        .annotate(of_model=Value(model, output_field=CharField()), told=F(NAME_COLUMNS.get(model, "name")))
        .values_list("of_model", "pk", "told")
        for model, pks in sorted(wanted.items())
    ]
    return {(kind, pk): name for kind, pk, name in queries[0].union(*queries[1:], all=True)}


def _named(difference: Difference, names: Names) -> Difference:
    """A difference, its links with their names."""

    def named(value: Any) -> Any:
        if isinstance(value, Linked):
            return Linked(value.model, value.pk, names.get((value.model, value.pk)))
        if isinstance(value, list | tuple):
            return type(value)(named(item) for item in value)
        return value

    return Difference(difference.field, difference.label, named(difference.before), named(difference.after))
