"""One 盟市: its initiatives with organisers and evidence, its organisations, articles and figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kb.models import Article, Initiative, InitiativeMention, Metric, Organisation, Place
from kb.vocabulary import InitiativeKind, MetricStatus, OrganisationCategory, PlaceLevel, Vocabulary
from kb.web.kept import kept
from kb.web.links import web_list
from kb.web.names import CITIES
from kb.web.policy import page
from kb.web.summary import Figure, figures, latest_articles

PER_GROUP, LATEST, HEADLINES = 10, 10, 8


@dataclass(slots=True)
class Group:
    """The records of one kind: how many there are, the latest of them, the list of all."""

    name: str
    label: str
    count: int
    url: str
    records: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class CityFacts:
    """What the page of a 盟市 shows."""

    articles: int = 0
    metrics: int = 0
    initiatives: list[Group] = field(default_factory=list)
    organisations: list[Group] = field(default_factory=list)
    headlines: list[Figure] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The counts by quantity."""
        return {
            "articles": self.articles,
            "initiatives": sum(group.count for group in self.initiatives),
            "organisations": sum(group.count for group in self.organisations),
            "metrics": self.metrics,
        }


@page
def city_page(request: HttpRequest, code: str) -> HttpResponse:
    """The page `/cities/{code}/` of one of the twelve; one without records says so."""
    if code not in CITIES:
        raise Http404(_("没有代码为 %(code)s 的盟市。") % {"code": code[:20]})
    facts = kept(f"web:city:{code}", lambda: read_city(code))
    context = {"city": CITIES[code], "facts": facts, "lists": lists(code), "cities": CITIES.values()}
    return render(request, "web/city.html", context)


def lists(code: str) -> dict[str, str]:
    """The addresses of all records of a 盟市."""
    return {
        name: web_list(name, city=code) for name in ("articles", "initiatives", "organisations", "metrics")
    }


def read_city(code: str) -> CityFacts:
    """The facts of a 盟市 as the tables have them now; ten queries where there is something of all."""
    place = Place.objects.filter(level=PlaceLevel.CITY.value, code=code).first()
    if place is None:
        return CityFacts()
    articles, metrics = Article.objects.asserted().in_city(place), Metric.objects.asserted().in_city(place)
    initiatives = Initiative.objects.asserted().in_city(place)
    organisations = Organisation.objects.asserted().in_city(place)
    return CityFacts(
        articles=articles.count(),
        metrics=metrics.count(),
        initiatives=_with_evidence(
            grouped(initiatives.prefetch_related("organisers"), "kind", InitiativeKind, "initiatives", code)
        ),
        organisations=grouped(organisations, "category", OrganisationCategory, "organisations", code),
        headlines=_headlines(metrics.filter(status=MetricStatus.REPORTED.value)),
        latest=latest_articles(articles, LATEST),
    )


def grouped(
    rows: QuerySet, column: str, vocabulary: Iterable[Vocabulary], collection: str, code: str
) -> list[Group]:
    """The groups that have records, in the order of their list; one query."""
    ranked = rows.annotate(
        group_count=Window(Count("pk"), partition_by=[F(column)]),
        group_rank=Window(RowNumber(), partition_by=[F(column)], order_by=[F("id").desc()]),
    )
    groups: dict[str, Group] = {}
    for row in ranked.filter(group_rank__lte=PER_GROUP).order_by(column, "-id"):
        value = getattr(row, column)
        if value not in groups:
            url = web_list(collection, city=code, **{column: value})
            groups[value] = Group(value, "", row.group_count, url)
        groups[value].records.append(row)
    for member in vocabulary:
        if member.value in groups:
            groups[member.value].label = member.label
    return [groups[member.value] for member in vocabulary if member.value in groups]


def _with_evidence(groups: list[Group]) -> list[Group]:
    """The same groups, each initiative with `evidence`, the mention that stands first; one query."""
    shown = {row.pk: row for group in groups for row in group.records}
    first = (
        InitiativeMention.objects.asserted().filter(initiative=OuterRef("pk")).order_by("pk").values("pk")[:1]
    )
    wanted = Initiative.objects.filter(pk__in=shown).annotate(first=Subquery(first)).values("first")
    found = InitiativeMention.objects.filter(pk__in=wanted).select_related("article").defer("article__body")
    evidence = {mention.initiative_id: mention for mention in found}
    for pk, row in shown.items():
        row.evidence = evidence.get(pk)
    return groups


def _headlines(rows: QuerySet) -> list[Figure]:
    """The largest figure of each of the most frequent units; two queries."""
    units = rows.order_by().values("unit").annotate(number=Count("pk")).order_by("-number", "unit")
    frequent = list(units.values_list("unit", flat=True)[:HEADLINES])
    ranked = rows.filter(unit__in=frequent).annotate(
        place_in_unit=Window(RowNumber(), partition_by=[F("unit")], order_by=[F("value").desc(), "id"])
    )
    return figures(Metric.objects.filter(pk__in=ranked.filter(place_in_unit=1).values("pk")), frequent)
