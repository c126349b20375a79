"""Admin of merges: what was merged into what, and taking it back; and of pairs that are not one."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.lists import DeskAdmin
from kb.admin.duplicates import duplicates_view
from kb.merging.merge import MERGED, MergeError
from kb.merging.undo import unmerge
from kb.models import Distinct, Merge
from kb.names import quotable


def may_change(request: HttpRequest, model: type[Model]) -> bool:
    """Whether a person may change records of a model."""
    return request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


def form_of(resource: str, pk: int) -> str:
    """The address of a record's form."""
    return reverse(f"admin:kb_{MERGED[resource]._meta.model_name}_change", args=[pk])


class KeptAdmin(DeskAdmin):
    """Rows that the program writes: to be read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come with a decision."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided is not edited."""
        return False


@admin.register(Merge)
class MergeAdmin(KeptAdmin):
    """Merges, the latest first."""

    list_display = ("at", "resource", "gone", "kept", "by", "state")
    list_filter = ("resource", ("undone_at", admin.EmptyFieldListFilter))
    list_display_links = ("at",)
    search_fields = ("gone_name", "kept_name", "by")
    ordering = ("-id",)
    exclude = ("steps",)
    change_list_template = "admin/merging/merges.html"
    change_form_template = "admin/merging/merge.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Old ids lead on by these rows."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The pages that take a merge back and that suggest merges, beside the usual ones."""
        view = self.admin_site.admin_view
        duplicates = view(partial(duplicates_view, self.admin_site))
        return [
            path("<int:pk>/undo/", view(self.undo_view), name="kb_merge_undo"),
            path("duplicates/<slug:resource>/", duplicates, name="kb_merge_duplicates"),
            *super().get_urls(),
        ]

    @admin.display(description=_("并入者"), ordering="gone_name")
    def gone(self, obj: Merge) -> str:
        """The record that was merged away."""
        return f"{obj.gone_name}（{obj.gone_id}）"

    @admin.display(description=_("留下者"), ordering="kept_name")
    def kept(self, obj: Merge) -> str:
        """The record that was left, with the way to it."""
        address = form_of(obj.resource, obj.kept_id)
        return format_html('<a href="{}">{}（{}）</a>', address, obj.kept_name, obj.kept_id)

    @admin.display(description=_("状态"))
    def state(self, obj: Merge) -> str:
        """Whether it was taken back, or the way to do so."""
        if obj.undone_at:
            return gettext("已由 %(by)s 撤销") % {"by": obj.undone_by}
        address = reverse("admin:kb_merge_undo", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("撤销…"))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks whether a merge is to be taken back, and takes it back."""
        with transaction.atomic():
            merge = get_object_or_404(Merge.objects.select_for_update(), pk=pk)
            if not may_change(request, MERGED[merge.resource]):
                raise PermissionDenied
            if request.method == "POST":
                return self.undone(request, merge)
        title = gettext("撤销合并")
        context = {**self.admin_site.each_context(request), "title": title, "merge": merge, "opts": self.opts}
        return TemplateResponse(request, "admin/merging/undo.html", context)

    def undone(self, request: HttpRequest, merge: Merge) -> HttpResponse:
        """Takes a merge back and leads to the record that is there again; tells why where it cannot be."""
        try:
            unmerge(merge)
        except MergeError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:kb_merge_undo", args=[merge.pk]))
        self.message_user(
            request, gettext("已撤销：“%(name)s”又是单独的一条。") % {"name": quotable(merge.gone_name)}
        )
        return HttpResponseRedirect(form_of(merge.resource, merge.gone_id))


@admin.register(Distinct)
class DistinctAdmin(KeptAdmin):
    """Pairs that are not one; a pair that is removed here is suggested again."""

    list_display = ("at", "resource", "lower", "upper", "by")
    list_filter = ("resource",)
    search_fields = ("by",)

    @admin.display(description=_("一条"), ordering="lower_id")
    def lower(self, obj: Distinct) -> str:
        """The way to one record."""
        return format_html('<a href="{}">{}</a>', form_of(obj.resource, obj.lower_id), obj.lower_id)

    @admin.display(description=_("另一条"), ordering="upper_id")
    def upper(self, obj: Distinct) -> str:
        """The way to the other."""
        return format_html('<a href="{}">{}</a>', form_of(obj.resource, obj.upper_id), obj.upper_id)
