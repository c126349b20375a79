"""Admin of metrics."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.desk.actions import mark_reviewed, set_choice
from kb.admin.desk.totals import short
from kb.admin.filters import CityFilter, LockedFilter, ReviewFilter, UnitFilter, month_filter
from kb.models import Metric


class ShortDecimalField(forms.DecimalField):
    """A number that is shown without zeros behind the point: `9624`, not `9624.000000`."""

    def prepare_value(self, value: Any) -> Any:
        """The stored number in short; what a person typed stays as it was typed."""
        return _short(value) if isinstance(value, Decimal) else value


def _short(number: Decimal | None) -> str:
    return "—" if number is None else format(short(number), "f")


@admin.display(description=Metric._meta.get_field("low").verbose_name)
def low(obj: Metric) -> str:
    """The least that the words allow, in short."""
    return _short(obj.low)


@admin.display(description=Metric._meta.get_field("high").verbose_name)
def high(obj: Metric) -> str:
    """The most that the words allow, in short."""
    return _short(obj.high)


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
