"""`group_by`: how many records there are of each sort, and for figures of one unit what they add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from api.errors import Problem, several
from api.serializers.fields import plain
from api.serializers.links import UNTITLED
from kb.vocabulary import Vocabulary

MOST_KEYS = 3


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

    def columns(self) -> tuple[str, ...]:
        """What the query groups by."""
        if self.resource:
            return tuple(
                f"{self.column}__{name}" for name in ("id", "name", *(["code"] if self.code else []))
            )
        return (self.column,)

    def annotations(self) -> dict[str, Any]:
        """The year, where the records are sorted by it."""
        return {"group_year": ExtractYear(self.column)} if self.year else {}

    def show(self, name: str, row: Mapping[str, Any], base: str) -> dict[str, Any]:
        """The key of a group as it is shown: value and label, link, or year; null for records without one."""
        if self.year:
            return {name: row["group_year"]}
        if self.resource:
            return {name: self._link(row, base)}
        value = row[self.column]
        if self.vocabulary is None:
            return {name: value}
        labels = {member.value: member.label for member in self.vocabulary}
        return {name: value, f"{name}_label": labels[value]}

    def _link(self, row: Mapping[str, Any], base: str) -> dict[str, Any] | None:
        pk = row[f"{self.column}__id"]
        if pk is None:
            return None
        link = {"id": pk, "name": row[f"{self.column}__name"] or UNTITLED}
        code = {"code": row[f"{self.column}__code"]} if self.code else {}
        return {**link, **code, "url": f"{base}{self.resource}/{pk}/"}


SUMS: dict[str, Any] = {
    "sum_low": Sum("low"),
    "sum_high": Sum("high"),
    "min_low": Min("low"),
    "max_high": Max("high"),
    "open_low": Count("pk", filter=Q(low__isnull=True)),
    "open_high": Count("pk", filter=Q(high__isnull=True)),
}
"""What figures of one unit add up to, as an interval, and how many of them leave an end of it open."""


def chosen(names: Sequence[str], known: Mapping[str, Group]) -> dict[str, Group]:
    """The groups asked for by name; unknown ones, and more than three, are refused."""
    problems = [
        Problem("invalid_value", param="group_by", value=name[:100], allowed=list(known))
        for name in names
        if name not in known
    ]
    if not 1 <= len(names) <= MOST_KEYS:
        problems.append(
            Problem(
                "invalid_value", param="group_by", value=",".join(names)[:100], allowed=[f"1–{MOST_KEYS}"]
            )
        )
    if problems:
        raise several(problems)
    return {name: known[name] for name in names}


def grouped(
    rows: QuerySet, groups: Mapping[str, Group], base: str, size: int, *, of_one_unit: bool
) -> dict[str, Any]:
    """The groups with most records first, at most `size` of them; one query."""
    annotations = {key: value for group in groups.values() for key, value in group.annotations().items()}
    keys = ["group_year" if group.year else column for group in groups.values() for column in group.columns()]
    sums = SUMS if of_one_unit else {}
    counted = (
        rows.order_by()
        .annotate(**annotations)
        .values(*keys)
        .annotate(group_count=Count("pk", distinct=True), **sums)
        .order_by("-group_count", *(F(key).asc(nulls_last=True) for key in keys))
    )
    found = list(counted[: size + 1])
    results = []
    for row in found[:size]:
        shown: dict[str, Any] = {}
        for name, group in groups.items():
            shown |= group.show(name, row, base)
        results.append({**shown, "count": row["group_count"], **(interval(row) if sums else {})})
    return {"group_by": list(groups), "more": len(found) > size, "results": results}


def interval(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the figures of a group add up to.

    A figure without a lower end counts as nothing towards `sum_low`, which stays a true lower bound, since
    no count is negative. One without an upper end leaves `sum_high` and `max_high` open (null).
    """
    shown = {key: plain(row[key]) for key in SUMS}
    shown["sum_low"] = shown["sum_low"] or 0
    if shown["open_low"]:
        shown["min_low"] = None
    if shown["open_high"]:
        shown["sum_high"] = shown["max_high"] = None
    return shown
