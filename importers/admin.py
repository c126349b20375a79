"""Import jobs in the admin: adding one is importing pages, with a preview; the list is the report."""

import uuid
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from importers.models import ImportJob
from importers.web import pages
from importers.web.reports import report, summary
from kb.admin.desk.lists import DeskAdmin
from kb.admin_site import OWN_TRANSACTIONS

RIGHT = "kb.add_page"
"""Who may add pages may import, and see what became of it; as in the API."""


@admin.register(ImportJob)
class ImportJobAdmin(DeskAdmin):
    """What was handed in, by whom, and what it changed."""

    list_display = ("name", "state", "outcome_in_short", "by", "size", "created_at", "finished_at")
    list_filter = ("state",)
    date_hierarchy = "created_at"
    search_fields = ("name", "by")
    search_help_text = _("按文件名或提交者查找")
    ordering = ("-created_at", "-pk")
    fields = (
        "name", "state", "by", "created_at", "finished_at", "size", "sha256", "attempts", "known",
        "what_became",
    )  # fmt: skip
    readonly_fields = ("known", "what_became")

    def get_urls(self) -> list[URLPattern]:
        """The pages of a batch beside those of every model."""
        wrap, name = self.admin_site.admin_view, "importers_importjob_{}".format
        return [
            path("batch/<uuid:batch>/", wrap(self.batch_view), name=name("batch")),
            path("batch/<uuid:batch>/<slug:step>/", wrap(self.step_view), name=name("step")),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form of an upload."""
        return pages.upload(self, request)

    add_view.csrf_exempt = True  # type: ignore[attr-defined] # checked in the view, after the length
    # A page is stored, or tried and taken back, in a transaction of its own.
    setattr(add_view, OWN_TRANSACTIONS, True)

    def batch_view(self, request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
        """The preview of a batch, and later its report."""
        return pages.batch(self, request, batch)

    def step_view(self, request: HttpRequest, batch: uuid.UUID, step: str) -> HttpResponseBase:
        """What is done with a batch: reading on, storing, discarding; and how far it has come."""
        return pages.step(self, request, batch, step)

    setattr(step_view, OWN_TRANSACTIONS, True)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportJob]:
        """The jobs without the bytes of their pages."""
        return super().get_queryset(request).defer("content", "preview")

    @admin.display(description=_("结果"))
    def outcome_in_short(self, job: ImportJob) -> str:
        """What became of the page, in a few words."""
        return summary(job)

    @admin.display(description=_("已知情况"))
    def known(self, job: ImportJob) -> str:
        """What the sender said of the page."""
        return "；".join(str(value) for value in job.facts.values()) or "—"

    @admin.display(description=_("报告"))
    def what_became(self, job: ImportJob) -> str:
        """Rows by table and outcome, notes, and the reason of a failure."""
        return report(job)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the index shows the jobs."""
        return request.user.has_perm(RIGHT)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may import sees what became of it."""
        return request.user.has_perm(RIGHT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether the person may import."""
        return request.user.has_perm(RIGHT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was done is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Old jobs go by themselves."""
        return False
