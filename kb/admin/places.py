"""Admin of places, their names and mentions."""

from django.contrib import admin

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.filters import CityFilter, LockedFilter
from kb.admin.inlines import PlaceMentionInline, PlaceMetricInline, PlaceNameInline
from kb.models import Place, PlaceMention, PlaceName


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    """Places."""

    list_display = ("name", "code", "level", "parent", "city", "state", "lock_mark")
    list_filter = (CityFilter, "level", "state", LockedFilter)
    list_select_related = ("parent", "city")
    search_fields = ("name",)
    autocomplete_fields = ("parent", "city")
    inlines = (PlaceNameInline, PlaceMentionInline, PlaceMetricInline)


@admin.register(PlaceName)
class PlaceNameAdmin(admin.ModelAdmin):
    """Names of places."""

    list_display = ("name", "place", "key")
    list_select_related = ("place",)
    search_fields = ("name", "key")
    autocomplete_fields = ("place",)
    readonly_fields = ("key",)
    show_full_result_count = False


@admin.register(PlaceMention)
class PlaceMentionAdmin(LockingAdmin):
    """Places as articles name them."""

    list_display = ("text", "official", "place", "article", "state", "lock_mark")
    list_filter = (CityFilter, ("place", admin.EmptyFieldListFilter), "state", LockedFilter)
    list_select_related = ("place", "article")
    search_fields = ("text", "official")
    autocomplete_fields = ("article", "place")
