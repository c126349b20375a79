"""What one answer tells of a 盟市: initiatives by kind, organisations by category, articles, figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db import router
from django.db.models import Count

from api.serializers.initiatives import InitiativeSerializer
from api.serializers.metrics import MetricSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.pages import ArticleSerializer
from api.serializers.records import RecordSerializer, Shape
from kb.models import Article, Initiative, Metric, Organisation
from kb.models.base import Record
from kb.tallies.cities import Newest, newest
from kb.vocabulary import InitiativeKind, OrganisationCategory, Vocabulary

PER_GROUP = LATEST = 10

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
    """What is told beside the counts: initiatives, organisations, articles, figures; five queries at most."""
    found = newest(city, LATEST, router.db_for_read(Article))
    kinds = shape_of(InitiativeSerializer, INITIATIVE_FIELDS, base)
    categories = shape_of(OrganisationSerializer, ORGANISATION_FIELDS, base)
    articles = shape_of(ArticleSerializer, ARTICLE_FIELDS, base)
    latest = found["articles", ""].ids if ("articles", "") in found else []
    return {
        "initiatives": _shown(found, kinds, Initiative, "kind", InitiativeKind, code),
        "organisations": _shown(found, categories, Organisation, "category", OrganisationCategory, code),
        "latest_articles": articles.answers(Article, latest),
        "headline_metrics": headline_metrics(found, base),
    }


def _shown(
    found: Mapping[tuple[str, str], Newest],
    shape: Shape,
    model: type[Record],
    column: str,
    vocabulary: type[Vocabulary],
    code: str,
) -> list[dict[str, Any]]:
    """The groups that have records, in the order of their list: label, count, latest ten, address of all."""
    resource = shape.serializer.resource
    groups = [
        (member, found[resource, member.value]) for member in vocabulary if (resource, member.value) in found
    ]
    answers = iter(shape.answers(model, [pk for _, group in groups for pk in group.ids]))
    address = f"{shape.base}{resource}/"
    return [
        {
            column: member.value,
            f"{column}_label": member.label,
            "count": group.number,
            "url": f"{address}?{urlencode({'city': code, column: member.value})}",
            "results": list(islice(answers, len(group.ids))),
        }
        for member, group in groups
    ]


def headline_metrics(found: Mapping[tuple[str, str], Newest], base: str) -> list[dict[str, Any]]:
    """The largest reported figure of each of the ten most frequent units; one query.

    Figures of different units cannot be compared, so each unit speaks for itself.
    """
    ids = [pk for (resource, _), group in found.items() if resource == "metrics" for pk in group.ids]
    return shape_of(MetricSerializer, MetricSerializer.shown(), base).answers(Metric, ids)


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
