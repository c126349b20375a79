"""What one answer tells of a 盟市: initiatives by kind, organisations by category, articles, figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Count, F, OuterRef, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Cast, RowNumber

from api.serializers.initiatives import InitiativeSerializer
from api.serializers.metrics import MetricSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.pages import ArticleSerializer
from api.serializers.records import RecordSerializer, Shape
from kb.models import Article, Initiative, Metric, MetricTally, Organisation
from kb.models.base import Record
from kb.vocabulary import InitiativeKind, MetricStatus, OrganisationCategory, Vocabulary

PER_GROUP, LATEST, HEADLINES = 10, 10, 10
REPORTED = MetricStatus.REPORTED.value

INITIATIVE_FIELDS = ("id", "url", "name", "kind", "organisers", "started", "evidence")
ORGANISATION_FIELDS = ("id", "url", "name", "category")
ARTICLE_FIELDS = (
    "id", "url", "title", "kind", "kind_label", "publication", "issue_date", "initiatives_count",
    "metrics_count",
)  # fmt: skip


def shape_of(serializer: type[RecordSerializer], fields: Iterable[str], base: str) -> Shape:
    """The reader of a part of a resource's fields."""
    shown = serializer.shown()
    return Shape(serializer, base, {name: shown[name] for name in fields}, most=1)


def of_city(city: int, code: str, base: str) -> dict[str, Any]:
    """What is told beside the counts: initiatives, organisations, articles, figures; five queries."""
    initiatives = Initiative.objects.asserted().in_city(city)
    organisations = Organisation.objects.asserted().in_city(city)
    groups = _groups([_latest(initiatives, "kind"), _latest(organisations, "category"), _largest(city)])
    kinds = shape_of(InitiativeSerializer, INITIATIVE_FIELDS, base)
    categories = shape_of(OrganisationSerializer, ORGANISATION_FIELDS, base)
    return {
        "initiatives": _shown(groups["kind"], kinds, Initiative, "kind", InitiativeKind, code),
        "organisations": _shown(
            groups["category"], categories, Organisation, "category", OrganisationCategory, code
        ),
        "latest_articles": latest_articles(city, base),
        "headline_metrics": headline_metrics(groups["unit"], base),
    }


Line = tuple[str, int, int]
"""Group, size of the group, and the id of one of its latest records or of its largest figure."""


def _latest(rows: QuerySet, column: str) -> QuerySet:
    """A line for each of the latest ten records of each group."""
    return (
        rows.annotate(
            group_count=Window(Count("pk"), partition_by=[F(column)]),
            group_rank=Window(RowNumber(), partition_by=[F(column)], order_by=[F("id").desc()]),
        )
        .filter(group_rank__lte=PER_GROUP)
        .order_by()
        .values_list(Value(column), column, "group_count", "id")
    )


def _largest(city: int) -> QuerySet:
    """A line for each unit of reported figures: how many the tallies tell, and the largest of them."""
    figures = Metric.objects.asserted().in_city(city).filter(status=REPORTED, unit=OuterRef("unit"))
    first = figures.order_by("-value", "id").values("id")[:1]
    units = (
        MetricTally.objects.filter(city=city, status=REPORTED).order_by().values_list(Value("unit"), "unit")
    )
    counted = units.annotate(frequency=Cast(Sum("number"), BigIntegerField()), largest=Subquery(first))
    return counted.filter(frequency__gt=0)


def _groups(branches: Sequence[QuerySet]) -> dict[str, list[Line]]:
    """By column: the lines of all branches, the newest records first; one query."""
    found: dict[str, list[Line]] = defaultdict(list)
    for column, value, count, pk in branches[0].union(*branches[1:], all=True):
        found[column].append((value, count, pk))
    for lines in found.values():
        lines.sort(key=lambda line: -line[2])
    return found


def _shown(
    latest: Sequence[Line],
    shape: Shape,
    model: type[Record],
    column: str,
    vocabulary: type[Vocabulary],
    code: str,
) -> list[dict[str, Any]]:
    """The groups that have records, in the order of their list: label, count, latest ten, address of all."""
    groups: dict[str, list[Any]] = defaultdict(list)
    answers = shape.answers(model, [pk for _, _, pk in latest])
    for (value, _, _), answer in zip(latest, answers, strict=True):
        groups[value].append(answer)
    counts = {value: count for value, count, _ in latest}
    address = f"{shape.base}{shape.serializer.resource}/"
    return [
        {
            column: member.value,
            f"{column}_label": member.label,
            "count": counts[member.value],
            "url": f"{address}?{urlencode({'city': code, column: member.value})}",
            "results": groups[member.value],
        }
        for member in vocabulary
        if member.value in counts
    ]


def latest_articles(city: int, base: str) -> list[dict[str, Any]]:
    """The ten articles of the latest issues; one query."""
    order = (F("page__issue_date").desc(nulls_last=True), "-id")
    latest = Article.objects.asserted().in_city(city).order_by(*order).values("pk")[:LATEST]
    shape = shape_of(ArticleSerializer, ARTICLE_FIELDS, base)
    rows = shape.prepare(Article.objects.filter(pk__in=latest)).order_by(*order)
    return shape.show_rows(list(rows.values(*shape.columns)))


def headline_metrics(units: Iterable[Line], base: str) -> list[dict[str, Any]]:
    """The largest reported figure of each of the ten most frequent units; one query.

    Figures of different units cannot be compared, so each unit speaks for itself.
    """
    wanted = sorted(units, key=lambda line: (-line[1], line[0]))[:HEADLINES]
    if not wanted:
        return []
    shape = shape_of(MetricSerializer, MetricSerializer.shown(), base)
    return shape.answers(Metric, [pk for _, _, pk in wanted])


def side_by_side(cities: list[dict[str, Any]]) -> dict[str, Any]:
    """Several 盟市 in columns: initiatives by kind, bodies by category, figures by unit; three queries."""
    ids = [city["id"] for city in cities]
    codes = {city["id"]: city["code"] for city in cities}
    return {
        "cities": cities,
        "initiatives": _table(Initiative.objects, "kind", ids, codes, InitiativeKind),
        "organisations": _table(Organisation.objects, "category", ids, codes, OrganisationCategory),
        "metrics": _table(Metric.objects, "unit", ids, codes, None)[:PER_GROUP],
    }


def _table(
    rows: Any, column: str, ids: list[int], codes: dict[int, str], vocabulary: type[Vocabulary] | None
) -> list[dict[str, Any]]:
    """One line a value with its count in each city, the most frequent value first."""
    wanted = rows.asserted().filter(city__in=ids).order_by()
    lines: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(codes.values(), 0))
    for city, value, number in wanted.values_list("city_id", column).annotate(number=Count("pk")):
        lines[value][codes[city]] = number
    ordered = sorted(lines.items(), key=lambda line: (-sum(line[1].values()), line[0]))
    labels = {member.value: member.label for member in vocabulary} if vocabulary else {}
    return [
        {column: value, **({f"{column}_label": labels[value]} if labels else {}), "counts": counts}
        for value, counts in ordered
    ]
