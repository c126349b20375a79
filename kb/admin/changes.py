"""Admin of the change feed: to be read, as it was written by the database."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from kb.models import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    """Changes, the latest first."""

    list_display = ("number", "resource", "record_id", "action", "into_id", "by", "at")
    list_filter = ("resource", "action")
    search_fields = ("by", "=record_id")
    ordering = ("-number", "-pk")
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The database alone writes the feed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened is not taken back."""
        return False
