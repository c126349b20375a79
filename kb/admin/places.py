"""Admin of places, their names and mentions."""

from django.contrib import admin

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.desk.actions import mark_reviewed, set_choice
from kb.admin.desk.lists import DeskAdmin
from kb.admin.desk.searching import EvidenceSearch, OwnerSearch
from kb.admin.filters import CityFilter, LockedFilter, ReviewFilter
from kb.admin.inlines import PlaceMentionInline, PlaceMetricInline, PlaceNameInline
from kb.admin.splitting import SplittingAdmin
from kb.models import Place, PlaceMention, PlaceName


@admin.register(Place)
class PlaceAdmin(SplittingAdmin, RecordAdmin):
    """Places."""

    list_display = ("name", "lock_mark", "code", "level", "parent", "city", "state")
    list_filter = (CityFilter, "level", "state", LockedFilter)
    list_select_related = ("parent", "city")
    search_fields = ("name",)
    list_editable = ("level",)
    actions = (set_choice("level"), *LockingAdmin.actions)
    autocomplete_fields = ("parent", "city")
    inlines = (PlaceNameInline, PlaceMentionInline, PlaceMetricInline)


@admin.register(PlaceName)
class PlaceNameAdmin(OwnerSearch, DeskAdmin):
    """Names of places."""

    list_display = ("name", "place", "key")
    list_select_related = ("place",)
    search_fields = ("name", "key")
    autocomplete_fields = ("place",)
    readonly_fields = ("key",)
    searched_by = (("place", Place),)


@admin.register(PlaceMention)
class PlaceMentionAdmin(EvidenceSearch, LockingAdmin):
    """Places as articles name them."""

    list_display = ("text", "lock_mark", "official", "place", "article", "state")
    list_filter = (
        CityFilter, ("place", admin.EmptyFieldListFilter), ReviewFilter, "state", LockedFilter,
    )  # fmt: skip
    list_select_related = ("place", "article")
    list_deferred = ("article__lines",)
    searched_by = (("place", Place),)
    actions = (mark_reviewed, *LockingAdmin.actions)
    search_fields = ("text", "official")
    autocomplete_fields = ("article", "place")
