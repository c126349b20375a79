"""`group_by`: how many records there are of each sort, and for figures of one unit what they add up to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Max, Min, QuerySet, Sum, Value
from django.db.models.functions import ExtractYear

from api import tallied
from api.errors import Problem, several
from api.parameters import leads_to_many
from api.serializers.fields import plain
from api.serializers.links import UNTITLED
from kb.models import Initiative, Organisation, Place
from kb.models.base import Record
from kb.vocabulary import Vocabulary

MOST_KEYS = 3
SUMS_SHOWN = ("sum_low", "sum_high", "min_low", "max_high", "open_low", "open_high")
"""What the groups of figures of one unit add up to, as an answer names it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One way of sorting records: by a column, a closed list, a year, or a linked record."""

    column: str
    vocabulary: type[Vocabulary] | None = None
    resource: str = ""
    """The resource of the linked record, where the column is a link to one."""
    code: bool = False
    """Whether the link shows an administrative code."""
    year: bool = False

    def key(self) -> Any:
        """What the query groups by: the column, the id of the linked record, or the year."""
        return ExtractYear(self.column) if self.year else F(self.column)

    def show(self, name: str, value: Any, links: Mapping[Any, Any], base: str) -> dict[str, Any]:
        """The key of a group as it is shown: value and label, link, or year; null for records without one."""
        if self.resource:
            return {name: None if value is None else self._link(value, links[value], base)}
        if self.vocabulary is None:
            return {name: value}
        labels = {member.value: member.label for member in self.vocabulary}
        return {name: value, f"{name}_label": labels[value]}

    def _link(self, pk: int, named: tuple[str, str | None], base: str) -> dict[str, Any]:
        name, code = named
        shown = {"id": pk, "name": name or UNTITLED, **({"code": code} if self.code else {})}
        return {**shown, "url": f"{base}{self.resource}/{pk}/"}


LINKED: dict[str, type[Record]] = {
    "places": Place,
    "organisations": Organisation,
    "initiatives": Initiative,
}
"""The records that groups lead to."""


def names_of(wanted: Mapping[str, set[int]]) -> dict[str, dict[int, tuple[str, str | None]]]:
    """By resource and id: name and code of the linked records; one query, none for no records."""
    found: dict[str, dict[int, tuple[str, str | None]]] = {resource: {} for resource in wanted}
    none = Value(None, output_field=CharField())
    branches: list[Any] = [
        LINKED[resource]
        ._base_manager.filter(pk__in=ids)
        .order_by()
        .values_list(
            Value(resource, output_field=CharField()), "id", "name", "code" if resource == "places" else none
        )
        for resource, ids in wanted.items()
        if ids
    ]
    for resource, pk, name, code in branches[0].union(*branches[1:], all=True) if branches else ():
        found[resource][pk] = (name, code)
    return found


SUMS: dict[str, Any] = {
    "sum_low": Sum("low"),
    "sum_high": Sum("high"),
    "min_low": Min("low"),
    "max_high": Max("high"),
    "known_low": Count("low"),
    "known_high": Count("high"),
}
"""What figures of one unit add up to, as an interval, and how many of them know each end of it."""


def chosen(names: Sequence[str], known: Mapping[str, Group]) -> dict[str, Group]:
    """The groups asked for by name; unknown ones, and more than three, are refused."""
    problems = [
        Problem("invalid_value", param="group_by", value=name[:100], allowed=list(known))
        for name in names
        if name not in known
    ]
    if not 1 <= len(names) <= MOST_KEYS:
        problems.append(
            Problem("wrong_number_of_values", param="group_by", value=len(names), allowed=[f"1–{MOST_KEYS}"])
        )
    if problems:
        raise several(problems)
    return {name: known[name] for name in names}


def grouped(
    rows: QuerySet,
    groups: Mapping[str, Group],
    base: str,
    size: int,
    *,
    of_one_unit: bool,
    tallies: QuerySet | None = None,
) -> dict[str, Any]:
    """The groups with most records first, at most `size` of them; two queries, or three with tallies.

    Where tallies of the same records are given, they are added up in the records' stead.
    """
    sums = SUMS if of_one_unit else {}
    keys = {f"key_{number}": group.key() for number, group in enumerate(groups.values())}
    found = None
    if tallies is not None:
        found = tallied.counted(tallies, keys, size + 1, of_one_unit=of_one_unit)
    if found is None:
        many = any(leads_to_many(rows.model, group.column) for group in groups.values())
        counted = (
            rows.order_by()
            .values(**keys)
            .annotate(group_count=Count("pk", distinct=True) if many else Count("*"), **sums)
            .order_by("-group_count", *(F(key).asc(nulls_last=True) for key in keys))
        )
        found = list(counted[: size + 1])
    wanted: dict[str, set[int]] = defaultdict(set)
    for key, group in zip(keys, groups.values(), strict=True):
        if group.resource:
            wanted[group.resource] |= {row[key] for row in found[:size]} - {None}
    links = names_of(wanted)
    results = []
    for row in found[:size]:
        shown: dict[str, Any] = {}
        for key, (name, group) in zip(keys, groups.items(), strict=True):
            shown |= group.show(name, row[key], links.get(group.resource, {}), base)
        results.append({**shown, "count": row["group_count"], **(interval(row) if sums else {})})
    return {"group_by": list(groups), "more": len(found) > size, "results": results}


def interval(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the figures of a group add up to.

    A figure without a lower end counts as nothing towards `sum_low`, which stays a true lower bound, since
    no count is negative. One without an upper end leaves `sum_high` and `max_high` open (null).
    """
    ends = ("sum_low", "sum_high", "min_low", "max_high")
    shown: dict[str, Any] = {key: plain(row[key]) for key in ends}
    shown |= {f"open_{end}": row["group_count"] - row[f"known_{end}"] for end in ("low", "high")}
    shown["sum_low"] = shown["sum_low"] or 0
    if shown["open_low"]:
        shown["min_low"] = None
    if shown["open_high"]:
        shown["sum_high"] = shown["max_high"] = None
    return shown
