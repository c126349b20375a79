"""Numbers of records and groups of figures by their tallies (kb/tallies/figures.py, kb/tallies/cities.py).

They are as exact as counting, at a cost that hardly grows.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Expression, F, Func, IntegerField, Min, OuterRef, QuerySet, Subquery, Sum

from kb.models import CityTally, Metric, MetricTally

SORTS = frozenset({"city", "unit", "status", "qualifier"})
"""The parameters and groups that a tally knows."""

ADDED = ("huge", "known_low", "known_high", "low_whole", "low_micro", "high_whole", "high_micro")

OF_CITIES = {"articles": "", "places": "", "organisations": "category", "initiatives": "kind"}
"""The resources whose records are counted by 盟市, each with the column that they are sorted by."""


class AddedUp(Func):
    """The sum of the numbers of tallies, 0 of none; a plain function, for which Django groups nothing."""

    template = "CAST(coalesce(SUM(%(expressions)s), 0) AS bigint)"
    output_field = IntegerField()


def added_up(tallies: QuerySet) -> Any:
    """How many records tallies tell of, as a column of another query."""
    return Subquery(tallies.order_by().annotate(total=AddedUp(F("number"))).values("total"))


def is_of_one_city(resource: str, columns: Sequence[str]) -> bool:
    """Whether records are asked for by one 盟市, and by nothing more than how they are sorted."""
    sort = OF_CITIES.get(resource)
    return sort is not None and columns.count("city") == 1 and {"city", sort}.issuperset(columns)


def number_of(resource: str, wanted: Sequence[tuple[str, Expression]]) -> Expression | None:
    """How many records of a resource have these values in these columns, as a column of another query.

    None where only the records themselves can tell.
    """
    columns = [column for column, _ in wanted]
    if resource == "metrics" and SORTS.issuperset(columns):
        tallies: QuerySet = MetricTally.objects.all()
    elif is_of_one_city(resource, columns):
        tallies = CityTally.objects.filter(resource=resource)
    else:
        return None
    for column, value in wanted:
        tallies = tallies.filter(**{"sort" if column == OF_CITIES.get(resource) else column: value})
    return added_up(tallies)


def is_tallied(filters: Collection[str], groups: Collection[str], *, of_one_unit: bool) -> bool:
    """Whether the tally can tell: it knows sums, but least and largest ends only of whole units."""
    known = frozenset({"unit"}) if of_one_unit else SORTS
    return known.issuperset(filters) and known.issuperset(groups)


def counted(
    tallies: QuerySet, keys: Mapping[str, Any], size: int, *, of_one_unit: bool
) -> list[dict[str, Any]] | None:
    """The largest groups as `grouped` has them, at most `size`; None where the figures must be read."""
    sums = {name: Sum(name) for name in ADDED} | {"any_id": Min("pk")} if of_one_unit else {}
    found = list(
        tallies.order_by()
        .values(**keys)
        .annotate(group_count=Sum("number"), **sums)
        .filter(group_count__gt=0)
        .order_by("-group_count", *(F(key).asc(nulls_last=True) for key in keys))[:size]
    )
    for row in found:
        row.update((name, int(row[name])) for name in ("group_count", *ADDED) if name in row)
    if not of_one_unit:
        return found
    ends = _ends([row["any_id"] for row in found])
    if any(row["huge"] or row["any_id"] not in ends for row in found):
        return None
    return [{**row, **_added_up(row), **ends[row["any_id"]]} for row in found]


def _added_up(row: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """The sums of both ends; None where no figure has the end."""
    return {
        f"sum_{end}": row[f"{end}_whole"] + Decimal(row[f"{end}_micro"]).scaleb(-6)
        if row[f"known_{end}"]
        else None
        for end in ("low", "high")
    }


def _ends(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The least and the largest end of the units of some tallies, by the tallies' ids; one query.

    Each is the first entry of an index. A tally that was folded into another meanwhile is missing.
    """
    figures = Metric.objects.asserted().filter(unit=OuterRef("unit"))
    least = figures.filter(low__isnull=False).order_by("low").values("low")[:1]
    largest = figures.filter(high__isnull=False).order_by("-high").values("high")[:1]
    rows = MetricTally.objects.filter(pk__in=ids)
    named = rows.annotate(min_low=Subquery(least), max_high=Subquery(largest))
    found = named.values_list("pk", "min_low", "max_high")
    return {pk: {"min_low": low, "max_high": high} for pk, low, high in found}
