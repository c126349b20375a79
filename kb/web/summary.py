"""What the overview tells: how much there is of what, where, about which years; the largest figures."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import router
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left

from kb.largest import largest
from kb.models import Article, Initiative, Metric, MetricTally, Organisation, Place
from kb.tallies.cities import CityCount, city_counts
from kb.tallies.totals import Total, totals
from kb.vocabulary import MetricStatus, PlaceLevel
from kb.web.names import CITIES, ELSEWHERE, QUANTITIES

Counts = dict[str, int]

LARGEST, LATEST = 8, 6
OPENING = 24
"""Signs of an article's text that stand for its title where it has none."""
AROUND = 22
"""Signs of the text shown before and after a figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its words: the text before it, itself, the text after it."""

    metric: Metric
    before: str
    after: str


@dataclass(slots=True)
class Summary:
    """Counts by the code of the 盟市; ELSEWHERE is for what belongs to none of the twelve."""

    totals: Counts = field(default_factory=dict)
    cities: dict[str, Counts] = field(default_factory=dict)
    initiatives: dict[str, Counts] = field(default_factory=dict)
    years: dict[int | None, Counts] = field(default_factory=dict)
    largest: list[Figure] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)

    def city(self, code: str) -> Counts:
        """The counts of one 盟市, by quantity."""
        return self.cities.get(code) or dict.fromkeys(QUANTITIES, 0)


def read_summary() -> Summary:
    """The summary as the tables have it now; eleven queries, nine where there are no figures."""
    codes = city_codes()
    using = router.db_for_read(Article)
    tallied, whole = city_counts(using), totals(using)
    initiatives = _initiatives(tallied, codes)
    metrics, units, statuses = _metrics(codes)
    found = {
        "articles": _by_city(Article, "articles", tallied, codes),
        "initiatives": {code: sum(kinds.values()) for code, kinds in initiatives.items()},
        "organisations": _by_city(Organisation, "organisations", tallied, codes),
        "metrics": metrics,
    }
    counts = {name: sum(numbers.values()) for name, numbers in found.items()}
    counts["places"] = sum(_by_city(Place, "places", tallied, codes).values())
    for name in ("initiatives", "pages"):  # not a sum over 盟市: an initiative may be of two, a page of none
        counts[name] = sum(total.number for total in whole if total.resource == name)
    cities = {
        code: {name: numbers.get(code, 0) for name, numbers in found.items()} for code in (*CITIES, ELSEWHERE)
    }
    years, latest = _years(whole, statuses), latest_articles(Article.objects)
    return Summary(counts, cities, initiatives, years, _largest(units, using), latest)


def city_codes() -> dict[int, str]:
    """The codes of the 盟市 by the ids of their rows; one query."""
    rows = Place.objects.filter(level=PlaceLevel.CITY.value, code__in=CITIES)
    return {pk: code for pk, code in rows.values_list("pk", "code") if code}


def _by_city(model: Any, resource: str, tallied: list[CityCount], codes: dict[int, str]) -> Counts:
    """How many records of a resource each 盟市 has; one query, for those that are of none."""
    found: Counts = defaultdict(int)
    for count in tallied:
        if count.resource == resource:
            found[codes.get(count.city, ELSEWHERE)] += count.number
    found[ELSEWHERE] += model.objects.asserted().filter(city__isnull=True).count()
    return dict(found)


def _initiatives(tallied: list[CityCount], codes: dict[int, str]) -> dict[str, Counts]:
    """How many initiatives of each kind a 盟市 has, its own and those with a place in it; one query.

    It is what `in_city()` finds: one that is carried out in two cities counts in both. Elsewhere are
    those whose own 盟市 is none of the twelve; these few are counted.
    """
    found: dict[str, Counts] = defaultdict(lambda: defaultdict(int))
    outside: set[int] = set()
    for count in tallied:
        if count.resource == "initiatives" and count.city in codes:
            found[codes[count.city]][count.sort] += count.number
        elif count.resource == "initiatives":
            outside.add(count.city)
    own = Initiative.objects.asserted().filter(Q(city__isnull=True) | Q(city__in=outside)).order_by()
    for kind, number in own.values_list("kind").annotate(number=Count("pk")):
        found[ELSEWHERE][kind] += number
    return {code: dict(kinds) for code, kinds in found.items()}


def _metrics(codes: dict[int, str]) -> tuple[Counts, list[str], Counts]:
    """How many figures each 盟市 has, the most frequent units of reported ones, how many of each status.

    One query.
    """
    rows = MetricTally.objects.order_by().values_list("city_id", "unit", "status")
    cities: Counts = defaultdict(int)
    units: Counts = defaultdict(int)
    statuses: Counts = defaultdict(int)
    for city, unit, status, number in rows.annotate(total=Sum("number")).filter(total__gt=0):
        cities[codes.get(city, ELSEWHERE)] += int(number)
        statuses[status] += int(number)
        if status == MetricStatus.REPORTED:
            units[unit] += int(number)
    return dict(cities), sorted(units, key=lambda unit: (-units[unit], unit))[:LARGEST], dict(statuses)


def _years(whole: list[Total], statuses: Counts) -> dict[int | None, Counts]:
    """How many figures hold at a date of each year, by status; None is for no year.

    Those without a date are what is left of all figures.
    """
    found: dict[int, Counts] = defaultdict(dict)
    left = dict(statuses)
    for total in whole:
        if total.resource == "metrics":
            found[total.year][total.sort] = total.number
            left[total.sort] = left.get(total.sort, 0) - total.number
    years: dict[int | None, Counts] = {year: found[year] for year in sorted(found)}
    undated = {status: number for status, number in left.items() if number > 0}
    return years | ({None: undated} if undated else {})


def _largest(units: list[str], using: str) -> list[Figure]:
    """The largest reported figure of each unit, the earliest where several are as large; two queries."""
    return figures(Metric.objects.filter(pk__in=largest(units, using)), units) if units else []


def figures(rows: QuerySet, units: list[str]) -> list[Figure]:
    """Figures with their words, in the order of their units; one query."""
    found = rows.select_related("article", "city").order_by("pk")
    return [in_words(metric) for metric in sorted(found, key=lambda metric: units.index(metric.unit))]


def in_words(metric: Any) -> Figure:
    """A figure with the words around it, no further than its paragraph."""
    body = metric.article.body
    before = body[max(0, metric.start - AROUND) : metric.start].rpartition("\n")[2]
    after = body[metric.end : metric.end + AROUND].partition("\n")[0]
    return Figure(metric, before, after)


def latest_articles(rows: Any, most: int = LATEST) -> list[Article]:
    """The articles that were read last; one query. Their text is left out."""
    found = rows.asserted().select_related("page__publication", "city").defer("body", "page__raw_text")
    return list(found.annotate(opening=Left("body", OPENING)).order_by("-pk")[:most])
