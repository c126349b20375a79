"""What every resource's viewset shares: a viewset itself only names its parts."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api import requests
from api.conditional import Condition, NewestLine, nothing_new
from api.errors import Problem
from api.exports.answers import as_file, take_away
from api.exports.groups import group_columns
from api.filtersets.base import RecordFilterSet
from api.grouping import Group, chosen, grouped
from api.highlight import highlights
from api.pagination import KeysetPages, Order, Ordering, Page, link, read_page
from api.prepared import prepared_page
from api.renderers import BrowsablePages, CommaSeparated, FastJSON, JSONLines, Spreadsheet, TakeAway
from api.schema import RecordSchema
from api.serializers.evidence import DETAILED, LISTED
from api.serializers.records import RecordSerializer, Shape, shape_of
from api.writing.versions import etag, unchanged
from kb.models import Metric
from kb.models.base import Record
from kb.querysets import RecordQuerySet

MOST_GROUPS = 1_000_000
"""How many groups a file has at most: more than any spreadsheet shows."""

VERSION = ("updated_at",)
"""What tells the version of a record."""

Results = list[dict[str, Any]]
Renderers = list[BaseRenderer]
RendererClasses = tuple[type[BaseRenderer], ...]


@lru_cache(maxsize=200)
def _parameters(
    view: "type[RecordViewSet]", action: str | None, serializer: type[RecordSerializer]
) -> frozenset[str]:
    """The parameters of an action of a resource."""
    if action not in ("list", "retrieve"):
        return frozenset(requests.COMMON)
    shared = {*requests.CHOOSING, *requests.COMMON}
    if not serializer.expandable():
        shared.discard("expand")
    if action == "retrieve":
        return frozenset(shared)
    filters = view.filterset_class.base_filters
    more = {*(requests.GROUPING if view.groups else ()), *(requests.SEARCHING if "q" in filters else ())}
    return frozenset({*shared, *requests.PAGING, *filters, *more})


class RecordViewSet(viewsets.GenericViewSet):
    """List and detail of one resource: its model, serializer, filter set and orderings."""

    model: ClassVar[type[Record]]
    serializer_class: type[RecordSerializer]
    detail_serializer_class: ClassVar[type[RecordSerializer] | None] = None
    filterset_class: type[RecordFilterSet]
    orderings: ClassVar[Mapping[str, Order]]
    """Documented ordering fields by parameter value."""
    default_ordering: ClassVar[tuple[str, ...]] = ("id",)
    groups: ClassVar[Mapping[str, Group]] = {}
    """Documented fields to count by."""
    looked_up: str | None = None
    """The newest change when the names in the filters were looked up, where there were any."""
    watched: ClassVar[bool] = True
    """Whether all that a list shows or filters by is in tables that the change feed watches."""
    schema = RecordSchema()
    lookup_value_regex = r"\d{1,18}"
    renderer_classes: RendererClasses = (
        FastJSON,
        JSONLines,
        CommaSeparated,
        Spreadsheet,
        BrowsablePages,
    )
    pagination_class = KeysetPages
    filter_backends = ()

    @classmethod
    def records(cls) -> RecordQuerySet:
        """All records that may be shown."""
        return cls.model.objects.asserted()

    @classmethod
    def source(cls, columns: Sequence[str], ordering: Ordering) -> RecordQuerySet:
        """Where to read the ids of the records that have plain values in some columns, in this order.

        The records themselves, or a table that has them so; `id`, and the columns, are called the same there.
        """
        return cls.records()

    def get_queryset(self) -> RecordQuerySet:
        """The same, for who asks a view."""
        return self.records()

    def get_view_name(self) -> str:
        """The Chinese name of the resource, for the browsable pages."""
        return str(self.model._meta.verbose_name)

    def get_view_description(self, html: bool = False) -> str:
        """What the page is about."""
        return str(_("参数之间为“且”；同一参数重复为“或”。")) if self.action == "list" else ""

    @property
    def address(self) -> str:
        """The address that links begin with: `http://host/api/v1/`."""
        return self.request.build_absolute_uri("/api/v1/")

    def shown_serializer(self) -> type[RecordSerializer]:
        """What the present action shows of a record."""
        if self.action != "list" and self.detail_serializer_class is not None:
            return self.detail_serializer_class
        return self.serializer_class

    def get_serializer_class(self) -> type[RecordSerializer]:
        """The same, for the schema."""
        return self.shown_serializer()

    def parameters(self) -> Collection[str]:
        """Every parameter that the present action takes."""
        return _parameters(type(self), self.action, self.shown_serializer())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses unknown parameters before anything is read."""
        super().initial(request, *args, **kwargs)
        if self.action is not None:
            requests.check_names(request.query_params, self.parameters())

    def shape(self, most_evidence: int = LISTED) -> Shape:
        """The fields that the request chose, ready to read rows."""
        query = self.request.query_params
        chosen = (tuple(requests.names(query, name)) for name in ("fields", "omit", "expand"))
        return shape_of(self.shown_serializer(), self.address, *chosen, most=most_evidence)

    def filtered(self) -> QuerySet:
        """The records that the filter parameters select; bad values raise a Problem."""
        return self.filters().selected()

    def filters(self) -> RecordFilterSet:
        """The filter parameters of the request."""
        return self.filterset_class(self.request.query_params, self.get_queryset, request=self.request)

    def list(self, request: Request) -> HttpResponseBase:
        """One page of the records that the filters select."""
        query = request.query_params
        if "group_by" in query:
            return self.grouped(query, request.accepted_renderer)
        if isinstance(request.accepted_renderer, TakeAway):
            return self.whole(query, request.accepted_renderer)
        is_marked = requests.marking(query)
        condition = Condition(request, by_version=self.watched and "q" not in query)
        if tag := condition.known():
            return nothing_new(tag)
        paging = requests.Paging.read(query)
        shape = self.shape()
        page = self.page(query, paging, versioned=condition.by_version)
        body: dict[str, Any] = {"count": page.count} if paging.count else {}
        body |= {"next": link(request, page.following), "previous": link(request, page.preceding)}
        found = shape.read(self.model, page.ids)
        if is_marked:
            body["results"] = self.highlighted(query, found["id"], shape.show(found))
        else:
            body["results"] = shape.written(found) if condition.is_json else shape.show(found)
        # Names are looked up first: what changed since then must not be taken for known.
        return condition.answer(body, page.version and (self.looked_up or page.version))

    def page(self, query: QueryDict, paging: requests.Paging, *, versioned: bool) -> Page:
        """The page asked for; its query is put together anew only where it is not one of the usual."""
        filters = self.filters()
        values = filters.plain()
        self.looked_up = filters.version
        if values is not None:
            order = requests.ordering(query, self.orderings, self.default_ordering)
            found = prepared_page(
                type(self), values, order, paging.cursor, paging.size, count=paging.count, versioned=versioned
            )
            if found is not None:
                return found
        rows = filters.selected()
        order = requests.ordering(query, self.orderings, self.default_ordering, rows)
        version = NewestLine() if versioned else None
        return read_page(rows, order, paging.cursor, paging.size, count=paging.count, version=version)

    def whole(self, query: QueryDict, renderer: TakeAway) -> HttpResponseBase:
        """The whole list, streamed in the format asked for."""
        filters = self.filterset_class.base_filters
        allowed = {*filters, *requests.CHOOSING, "ordering", "format"}
        requests.check_together(query, f"format={renderer.format}", allowed)
        shape, rows = self.shape(), self.filtered()
        order = requests.ordering(query, self.orderings, self.default_ordering, rows)
        return take_away(renderer, rows, shape, order)

    def get_renderers(self) -> Renderers:
        """Lists can be taken away whole; a single record is JSON or a page."""
        every = super().get_renderers()
        return every if self.action == "list" else [each for each in every if not isinstance(each, TakeAway)]

    def highlighted(self, query: QueryDict, ids: Sequence[int], results: Results) -> Results:
        """The results, each with its matching words."""
        found = highlights(self.model, ids, " ".join(query.getlist("q")))
        return [{**shown, "highlight": found[pk]} for pk, shown in zip(ids, results, strict=True)]

    def grouped(self, query: QueryDict, renderer: Any) -> HttpResponseBase:
        """The numbers of records by the groups asked for; a file has all of them."""
        filters = self.filterset_class.base_filters
        requests.check_together(query, "group_by", {*filters, "page_size", "format"})
        groups = chosen(requests.names(query, "group_by"), self.groups)
        units = {*query.getlist("unit"), *requests.names(query, "unit__in")}
        sums = self.model is Metric and ("unit" in groups or len(units) == 1)
        whole = isinstance(renderer, TakeAway)
        if whole:
            requests.check_together(query, f"format={renderer.format}", {*filters, "group_by", "format"})
            if renderer.format == "geojson":
                raise Problem("conflicting_parameters", param="group_by", value="format=geojson")
        rows, size = self.filtered(), MOST_GROUPS if whole else requests.page_size(query)
        tallies = self.tallies(query, groups, of_one_unit=sums)
        found = grouped(rows, groups, self.address, size, of_one_unit=sums, tallies=tallies)
        if not whole:
            return Condition(self.request).answer(found)
        columns = group_columns(groups, sums)
        return as_file(renderer, self.serializer_class.resource, iter(found["results"]), columns)

    def tallies(self, query: QueryDict, groups: Mapping[str, Group], *, of_one_unit: bool) -> QuerySet | None:
        """Tallies of the records selected, where the resource has some that can tell of these groups."""
        return None

    def retrieve(self, request: Request, pk: str) -> Response:
        """One record with all its parts."""
        return self.shown(int(pk))

    def shown(self, pk: int) -> Response:
        """The record's own answer, with its version; 304 where the client has it already."""
        shape = self.shape(DETAILED)
        versions = list(self.get_queryset().filter(pk=pk).values_list(*VERSION))
        found = shape.answers(self.model, [pk]) if versions else []
        if not found:
            raise NotFound
        body = found[0]
        tag = etag(pk, versions[0][0], body)
        if self.request.method in SAFE_METHODS and unchanged(self.request, tag):
            return Response(status=304, headers={"ETag": tag})
        return Response(body, headers={"ETag": tag})
