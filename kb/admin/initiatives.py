"""Admin of initiatives, their names and mentions."""

from django.contrib import admin

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.filters import CityFilter, LockedFilter
from kb.admin.inlines import InitiativeMentionInline, InitiativeNameInline, MetricInline
from kb.models import Initiative, InitiativeMention, InitiativeName


@admin.register(Initiative)
class InitiativeAdmin(RecordAdmin):
    """Initiatives."""

    list_display = ("name", "kind", "city", "started_on", "state", "lock_mark")
    list_filter = (CityFilter, "kind", "state", LockedFilter)
    list_select_related = ("city",)
    search_fields = ("name",)
    autocomplete_fields = ("city", "places", "organisers", "source_article")
    inlines = (InitiativeNameInline, InitiativeMentionInline, MetricInline)


@admin.register(InitiativeName)
class InitiativeNameAdmin(admin.ModelAdmin):
    """Names of initiatives."""

    list_display = ("name", "initiative", "key")
    list_select_related = ("initiative",)
    search_fields = ("name", "key")
    autocomplete_fields = ("initiative",)
    readonly_fields = ("key",)
    show_full_result_count = False


@admin.register(InitiativeMention)
class InitiativeMentionAdmin(LockingAdmin):
    """Initiatives as articles name them."""

    list_display = ("text", "name", "initiative", "article", "state", "lock_mark")
    list_filter = (CityFilter, ("initiative", admin.EmptyFieldListFilter), "state", LockedFilter)
    list_select_related = ("initiative", "article")
    search_fields = ("text", "name")
    autocomplete_fields = ("article", "initiative")
