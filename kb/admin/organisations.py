"""Admin of organisations, their names and mentions."""

from django.contrib import admin

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.filters import CityFilter, LockedFilter
from kb.admin.inlines import MetricInline, OrganisationMentionInline, OrganisationNameInline
from kb.models import Organisation, OrganisationMention, OrganisationName


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    """Organisations."""

    list_display = ("name", "category", "place", "city", "parent", "state", "lock_mark")
    list_filter = (CityFilter, "category", "state", LockedFilter)
    list_select_related = ("place", "city", "parent")
    search_fields = ("name",)
    autocomplete_fields = ("place", "city", "parent", "source_article")
    inlines = (OrganisationNameInline, OrganisationMentionInline, MetricInline)


@admin.register(OrganisationName)
class OrganisationNameAdmin(admin.ModelAdmin):
    """Names of organisations."""

    list_display = ("name", "organisation", "key")
    list_select_related = ("organisation",)
    search_fields = ("name", "key")
    autocomplete_fields = ("organisation",)
    readonly_fields = ("key",)
    show_full_result_count = False


@admin.register(OrganisationMention)
class OrganisationMentionAdmin(LockingAdmin):
    """Organisations as articles name them."""

    list_display = ("text", "name", "organisation", "article", "state", "lock_mark")
    list_filter = (CityFilter, ("organisation", admin.EmptyFieldListFilter), "state", LockedFilter)
    list_select_related = ("organisation", "article")
    search_fields = ("text", "name")
    autocomplete_fields = ("article", "organisation")
