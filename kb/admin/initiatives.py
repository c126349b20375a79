"""Admin of initiatives, their names and mentions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.desk.actions import mark_reviewed, set_choice
from kb.admin.desk.lists import DeskAdmin
from kb.admin.desk.searching import EvidenceSearch, OwnerSearch
from kb.admin.filters import CityFilter, LockedFilter, ReviewFilter, month_filter
from kb.admin.inlines import InitiativeMentionInline, InitiativeNameInline, MetricInline
from kb.admin.splitting import SplittingAdmin
from kb.models import Initiative, InitiativeMention, InitiativeName


@admin.register(Initiative)
class InitiativeAdmin(SplittingAdmin, RecordAdmin):
    """Initiatives."""

    list_display = ("name", "lock_mark", "kind", "city", "started_on", "state")
    list_filter = (
        CityFilter, "kind", month_filter("started_on", _("开始日期"), "started"), "state", LockedFilter,
    )  # fmt: skip
    list_select_related = ("city",)
    search_fields = ("name",)
    list_editable = ("kind",)
    actions = (set_choice("kind"), *LockingAdmin.actions)
    autocomplete_fields = ("city", "places", "organisers", "source_article")
    inlines = (InitiativeNameInline, InitiativeMentionInline, MetricInline)


@admin.register(InitiativeName)
class InitiativeNameAdmin(OwnerSearch, DeskAdmin):
    """Names of initiatives."""

    list_display = ("name", "initiative", "key")
    list_select_related = ("initiative",)
    search_fields = ("name", "key")
    autocomplete_fields = ("initiative",)
    readonly_fields = ("key",)
    searched_by = (("initiative", Initiative),)


@admin.register(InitiativeMention)
class InitiativeMentionAdmin(EvidenceSearch, LockingAdmin):
    """Initiatives as articles name them."""

    list_display = ("text", "lock_mark", "name", "initiative", "article", "state")
    list_filter = (
        CityFilter,
        ("initiative", admin.EmptyFieldListFilter),
        ReviewFilter,
        "state",
        LockedFilter,
    )
    list_select_related = ("initiative", "article")
    list_deferred = ("article__lines",)
    searched_by = (("initiative", Initiative),)
    actions = (mark_reviewed, *LockingAdmin.actions)
    search_fields = ("text", "name")
    autocomplete_fields = ("article", "initiative")
