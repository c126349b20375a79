"""Admin of the review queue: the plain list; decisions are noted with who and when."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from kb.models import Doubt
from kb.vocabulary import ReviewState


@admin.register(Doubt)
class DoubtAdmin(admin.ModelAdmin):
    """Doubts."""

    list_display = ("text", "kind", "reason", "article", "confidence", "state", "decided_by")
    list_filter = ("state", "kind", "reason")
    list_select_related = ("article", "decided_by")
    search_fields = ("text", "note")
    fields = (
        "text", "kind", "reason", "note", "candidates", "confidence", "page", "article", ("start", "end"),
        "state", "decided_by", "decided_at",
    )  # fmt: skip
    readonly_fields = (
        "text", "kind", "reason", "note", "candidates", "confidence", "page", "article", "start", "end",
        "decided_by", "decided_at",
    )  # fmt: skip
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Doubts come from reading alone."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Stores the decision with who made it and when."""
        if "state" in form.changed_data:
            is_open = obj.state == ReviewState.OPEN
            obj.decided_by = None if is_open else request.user
            obj.decided_at = None if is_open else timezone.now()
        super().save_model(request, obj, form, change)
