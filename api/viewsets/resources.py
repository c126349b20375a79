"""The six resources: each names its parts, and what it can be sorted by."""

from typing import ClassVar

from api.filtersets.initiatives import InitiativeFilterSet
from api.filtersets.metrics import MetricFilterSet
from api.filtersets.organisations import OrganisationFilterSet
from api.filtersets.pages import ArticleFilterSet, PageFilterSet
from api.filtersets.places import PlaceFilterSet
from api.pagination import Order
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
from api.viewsets.base import RecordViewSet
from kb.models import Article, Initiative, Metric, Organisation, Page, Place

ID = {"id": Order("id")}
NAMED = {**ID, "name": Order("name"), "updated_at": Order("updated_at")}


class PageViewSet(RecordViewSet):
    """Newspaper pages."""

    model = Page
    serializer_class = PageSerializer
    detail_serializer_class = PageDetailSerializer
    filterset_class = PageFilterSet
    orderings: ClassVar = {
        **ID,
        "issue_date": Order("issue_date", nullable=True),
        "name": Order("source_file"),
        "updated_at": Order("updated_at"),
    }


class ArticleViewSet(RecordViewSet):
    """Articles; the list leaves out their text."""

    model = Article
    serializer_class = ArticleSerializer
    detail_serializer_class = ArticleDetailSerializer
    filterset_class = ArticleFilterSet
    orderings: ClassVar = {
        **ID,
        "issue_date": Order("page__issue_date", nullable=True),
        "title": Order("title"),
        "updated_at": Order("updated_at"),
    }


class PlaceViewSet(RecordViewSet):
    """Places."""

    model = Place
    serializer_class = PlaceSerializer
    filterset_class = PlaceFilterSet
    orderings: ClassVar = {**NAMED, "code": Order("code", nullable=True), "level": Order("level")}


class OrganisationViewSet(RecordViewSet):
    """Organisations."""

    model = Organisation
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilterSet
    orderings: ClassVar = {**NAMED, "category": Order("category")}


class InitiativeViewSet(RecordViewSet):
    """Initiatives."""

    model = Initiative
    serializer_class = InitiativeSerializer
    filterset_class = InitiativeFilterSet
    orderings: ClassVar = {**NAMED, "kind": Order("kind"), "started": Order("started_on", nullable=True)}


class MetricViewSet(RecordViewSet):
    """Figures."""

    model = Metric
    serializer_class = MetricSerializer
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
