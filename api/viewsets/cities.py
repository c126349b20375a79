"""The 盟市: the list with counts, and one answer about each."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api import requests, summaries
from api.conditional import Condition
from api.errors import Problem
from api.filtersets.cities import CityFilterSet
from api.pagination import Order
from api.references import CityParameter, resolve
from api.renderers import GeoJSON
from api.serializers.cities import CitySerializer
from api.serializers.records import shape_of
from api.serializers.summaries import CityComparison, CitySummary
from api.viewsets.base import RecordViewSet
from kb.models import Place
from kb.querysets import RecordQuerySet
from kb.vocabulary import PlaceLevel

MOST_COMPARED = 12
REGION = "15"
"""How the codes of Inner Mongolia begin; cities outside are places, but not of this list."""

COMPARED = CityParameter(
    field_name="id", lookup_expr="in", help_text=requests.COMPARING["city"], example="150100"
).named("city")


def check_number(cities: int) -> None:
    """Refuses a comparison of too few or too many 盟市."""
    if not 2 <= cities <= MOST_COMPARED:
        allowed = [f"2–{MOST_COMPARED}"]
        raise Problem("wrong_number_of_values", param="city", value=cities, allowed=allowed)


class CityViewSet(RecordViewSet):
    """The twelve 盟市 of Inner Mongolia."""

    model = Place
    renderer_classes = (*RecordViewSet.renderer_classes, GeoJSON)
    serializer_class = CitySerializer
    filterset_class = CityFilterSet
    orderings: ClassVar = {"code": Order("code"), "name": Order("name")}
    default_ordering = ("code",)
    lookup_field = "code"
    lookup_value_regex = "[^/.]+"

    @classmethod
    def records(cls) -> RecordQuerySet:
        """The cities and leagues whose code is the region's."""
        return super().records().filter(level=PlaceLevel.CITY.value, code__startswith=REGION)

    def parameters(self) -> Collection[str]:
        """A summary has one form, so that there is nothing to choose."""
        if self.action == "list":
            return super().parameters()
        return {*requests.COMMON, *(requests.COMPARING if self.action == "compare" else ())}

    @extend_schema(responses=CitySummary)
    def retrieve(self, request: Request, code: str) -> Response:
        """One 盟市, by code, name or alias, with what is most asked about it in one answer."""
        city = self.city(code)
        found = {**city, **summaries.of_city(city["id"], city["code"], self.address)}
        return Condition(request).answer(found)

    @extend_schema(responses=CityComparison)
    @action(detail=False, filter_backends=(), pagination_class=None)
    def compare(self, request: Request) -> Response:
        """Two to twelve 盟市 side by side."""
        wanted = COMPARED.values(request.query_params.getlist("city"))
        check_number(len(set(wanted)))
        found = resolve(set(wanted))
        ids = list(dict.fromkeys(found[reference].id for reference in wanted))
        check_number(len(ids))  # two names may be one city's
        shape = shape_of(CitySerializer, self.address)
        cities = shape.answers(Place, ids)
        return Condition(request).answer(summaries.side_by_side(cities))

    def city(self, name: str) -> dict[str, Any]:
        """The 盟市 of that code, name or alias with its counts; one query."""
        if "\0" in name:  # no text of PostgreSQL
            raise NotFound
        named = Q(code=name) | Q(name=name) | Q(pk__in=Place.objects.filter(names__name=name).values("pk"))
        shape = shape_of(CitySerializer, self.address)
        rows = list(shape.prepare(self.get_queryset().filter(named)).values(*shape.columns)[:2])
        if len(rows) != 1:
            raise NotFound
        return shape.show_rows(rows)[0]
