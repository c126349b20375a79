"""What people call the resources of the change feed: in columns, filters and choices."""

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb.change_triggers import RESOURCES


@cache
def resource_names() -> dict[str, Any]:
    """What the records of each resource are called, by the resource's name in addresses."""
    names = {model._meta.db_table: model._meta.verbose_name for model in apps.get_models()}
    return {resource: names[table] for table, resource in RESOURCES.items()}


def named_resources() -> list[tuple[str, str]]:
    """Each resource with what its records are called."""
    return [(resource, str(name)) for resource, name in resource_names().items()]


def name_of(resource: str) -> str:
    """What the records of a resource are called; of an unknown one its own name."""
    return str(resource_names().get(resource, resource))


class ResourceFilter(SimpleListFilter):
    """The rows of one resource. Which there are is known; nothing is counted to find out."""

    title = _("资源")
    parameter_name = "resource"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The resources of the feed."""
        return named_resources()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the chosen resource."""
        return queryset.filter(resource=self.value()) if self.value() else queryset
