"""The history of a record in the admin: what each change made of what, and putting a version back."""

import datetime
import difflib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.history.reading import Difference, Entry, Linked, entries, part_label, unchanged
from kb.history.restoring import RestoreError, is_restorable, restore, would_change
from kb.history.snapshots import history_of, parts_of
from kb.merging.merge import merged_away
from kb.vocabulary import HistoryAction

PAGE = 20
"""Changes on one page."""

LONG, AROUND = 60, 12
"""Texts from this length are shown by their differences alone, with some characters around."""

NOTHING = "—"
Segment = tuple[str, str]


class HistoryAdmin(admin.ModelAdmin):
    """A form with the history of its record behind it."""

    def get_urls(self) -> list[URLPattern]:
        """The page that puts a version back, beside the usual ones."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/history/<int:number>/", view, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The changes of a record, the newest first."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        found, older = self.changes(request, row)
        can_restore = is_restorable(self.model) and self.has_change_permission(request, row)
        context = {
            **self.row_context(request, row),
            "title": _("%(name)s的历史") % {"name": row},
            "entries": [event(self.model, entry, can_restore=can_restore) for entry in found],
            "older": older,
            "is_newest_page": "before" not in request.GET,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history/history.html", context)

    def changes(self, request: HttpRequest, row: Model) -> tuple[list[Entry], int | None]:
        """One page of changes, and the number before which the next page begins."""
        rows = history_of(self.model).objects.filter(id=row.pk).order_by("-history_id")
        before = request.GET.get("before", "")
        if before.isdecimal() and len(before) < 19:
            rows = rows.filter(history_id__lt=int(before))
        found = list(rows[: PAGE + 1])
        if not found and not before and is_restorable(self.model):
            return unchanged(self.model, row.pk), None
        older = found[PAGE] if len(found) > PAGE else None
        return entries(found[:PAGE], older), older and found[PAGE - 1].history_id

    def row_context(self, request: HttpRequest, row: Model) -> dict[str, Any]:
        """What the pages about a record's history have in common."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        restoring = f"admin:{self.opts.app_label}_{self.opts.model_name}_restore"
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "form_address": address,
            "restore_view": restoring,
        }

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Shows what putting a version back would change, and puts it back."""
        if not is_restorable(self.model):
            raise Http404
        with transaction.atomic():
            rows: Any = self.model._default_manager.select_for_update(of=("self",))
            row = get_object_or_404(rows, pk=pk)
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            version = get_object_or_404(history_of(self.model), id=pk, history_id=number)
            if merged_away(self.model, [pk]):
                raise PermissionDenied(_("这条记录已并入另一条；要分开，请在“合并”中撤销。"))
            if request.method == "POST":
                return self.restored(request, row, version)
        found = [difference(self.model, each) for each in would_change(row, version)]
        context = {
            **self.row_context(request, row),
            "title": _("恢复旧版本"),
            "version": version,
            "differences": found,
        }
        return TemplateResponse(request, "admin/history/restore.html", context)

    def restored(self, request: HttpRequest, row: Any, version: Any) -> HttpResponse:
        """Puts a version back and leads to the form; tells why where it cannot be."""
        context = self.row_context(request, row)
        try:
            with transaction.atomic():
                found = restore(row, version)
        except RestoreError as error:
            self.message_user(request, str(error), messages.ERROR)
            address = reverse(context["restore_view"], args=[row.pk, version.history_id])
            return HttpResponseRedirect(address)
        self.message_user(request, _("已恢复 %(count)d 个字段，并已锁定。") % {"count": len(found)})
        return HttpResponseRedirect(context["form_address"])


def event(model: type[Model], entry: Entry, *, can_restore: bool) -> dict[str, Any]:
    """One change as the page shows it."""
    return {
        "number": entry.number,
        "at": entry.at,
        "by": entry.by or _("没有登记"),
        "action": gettext_lazy(entry.action.label),
        "can_restore": can_restore and entry.number and entry.action is not HistoryAction.DELETE,
        "differences": [difference(model, each) for each in entry.differences],
    }


def difference(model: type[Model], each: Difference) -> dict[str, Any]:
    """A changed field as the page shows it: both values, or of long texts what differs."""
    before, after = each.before, each.after
    found: dict[str, Any] = {"label": each.label}
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) > LONG:
        return found | {"segments": list(segments(before, after))}
    return found | {
        "before": in_words(model, each.field, before),
        "after": in_words(model, each.field, after),
    }


def in_words(model: type[Model], field: str, value: Any) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        return "、".join(item_in_words(model, field, item) for item in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.date):
        return date_format(value, "Y-m-d")
    if isinstance(value, Linked):
        return str(value)
    labels = dict(getattr(model._meta.get_field(field), "flatchoices", ()))
    return str(labels.get(value, value))


def item_in_words(model: type[Model], field: str, item: Any) -> str:
    """An item of a list: the label of a locked field, a credit, a record, a name."""
    if isinstance(item, tuple):
        person, role = item
        return f"{person}（{gettext_lazy(role.label)}）"
    return label_of(model, item) if field == "locked" else str(item)


def label_of(model: type[Model], field: str) -> str:
    """What people call a field that is locked."""
    if field in {part.name for part in parts_of(model)}:
        return part_label(model, field)
    known = {each.name: str(each.verbose_name) for each in model._meta.concrete_fields}
    return known.get(field, field)


def segments(before: str, after: str) -> Iterator[Segment]:
    """Two texts as one: what stayed (`equal`, its middle left out), what went (`del`), what came (`ins`)."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            same = before[a:b]
            is_long = len(same) > 2 * AROUND + 1
            yield "equal", f"{same[:AROUND]}…{same[-AROUND:]}" if is_long else same
        if b > a and kind != "equal":
            yield "del", before[a:b]
        if d > c and kind != "equal":
            yield "ins", after[c:d]
