"""Admin of organisations, their names and mentions."""

from django.contrib import admin

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.desk.actions import mark_reviewed, set_choice
from kb.admin.desk.lists import DeskAdmin
from kb.admin.desk.searching import EvidenceSearch, OwnerSearch
from kb.admin.filters import CityFilter, LockedFilter, ReviewFilter
from kb.admin.inlines import MetricInline, OrganisationMentionInline, OrganisationNameInline
from kb.admin.splitting import SplittingAdmin
from kb.models import Organisation, OrganisationMention, OrganisationName


@admin.register(Organisation)
class OrganisationAdmin(SplittingAdmin, RecordAdmin):
    """Organisations."""

    list_display = ("name", "lock_mark", "category", "place", "city", "parent", "state")
    list_filter = (CityFilter, "category", "state", LockedFilter)
    list_select_related = ("place", "city", "parent")
    search_fields = ("name",)
    list_editable = ("category",)
    actions = (set_choice("category"), *LockingAdmin.actions)
    autocomplete_fields = ("place", "city", "parent", "source_article")
    inlines = (OrganisationNameInline, OrganisationMentionInline, MetricInline)


@admin.register(OrganisationName)
class OrganisationNameAdmin(OwnerSearch, DeskAdmin):
    """Names of organisations."""

    list_display = ("name", "organisation", "key")
    list_select_related = ("organisation",)
    search_fields = ("name", "key")
    autocomplete_fields = ("organisation",)
    readonly_fields = ("key",)
    searched_by = (("organisation", Organisation),)


@admin.register(OrganisationMention)
class OrganisationMentionAdmin(EvidenceSearch, LockingAdmin):
    """Organisations as articles name them."""

    list_display = ("text", "lock_mark", "name", "organisation", "article", "state")
    list_filter = (
        CityFilter,
        ("organisation", admin.EmptyFieldListFilter),
        ReviewFilter,
        "state",
        LockedFilter,
    )
    list_select_related = ("organisation", "article")
    list_deferred = ("article__lines",)
    searched_by = (("organisation", Organisation),)
    actions = (mark_reviewed, *LockingAdmin.actions)
    search_fields = ("text", "name")
    autocomplete_fields = ("article", "organisation")
