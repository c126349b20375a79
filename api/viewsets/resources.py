"""The six resources: each names its parts, and what it can be sorted by."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.http import QueryDict

from api.filtersets.initiatives import InitiativeFilterSet
from api.filtersets.metrics import MetricFilterSet
from api.filtersets.organisations import OrganisationFilterSet
from api.filtersets.pages import ArticleFilterSet, PageFilterSet
from api.filtersets.places import PlaceFilterSet
from api.grouping import Group
from api.pagination import Order, Ordering
from api.renderers import GeoJSON
from api.serializers.initiatives import InitiativeSerializer
from api.serializers.metrics import MetricSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.pages import (
    ArticleDetailSerializer,
    ArticleSerializer,
    PageDetailSerializer,
    PageSerializer,
)
from api.serializers.places import PlaceSerializer
from api.tallied import is_of_one_city, is_tallied
from api.viewsets.base import RecordViewSet
from api.viewsets.submit import SubmittedPages
from api.writing.serializers import (
    ArticleWriter,
    InitiativeWriter,
    MetricWriter,
    OrganisationWriter,
    PageWriter,
    PlaceWriter,
)
from api.writing.splitting import SplittableViewSet
from api.writing.viewset import WritableViewSet
from kb.models import Article, CityInitiative, Initiative, Metric, MetricTally, Organisation, Page, Place
from kb.querysets import RecordQuerySet
from kb.vocabulary import (
    ArticleKind,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Qualifier,
)

ID = {"id": Order("id")}
CITY = Group("city", resource="places", code=True)
NAMED = {**ID, "name": Order("name"), "updated_at": Order("updated_at")}


class PageViewSet(SubmittedPages, WritableViewSet):
    """Newspaper pages."""

    model = Page
    watched = False  # publications have names
    serializer_class = PageSerializer
    detail_serializer_class = PageDetailSerializer
    writer_class = PageWriter
    filterset_class = PageFilterSet
    orderings: ClassVar = {
        **ID,
        "issue_date": Order("issue_date", nullable=True),
        "name": Order("source_file"),
        "updated_at": Order("updated_at"),
    }
    groups: ClassVar = {
        "publication": Group("publication__name"),
        "city": Group("home_city", resource="places", code=True),
        "year": Group("issue_date", year=True),
    }


class ArticleViewSet(WritableViewSet):
    """Articles; the list leaves out their text."""

    model = Article
    watched = False  # publications and authors have names
    serializer_class = ArticleSerializer
    detail_serializer_class = ArticleDetailSerializer
    writer_class = ArticleWriter
    filterset_class = ArticleFilterSet
    orderings: ClassVar = {
        **ID,
        "issue_date": Order("page__issue_date", nullable=True),
        "title": Order("title"),
        "updated_at": Order("updated_at"),
    }
    groups: ClassVar = {
        "kind": Group("kind", ArticleKind),
        "column": Group("column"),
        "city": CITY,
        "publication": Group("page__publication__name"),
        "author": Group("authors__name"),
        "year": Group("page__issue_date", year=True),
    }


class PlaceViewSet(SplittableViewSet):
    """Places."""

    model = Place
    renderer_classes = (*RecordViewSet.renderer_classes, GeoJSON)
    serializer_class = PlaceSerializer
    writer_class = PlaceWriter
    filterset_class = PlaceFilterSet
    orderings: ClassVar = {**NAMED, "code": Order("code", nullable=True), "level": Order("level")}
    groups: ClassVar = {
        "level": Group("level", PlaceLevel),
        "city": CITY,
        "parent": Group("parent", resource="places", code=True),
    }


class OrganisationViewSet(SplittableViewSet):
    """Organisations."""

    model = Organisation
    serializer_class = OrganisationSerializer
    writer_class = OrganisationWriter
    filterset_class = OrganisationFilterSet
    orderings: ClassVar = {**NAMED, "category": Order("category")}
    groups: ClassVar = {
        "category": Group("category", OrganisationCategory),
        "city": CITY,
        "place": Group("place", resource="places", code=True),
        "parent": Group("parent", resource="organisations"),
    }


class InitiativeViewSet(SplittableViewSet):
    """Initiatives."""

    model = Initiative
    serializer_class = InitiativeSerializer
    writer_class = InitiativeWriter
    filterset_class = InitiativeFilterSet
    orderings: ClassVar = {**NAMED, "kind": Order("kind"), "started": Order("started_on", nullable=True)}
    groups: ClassVar = {
        "kind": Group("kind", InitiativeKind),
        "city": CITY,
        "organiser": Group("organisers", resource="organisations"),
        "year": Group("started_on", year=True),
    }

    @classmethod
    def source(cls, columns: Sequence[str], ordering: Ordering) -> RecordQuerySet:
        """Those of a 盟市 along the table that has them in the order of their ids.

        By the rule itself, its own 盟市 or that of any of its places, all had to be collected. Of two 盟市 it
        may be at a time, so that each is a question of its own.
        """
        kept = is_of_one_city("initiatives", columns) and ordering.signature in ("id", "-id")
        return CityInitiative.objects.all() if kept else cls.records()


class MetricViewSet(WritableViewSet):
    """Figures."""

    model = Metric
    serializer_class = MetricSerializer
    writer_class = MetricWriter
    filterset_class = MetricFilterSet
    orderings: ClassVar = {
        **ID,
        "value": Order("value"),
        "low": Order("low", nullable=True),
        "high": Order("high", nullable=True),
        "unit": Order("unit"),
        "as_of": Order("as_of_on", nullable=True),
        "updated_at": Order("updated_at"),
    }
    groups: ClassVar = {
        "unit": Group("unit"),
        "city": CITY,
        "place": Group("place", resource="places", code=True),
        "initiative": Group("initiative", resource="initiatives"),
        "organisation": Group("organisation", resource="organisations"),
        "status": Group("status", MetricStatus),
        "qualifier": Group("qualifier", Qualifier),
        "year": Group("as_of_on", year=True),
    }

    def tallies(self, query: QueryDict, groups: Mapping[str, Group], *, of_one_unit: bool) -> QuerySet | None:
        """The tallies that the same parameters select."""
        given = [name for name in query if name in self.filterset_class.base_filters]
        if not is_tallied(given, groups, of_one_unit=of_one_unit):
            return None
        return self.filterset_class(query, MetricTally.objects.all, request=self.request).selected()
