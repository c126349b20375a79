"""Locks on a record's form: beside the field, taken off by one click; readings that differ, to decide."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kb.divergences import WHOLE, in_order, in_words, keep, label_of, of, open_of, take, unlock, values_of
from kb.models import Article, Divergence
from kb.models.base import Evidence, Record
from kb.vocabulary import DivergenceState, RecordState

FORM = "locks"
"""The id of the form that the buttons beside the fields send."""

LONGEST_ID = 19
"""Digits of an id, at most one less."""


def lock_sign() -> SafeString:
    """The lock as it is drawn by locks.css; its words are heard, and stand in files."""
    return format_html('<span class="lock" role="img" aria-label="{0}">{0}</span>', _("已锁定"))


def show_locks(form: ModelForm) -> None:
    """Puts a lock beside each locked field of a record's form, with what the importer reads there."""
    row = form.instance
    locked = [name for name in getattr(row, "locked", ()) if name in form.fields]
    known = {each.field: each for each in of(row)} if locked else {}
    for name in locked:
        field = form.fields[name]
        field.label = format_html("{} {}", lock_sign(), field.label)
        field.help_text = format_html(
            '<span class="lock-told">{} {}{}</span>{}',
            _("已锁定，再次导入时不会改动。"),
            _button("unlock", name, _("解除锁定")),
            _overruled(known.get(name)),
            field.help_text,
        )


def _overruled(divergence: Divergence | None) -> SafeString | str:
    """What the importer read before a person wrote the field, with the way back to it."""
    if divergence is None or divergence.state != DivergenceState.KEPT:
        return ""
    read = reading_words(divergence)
    return format_html(
        " {} {}", _("导入程序读作：%s。") % read, _button("take", divergence.pk, _("恢复这个读法"))
    )


def _button(name: str, value: Any, words: str) -> SafeString:
    html = (
        '<button type="submit" class="lock-button" form="{}" name="{}" value="{}" formnovalidate>{}</button>'
    )
    return format_html(html, FORM, name, value, words)


def reading_words(divergence: Divergence) -> str:
    """A reading as people read it: the values of a group one after another."""
    return _words(divergence.row_model(), divergence.read, is_whole=divergence.field == WHOLE)


def _words(model: type[Record], values: dict[str, Any], *, is_whole: bool) -> str:
    said = [
        f"{label_of(model, name)} {words}" if is_whole else words
        for name, value in in_order(model, values)
        if len(values) == 1 or value not in (None, "", [])
        for words in [in_words(model, name, value)]
    ]
    return " · ".join(said) or _("（空）")


def evidence_address(row: Any) -> str:
    """Where a record is seen at its words; empty for what stands in no article that counts."""
    article: Any = row.article if isinstance(row, Evidence) else row
    if not isinstance(article, Article) or article.state != RecordState.ASSERTED:
        return ""
    page = reverse("web:article", args=[article.pk])
    if isinstance(row, Article):
        return page
    return f"{page}#{(row._meta.model_name or '').removesuffix('mention')}-{row.pk}"


class LockDesk(admin.ModelAdmin):
    """A form with its locks, and with the readings that wait for a decision above it."""

    def get_urls(self) -> list[URLPattern]:
        """The address that the buttons of locks send to, beside the usual ones."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_locks"
        view = self.admin_site.admin_view(self.locks_view)
        return [path("<int:pk>/locks/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The form with the way to the evidence and the differences."""
        row = context.get("original")
        if isinstance(row, Record):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_locks"
            context["evidence"] = evidence_address(row)
            context["can_decide"] = self.has_change_permission(request, row)
            context["locks_address"] = reverse(name, args=[row.pk])
            context["differences"] = [self._difference(row, each) for each in open_of(row)]
        return super().render_change_form(request, context, *args, **kwargs)

    def _difference(self, row: Record, divergence: Divergence) -> dict[str, Any]:
        """A field with what the person wrote and what the importer reads."""
        is_whole = divergence.field == WHOLE
        mine = values_of(row, divergence.read)
        return {
            "pk": divergence.pk,
            "label": _("整条记录（已否定）") if is_whole else label_of(type(row), divergence.field),
            "mine": _words(type(row), mine, is_whole=is_whole),
            "theirs": reading_words(divergence),
            "since": divergence.updated_at,
        }

    def locks_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a lock off, or decides a difference; sent by one click."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row: Any = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        try:
            self._decide(request, row)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[pk]))

    def _decide(self, request: HttpRequest, row: Record) -> None:
        if (field := request.POST.get("unlock", "")) in row.locked:
            unlock(row, [field])
            messages.success(request, _("已解除锁定，再次导入时由导入程序填写。"))
            return
        for name, words in (("take", _("已采用导入程序的读法。")), ("keep", _("已保留人工写的内容。"))):
            asked = request.POST.get(name, "")
            is_id = asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_ID
            if is_id and (found := of(row).filter(pk=int(asked)).first()):
                take(found, request.user) if name == "take" else keep(found, request.user)
                messages.success(request, words)
                return
        messages.warning(request, _("这里已经没有要决定的。"))
