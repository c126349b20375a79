"""What all admin pages have in common: searching as everywhere, and locking what a person writes."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.actions import export_csv, export_xlsx, lock_all
from kb.admin.desk.lists import DeskAdmin
from kb.admin.history import HistoryAdmin
from kb.admin.locks import LockDesk, lock_sign, show_locks
from kb.divergences import forget, unlock
from kb.merging.merge import merged_away
from kb.models import Credit, Merge
from kb.models.base import Evidence, Record
from kb.vocabulary import RecordOrigin

NEVER_LOCKED = frozenset({"state", "origin", "locked"})
"""Columns that say what a person decided; a lock on them would say nothing more."""

KEPT = ("origin", "locked_fields", "created_at", "updated_at")


SPAN = frozenset({"article", "start", "end", "text"})
"""Columns of which one is wrong where the words do not stand at their place."""


class RecordForm(ModelForm):
    """A form that shows which of its fields are locked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_locks(self)

    def clean(self) -> dict[str, Any] | None:
        """The values; a record that was merged away does not come back by its state."""
        values = super().clean()
        if "state" in self.changed_data and (merges := merged_away(type(self.instance), [self.instance.pk])):
            raise ValidationError({"state": in_another(merges[0])})
        if isinstance(self.instance, Evidence) and not SPAN.isdisjoint(self.changed_data):
            self._check_span(values or {})
        return values

    def _check_span(self, values: dict[str, Any]) -> None:
        """Refuses words that do not stand at their place, before the database does."""
        row = self.instance
        article = values.get("article") or (row.article if row.article_id else None)
        start, end, text = (values.get(name, getattr(row, name)) for name in ("start", "end", "text"))
        if article is None or start is None or end is None or article.body[start:end] == text:
            return
        words = _("正文从起点到终点的文字是“%(words)s”，与原文不同；位置从 0 数起，终点是最后一个字之后。")
        raise ValidationError(words % {"words": article.body[start:end][:60]})


def in_another(merge: Merge) -> str:
    """Says where a record went that was merged away, and how it comes back."""
    text = _("“%(gone)s”已并入“%(kept)s”，名称和出处都在那里；要分开，请在“合并”中撤销。")
    return text % {"gone": merge.gone_name, "kept": merge.kept_name}


def lock_changes(form: ModelForm) -> None:
    """Locks the fields of a form's row that the person has changed; a new row is the person's own."""
    row = form.instance
    if isinstance(row, Record):
        if row.pk is None:
            row.origin = RecordOrigin.MANUAL.value
        else:
            row.lock(set(form.changed_data) - NEVER_LOCKED)


class SearchedAdmin(DeskAdmin):
    """A list that is searched as the API is, best matches first."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The rows that a query finds, in the syntax of kb/search_text.py."""
        return queryset.with_text(search_term.replace("\0", "")), False  # type: ignore[attr-defined]


class LockingAdmin(LockDesk, HistoryAdmin, DeskAdmin):
    """A form whose changes are locked against re-import."""

    form = RecordForm
    actions: Any = ("unlock_all", lock_all, "reject", "assert_again", export_xlsx, export_csv)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """The fields of the class, and those that the program keeps."""
        return (*super().get_readonly_fields(request, obj), *KEPT)

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """The raw list of locks is shown by name instead."""
        return (*(super().get_exclude(request, obj) or ()), "locked")

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Stores the row with its changed fields locked."""
        lock_changes(form)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet, change: bool) -> None:
        """Stores the rows beside with their changed fields locked; changed credits are locked as a whole."""
        for row_form in formset.forms:
            if row_form.has_changed():
                lock_changes(row_form)
        super().save_formset(request, form, formset, change)
        if formset.has_changed() and formset.model is Credit:
            form.instance.lock(["credits"])
            form.instance.save(update_fields=["locked", "updated_at"])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Removes the row for good, and what was to be decided about it."""
        forget(type(obj)._default_manager.filter(pk=obj.pk))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Removes rows for good, and what was to be decided about them."""
        forget(queryset)
        super().delete_queryset(request, queryset)

    @admin.display(description=_("锁定字段"))
    def locked_fields(self, obj: Record) -> str:
        """The names of the locked fields as people read them."""
        labels = {field.name: str(field.verbose_name) for field in obj._meta.fields}
        labels |= {field.name: str(field.verbose_name) for field in obj._meta.many_to_many}
        labels["credits"] = str(_("署名"))
        return "、".join(labels.get(name, name) for name in obj.locked) or "—"

    @admin.display(description=_("锁"))
    def lock_mark(self, obj: Record) -> SafeString | str:
        """A lock where a person has written a field."""
        return lock_sign() if obj.locked else ""

    @admin.action(description=_("解除锁定（交还导入程序）"), permissions=["change"])
    def unlock_all(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Gives all fields of the chosen rows back to the importer."""
        rows = list(queryset)
        for row in rows:
            unlock(row, row.locked)
        self.message_user(request, _("已更新 %(count)d 条记录。") % {"count": len(rows)})

    @admin.action(description=_("否定所选记录"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Marks the chosen rows as wrong; they stay away in all later imports."""
        self._each(request, queryset, "state", lambda: "rejected")

    @admin.action(description=_("恢复所选记录"), permissions=["change"])
    def assert_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Marks the chosen rows as valid again; what was merged away has nothing left of its own."""
        merges = merged_away(queryset.model, queryset.values_list("pk", flat=True))
        for merge in merges:
            self.message_user(request, in_another(merge), messages.ERROR)
        rows = queryset.exclude(pk__in=[merge.gone_id for merge in merges])
        self._each(request, rows, "state", lambda: "asserted")

    def _each(self, request: HttpRequest, queryset: QuerySet, field: str, value: Any) -> None:
        """Sets a field of rows one by one, so that whatever watches a saved row sees each."""
        rows = list(queryset)
        for row in rows:
            setattr(row, field, value())
            row.save(update_fields=[field, "updated_at"])
        self.message_user(request, _("已更新 %(count)d 条记录。") % {"count": len(rows)})


class RecordAdmin(SearchedAdmin, LockingAdmin):
    """A list that is searched, with forms that lock."""
