"""Actions on the chosen rows of a list."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kb.admin.desk.doubted import doubts_about
from kb.admin.desk.files import list_file
from kb.models.base import Record
from kb.models.review import BY_CHOICE_ALONE
from kb.vocabulary import RecordState, ReviewState

NAMED = 10
"""Rows that are named where an action asks for confirmation."""


def each(rows: QuerySet, change: Callable[[Any], list[str]]) -> int:
    """Changes rows one by one, so that whatever watches a saved row sees each; gives how many changed."""
    changed = 0
    for row in rows.order_by("pk").iterator(chunk_size=500):
        if fields := change(row):
            row.save(update_fields=[*fields, "updated_at"])
            changed += 1
    return changed


@admin.action(description=_("导出所选为 XLSX"), permissions=["view"])
def export_xlsx(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
    """The chosen rows as a workbook."""
    return list_file(model_admin, queryset, model_admin.get_list_display(request), "xlsx")


@admin.action(description=_("导出所选为 CSV"), permissions=["view"])
def export_csv(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
    """The chosen rows as CSV."""
    return list_file(model_admin, queryset, model_admin.get_list_display(request), "csv")


@admin.action(description=_("锁定（再次导入时不改动）"), permissions=["change"])
def lock_all(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> None:
    """Locks every field of the chosen rows that the importer writes."""
    fields = lockable(model_admin.model)

    def lock(row: Record) -> list[str]:
        before = row.locked
        row.lock(fields)
        return ["locked"] if row.locked != before else []

    tell(model_admin, request, each(queryset, lock))


def lockable(model: type[Record]) -> list[str]:
    """The fields of a model that the importer writes and a person may."""
    own = {field.name for field in Record._meta.get_fields()}
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    fixed = {"article", "start", "end", "text", "ordinal", "page", "first_line", "part", "lines", "body"}
    return [field.name for field in fields if field.name not in own | fixed]


@admin.action(description=_("标为已审核"), permissions=["change"])
def mark_reviewed(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> None:
    """Closes the open doubts about the chosen rows: a person has looked, and lets them stand.

    Not those in which one of several has to be chosen: two readings, two records that may be one.
    """
    if not request.user.has_perm("kb.change_doubt"):
        raise PermissionDenied
    who: Any = request.user
    now, count = timezone.now(), 0
    found = doubts_about(queryset).filter(state=ReviewState.OPEN).exclude(reason__in=BY_CHOICE_ALONE)
    for doubt in found.iterator(chunk_size=500):
        doubt.state, doubt.decided_by, doubt.decided_at = ReviewState.ACCEPTED.value, who, now
        doubt.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
        count += 1
    words = ngettext("已了结 %(count)d 条疑问。", "已了结 %(count)d 条疑问。", count)
    model_admin.message_user(request, words % {"count": count})


def set_choice(field_name: str) -> Callable[[Any, HttpRequest, QuerySet], HttpResponseBase | None]:
    """The action that gives the chosen rows one value of a closed list, after showing how many there are."""

    def action(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase | None:
        field = model_admin.model._meta.get_field(field_name)
        value = request.POST.get("value")
        if value is None or value not in dict(field.choices):
            return _ask(model_admin, request, queryset, field)

        def change(row: Record) -> list[str]:
            if getattr(row, field_name) == value:
                return []
            setattr(row, field_name, value)
            row.lock([field_name])
            return [field_name, "locked"]

        tell(model_admin, request, each(queryset.filter(state=RecordState.ASSERTED), change))
        return None

    action.__name__ = f"set_{field_name}"
    return admin.action(description=SET[field_name], permissions=["change"])(action)


SET = {
    "kind": _("设定类别…"),
    "category": _("设定类别…"),
    "level": _("设定级别…"),
    "status": _("设定完成情况…"),
}
"""What the action is called that sets a field."""


def _ask(model_admin: Any, request: HttpRequest, queryset: QuerySet, field: Any) -> HttpResponseBase:
    """The page that asks for the value and tells how many rows would get it."""
    rows = queryset.filter(state=RecordState.ASSERTED)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("设定%(field)s") % {"field": field.verbose_name},
        "opts": model_admin.opts,
        "field": field,
        "choices": field.choices,
        "number": rows.count(),
        "named": [str(row) for row in rows[:NAMED]],
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox": ACTION_CHECKBOX_NAME,
        "action": f"set_{field.name}",
        "across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/desk/set_choice.html", context)


def tell(model_admin: Any, request: HttpRequest, count: int) -> None:
    """Says how many rows an action changed."""
    words = ngettext("已更新 %(count)d 条记录。", "已更新 %(count)d 条记录。", count)
    model_admin.message_user(request, words % {"count": count})
