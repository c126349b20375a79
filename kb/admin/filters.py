"""Filters that stand beside the lists."""

import datetime
import re
from collections import Counter
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.doubted import IN_DOUBT, OUT_OF_DOUBT, PARAMETER, in_doubt, out_of_doubt
from kb.models import Metric, Place
from kb.vocabulary import PlaceLevel


class CityFilter(SimpleListFilter):
    """The rows of one 盟市, by the same rule as everywhere (`in_city`)."""

    title = _("盟市")
    parameter_name = "in_city"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The 盟市 that are stored, by code."""
        cities = Place.objects.filter(level=PlaceLevel.CITY).order_by("code", "pk")
        return [(str(pk), name) for pk, name in cities.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet[Any]:
        """The rows of the chosen 盟市."""
        value = self.value()
        return queryset.in_city(int(value)) if value and value.isdecimal() else queryset  # type: ignore[attr-defined]


class LockedFilter(SimpleListFilter):
    """The rows in which a person has locked a field."""

    title = _("锁定")
    parameter_name = "is_locked"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """With or without locked fields."""
        return [("1", _("有锁定字段")), ("0", _("没有锁定字段"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows with or without locked fields."""
        if self.value() == "1":
            return queryset.exclude(locked=[])
        return queryset.filter(locked=[]) if self.value() == "0" else queryset


class MonthFilter(SimpleListFilter):
    """The rows of a year or month. Its bounds are two reads of an index, however many rows there are."""

    title = _("日期")
    path = ""
    """The date's field, also along links: `page__issue_date`."""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """The years from the first to the last date, the latest first; under the chosen one its months."""
        model, name = self._dated(model_admin)
        dated = {f"{name}__gte": datetime.date.min}  # SQLite asks no index for what is not null
        dates = model._default_manager.filter(**dated).order_by(name).values_list(name, flat=True)
        first, last = dates.first(), dates.last()
        if first is None:
            return []
        chosen = (self.value() or "")[:4]
        found: list[tuple[str, Any]] = []
        for year in range(last.year, first.year - 1, -1):
            found.append((f"{year:04}", f"{year}"))
            if f"{year:04}" == chosen:
                found += [(f"{year:04}-{month:02}", f"　{year}-{month:02}") for month in range(12, 0, -1)]
        return found

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows of the chosen year or month."""
        match = re.fullmatch(r"(\d{4})(?:-(\d\d))?", self.value() or "")
        if not match or not 1 <= int(match[1]) <= 9998 or not 1 <= int(match[2] or 1) <= 12:
            return queryset
        year, month = int(match[1]), int(match[2] or 0)
        begin = datetime.date(year, month or 1, 1)
        end = datetime.date(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1)
        return queryset.filter(**{f"{self.path}__gte": begin, f"{self.path}__lt": end})

    def _dated(self, model_admin: ModelAdmin) -> tuple[Any, str]:
        """The model that has the date, and the field's name in it."""
        model, *links = model_admin.model, *self.path.split("__")
        for link in links[:-1]:
            model = model._meta.get_field(link).related_model
        return model, links[-1]


def month_filter(path: str, title: Any, parameter: str) -> type[MonthFilter]:
    """The filter by the years and months of a date field."""
    return type("Months", (MonthFilter,), {"path": path, "title": title, "parameter_name": parameter})


class UnitFilter(SimpleListFilter):
    """The figures of one unit; those of the figures that came last are offered."""

    title = _("单位")
    parameter_name = "unit"
    LATEST, OFFERED = 5000, 15

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The most frequent units among the latest figures, and the chosen one."""
        latest = Metric.objects.order_by("-pk").values_list("unit", flat=True)[: self.LATEST]
        frequent = [unit for unit, _count in Counter(latest).most_common() if unit][: self.OFFERED]
        chosen = self.value()
        return [(unit, unit) for unit in dict.fromkeys([*frequent, *([chosen] if chosen else [])])]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The figures of the chosen unit."""
        return queryset.filter(unit=self.value()) if self.value() else queryset


class ReviewFilter(SimpleListFilter):
    """The rows about which something is open, or nothing."""

    title = _("审核")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """With or without open doubts."""
        return [(IN_DOUBT, _("有待审核的疑问")), (OUT_OF_DOUBT, _("没有待审核的疑问"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows with or without open doubts."""
        if self.value() == IN_DOUBT:
            return in_doubt(queryset)
        return out_of_doubt(queryset) if self.value() == OUT_OF_DOUBT else queryset
