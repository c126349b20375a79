"""Admin of the review queue: the plain lists of doubts and decisions; /review/ is where one works."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.lists import DeskAdmin
from kb.admin.filters import CityFilter
from kb.models import Decision, Doubt
from kb.models.review import BY_CHOICE_ALONE
from kb.review.queue import UNDECIDED, of_city
from kb.vocabulary import ReviewState


class DoubtCityFilter(CityFilter):
    """The doubts about articles of a 盟市, and about pages of its papers; as the queue has them."""

    parameter_name = "city"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet[Any]:
        """The doubts of the chosen 盟市."""
        value = self.value()
        return queryset.filter(of_city(int(value))) if value and value.isdecimal() else queryset


@admin.register(Doubt)
class DoubtAdmin(DeskAdmin):
    """Doubts; each leads to its place in the queue, where it is decided with its words before one's eyes."""

    list_display = (
        "text",
        "in_queue",
        "kind",
        "reason",
        "article",
        "worth",
        "state",
        "decided_by",
        "decided_at",
    )
    ordering = ("-worth", "id")
    list_filter = ("state", "kind", "reason", DoubtCityFilter, "page__publication")
    list_select_related = ("article", "decided_by")
    list_deferred = ("note", "candidates", "article__lines")
    search_fields = ("text", "note")
    search_help_text = _("按原文或说明中的文字查找")
    fields = (
        "text", "kind", "reason", "note", "candidates", "confidence", "page", "article", ("start", "end"),
        "state", "decided_by", "decided_at", "worth",
    )  # fmt: skip
    readonly_fields = (
        "text", "kind", "reason", "note", "candidates", "confidence", "page", "article", "start", "end",
        "decided_by", "decided_at", "worth",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Doubts come from reading alone."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The state, too, where it follows from a choice that is made in the queue."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "state") if obj and obj.reason in BY_CHOICE_ALONE else fields

    @admin.display(description=_("处理"))
    def in_queue(self, obj: Doubt) -> str:
        """The way to the doubt in the queue."""
        words = _("处理") if obj.state in UNDECIDED else _("查看")
        return format_html('<a href="{}">{}</a>', reverse("review:doubt", args=[obj.pk]), words)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Stores the decision with who made it and when."""
        if "state" in form.changed_data:
            is_open = obj.state == ReviewState.OPEN
            obj.decided_by = None if is_open else request.user
            obj.decided_at = None if is_open else timezone.now()
            obj.decision = None  # it was made here, and is changed here
        super().save_model(request, obj, form, change)


@admin.register(Decision)
class DecisionAdmin(DeskAdmin):
    """Decisions, the latest first; they are taken back on the review page, not here."""

    list_display = ("at", "by", "verdict", "words", "doubts_count", "undone_at")
    list_filter = ("verdict", ("undone_at", admin.EmptyFieldListFilter), "by")
    list_select_related = ("by",)
    list_deferred = ("changes",)
    search_fields = ("words",)
    search_help_text = _("按选定的读法查找")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Decisions are made on the review page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who decided what is not removed."""
        return False
