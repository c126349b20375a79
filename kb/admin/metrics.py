"""Admin of metrics."""

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.decimals import ShortDecimalField, in_short
from kb.admin.desk.actions import mark_reviewed, set_choice
from kb.admin.desk.totals import short
from kb.admin.filters import CityFilter, LockedFilter, ReviewFilter, UnitFilter, month_filter
from kb.models import Metric


@admin.display(description=Metric._meta.get_field("low").verbose_name)
def low(obj: Metric) -> str:
    """The least that the words allow, in short."""
    return in_short(obj.low)


@admin.display(description=Metric._meta.get_field("high").verbose_name)
def high(obj: Metric) -> str:
    """The most that the words allow, in short."""
    return in_short(obj.high)


@admin.register(Metric)
class MetricAdmin(RecordAdmin):
    """Metrics."""

    list_display = ("text", "lock_mark", "subject", "number", "unit", "status", "city", "initiative")
    list_editable = ("subject", "unit", "status")
    list_filter = (
        CityFilter, UnitFilter, "qualifier", "status", ReviewFilter,
        month_filter("as_of_on", _("统计截止日期"), "as_of"), "state", LockedFilter,
    )  # fmt: skip
    list_select_related = ("initiative", "city")
    summed_by = "unit"
    actions = (set_choice("status"), mark_reviewed, *LockingAdmin.actions)
    search_fields = ("subject", "text")
    autocomplete_fields = ("article", "initiative", "organisation", "place", "city")
    formfield_overrides = {models.DecimalField: {"form_class": ShortDecimalField}}  # noqa: RUF012
    readonly_fields: ClassVar[Any] = (low, high)
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    "text",
                    ("value", "upper"),
                    ("unit", "qualifier"),
                    (low, high),
                    "subject",
                    "status",
                )
            },
        ),
        (_("所说的对象"), {"fields": ("initiative", "organisation", "place", "city")}),
        (
            _("时间"),
            {
                "fields": (
                    ("period_from_on", "period_from_precision", "period_from_text"),
                    ("as_of_on", "as_of_precision", "as_of_text"),
                )
            },
        ),
        (_("出处"), {"fields": ("article", ("start", "end", "ordinal"))}),
        (_("记录"), {"fields": ("state", "origin", "locked_fields", "created_at", "updated_at")}),
    )

    @admin.display(description=_("数值"), ordering="value")
    def number(self, obj: Metric) -> Decimal:
        """The value without zeros behind the point."""
        return short(obj.value)
