"""Admin of the change feed: to be read, as it was written by the database."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.lists import DeskAdmin
from kb.admin.resources import ResourceFilter, name_of
from kb.models import Change


@admin.register(Change)
class ChangeAdmin(DeskAdmin):
    """Changes, the latest first."""

    list_display = ("number", "kind", "record_id", "action", "into_id", "by", "at")
    list_filter = (ResourceFilter, "action")
    fields = ("number", "kind", "record_id", "action", "into_id", "by", "at", "batch")
    readonly_fields = ("kind",)
    search_fields = ("=by", "=record_id")
    search_help_text = _("按记录编号或操作者的全名查找")
    ordering = ("-number", "-pk")

    @admin.display(description=_("资源"))
    def kind(self, obj: Change) -> str:
        """What people call the record that was changed."""
        return name_of(obj.resource)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The database alone writes the feed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened is not taken back."""
        return False
