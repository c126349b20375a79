"""Admin of the review queue: the plain lists of doubts and decisions; /review/ is where one works."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from kb.models import Decision, Doubt
from kb.vocabulary import ReviewState


@admin.register(Doubt)
class DoubtAdmin(admin.ModelAdmin):
    """Doubts."""

    list_display = ("text", "kind", "reason", "article", "worth", "state", "decided_by")
    ordering = ("-worth", "id")
    list_filter = ("state", "kind", "reason")
    list_select_related = ("article", "decided_by")
    search_fields = ("text", "note")
    fields = (
        "text", "kind", "reason", "note", "candidates", "confidence", "page", "article", ("start", "end"),
        "state", "decided_by", "decided_at", "worth",
    )  # fmt: skip
    readonly_fields = (
        "text", "kind", "reason", "note", "candidates", "confidence", "page", "article", "start", "end",
        "decided_by", "decided_at", "worth",
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
            obj.decision = None  # it was made here, and is changed here
        super().save_model(request, obj, form, change)


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """Decisions, the latest first; they are taken back on the review page, not here."""

    list_display = ("at", "by", "verdict", "words", "doubts_count", "undone_at")
    list_filter = ("verdict", "by")
    list_select_related = ("by",)
    search_fields = ("words",)
    date_hierarchy = "at"
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Decisions are made on the review page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who decided what is not removed."""
        return False
