"""What one answer tells of a 盟市: initiatives by kind, organisations by category, articles, figures."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from api.serializers.initiatives import InitiativeSerializer
from api.serializers.metrics import MetricSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.pages import ArticleSerializer
from api.serializers.records import RecordSerializer, Shape
from kb.models import Article, Initiative, Metric, Organisation
from kb.vocabulary import InitiativeKind, MetricStatus, OrganisationCategory, Vocabulary

PER_GROUP, LATEST, HEADLINES = 10, 10, 10

INITIATIVE_FIELDS = ("id", "url", "name", "kind", "organisers", "started", "evidence")
ORGANISATION_FIELDS = ("id", "url", "name", "category")
ARTICLE_FIELDS = (
    "id", "url", "title", "kind", "kind_label", "publication", "issue_date", "initiatives_count",
    "metrics_count",
)  # fmt: skip


def shape_of(serializer: type[RecordSerializer], fields: Iterable[str], base: str) -> Shape:
    """The reader of a part of a resource's fields."""
    shown = serializer.shown()
    return Shape({name: shown[name] for name in fields}, base, most_evidence=1)


def initiatives_by_kind(city: int, code: str, base: str) -> list[dict[str, Any]]:
    """Each kind with its number of initiatives and the latest ten of them; three queries."""
    rows = Initiative.objects.asserted().in_city(city)
    shape = shape_of(InitiativeSerializer, INITIATIVE_FIELDS, base)
    return grouped(rows, shape, "kind", InitiativeKind, f"{base}initiatives/", code)


def organisations_by_category(city: int, code: str, base: str) -> list[dict[str, Any]]:
    """Each category with its number of organisations and the latest ten of them; one query."""
    rows = Organisation.objects.asserted().in_city(city)
    shape = shape_of(OrganisationSerializer, ORGANISATION_FIELDS, base)
    return grouped(rows, shape, "category", OrganisationCategory, f"{base}organisations/", code)


def grouped(
    rows: QuerySet, shape: Shape, column: str, vocabulary: type[Vocabulary], address: str, code: str
) -> list[dict[str, Any]]:
    """The groups that have records, in the order of their list: label, count, latest ten, address of all."""
    ranked = shape.prepare(rows).annotate(
        group_count=Window(Count("pk"), partition_by=[F(column)]),
        group_rank=Window(RowNumber(), partition_by=[F(column)], order_by=[F("id").desc()]),
    )
    first = list(
        ranked.filter(group_rank__lte=PER_GROUP)
        .order_by(column, "-id")
        .values(*dict.fromkeys([*shape.columns, column, "group_count"]))
    )
    groups: dict[str, list[Any]] = defaultdict(list)
    counts = {row[column]: row["group_count"] for row in first}
    for row, shown in zip(first, shape.show(first), strict=True):
        groups[row[column]].append(shown)
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
    shape = shape_of(ArticleSerializer, ARTICLE_FIELDS, base)
    rows = shape.prepare(Article.objects.asserted().in_city(city))
    latest = rows.order_by(F("page__issue_date").desc(nulls_last=True), "-id")
    return shape.show(list(latest.values(*shape.columns)[:LATEST]))


def headline_metrics(city: int, base: str) -> list[dict[str, Any]]:
    """The largest reported figure of each of the ten most frequent units; one query.

    Figures of different units cannot be compared, so each unit speaks for itself.
    """
    rows = Metric.objects.asserted().in_city(city).filter(status=MetricStatus.REPORTED.value)
    ranked = rows.annotate(
        place_in_unit=Window(RowNumber(), partition_by=[F("unit")], order_by=[F("value").desc(), "id"])
    )
    same_unit = rows.filter(unit=OuterRef("unit")).order_by()
    number = Func(F("pk"), template="COUNT(%(expressions)s)", output_field=IntegerField())
    shape = shape_of(MetricSerializer, MetricSerializer.shown(), base)
    largest = (
        shape.prepare(Metric.objects.filter(pk__in=ranked.filter(place_in_unit=1).values("pk")))
        .annotate(frequency=Subquery(same_unit.annotate(number=number).values("number")))
        .order_by("-frequency", "unit", "id")
    )
    return shape.show(list(largest.values(*shape.columns)[:HEADLINES]))


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
