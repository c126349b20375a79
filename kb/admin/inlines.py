"""What stands below a record's form: its names, and the words that prove it.

Evidence is shown as it is, each row linked to its own form, so that a page with hundreds of rows takes
as many queries as one with two.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from kb.admin.decimals import ShortDecimalField
from kb.models import (
    Credit,
    InitiativeMention,
    InitiativeName,
    Metric,
    OrganisationMention,
    OrganisationName,
    PlaceMention,
    PlaceName,
)

SHOWN = 50
"""Rows of evidence below a form; the lists, filtered, show all."""


class NameInline(admin.TabularInline):
    """The names of an entity; the key is made when a name is stored."""

    fields = ("name",)
    extra = 0


class PlaceNameInline(NameInline):
    """The names of a place."""

    model = PlaceName


class OrganisationNameInline(NameInline):
    """The names of an organisation."""

    model = OrganisationName


class InitiativeNameInline(NameInline):
    """The names of an initiative."""

    model = InitiativeName


class CreditInline(admin.TabularInline):
    """Who is credited with an article."""

    model = Credit
    fields = ("author", "role", "ordinal")
    autocomplete_fields = ("author",)
    extra = 0


class EvidenceInline(admin.TabularInline):
    """Rows that rest on a span, the first of them, to look at and to reject."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The first rows of the record whose form is shown, with what they are linked to."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        owner = match.kwargs.get("object_id") if match else None
        if owner and str(owner).isdecimal():
            mine = rows.filter(**{f"{self.tie()}_id": int(owner)}).order_by("article_id", "start", "ordinal")
            rows = rows.filter(pk__in=list(mine.values_list("pk", flat=True)[:SHOWN]))
        return rows.select_related(*self.related)

    def tie(self) -> str:
        """The field that ties the rows to the record."""
        return self.parent_model._meta.model_name or ""


class PlaceMentionInline(EvidenceInline):
    """Where a place is named, or which places an article names."""

    model = PlaceMention
    fields = ("text", "official", "place", "article", "start", "state")
    readonly_fields = ("text", "official", "place", "article", "start")
    related = ("place", "article")


class OrganisationMentionInline(EvidenceInline):
    """Where an organisation is named, or which an article names."""

    model = OrganisationMention
    fields = ("text", "name", "organisation", "article", "start", "state")
    readonly_fields = ("text", "name", "organisation", "article", "start")
    related = ("organisation", "article")


class InitiativeMentionInline(EvidenceInline):
    """Where an initiative is named, or which an article names."""

    model = InitiativeMention
    fields = ("text", "name", "initiative", "article", "start", "state")
    readonly_fields = ("text", "name", "initiative", "article", "start")
    related = ("initiative", "article")


class MetricInline(EvidenceInline):
    """The figures of an article or about an entity."""

    model = Metric
    fields = ("text", "value", "upper", "unit", "qualifier", "subject", "initiative", "article", "state")
    readonly_fields = ("text", "initiative", "article")
    related = ("initiative", "article")
    fk_name: str | None = None
    formfield_overrides = {models.DecimalField: {"form_class": ShortDecimalField}}  # noqa: RUF012


class PlaceMetricInline(MetricInline):
    """The figures about a place itself; `city` ties figures to places too."""

    fk_name = "place"
