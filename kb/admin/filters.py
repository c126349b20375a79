"""Filters that stand beside the lists."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb.models import Place
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
