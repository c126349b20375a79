"""The page that takes two records apart that were taken for one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.merging.evidence import printed
from kb.merging.merge import resource_of
from kb.merging.split import Split, SplitError, split
from kb.models.base import NAME_LENGTH

MOST = 200
"""Mentions that are shown to choose from."""


class SplitForm(forms.Form):
    """Which mentions go over, and where to."""

    mentions = forms.MultipleChoiceField(label=gettext_lazy("出处"))
    name = forms.CharField(
        label=gettext_lazy("新记录的名称"), max_length=NAME_LENGTH, required=False, strip=True
    )
    carry = forms.BooleanField(
        label=gettext_lazy("连同只在这些文章里的数据和关联"), required=False, initial=True
    )

    def __init__(self, source: Any, admin_site: Any, shown: list[Any], *args: Any) -> None:
        super().__init__(*args)
        link = source.mentions.model._meta.get_field(source._meta.model_name)
        self.fields["mentions"].choices = [(each.pk, each.text) for each in shown]  # type: ignore[attr-defined]
        self.fields["target"] = forms.ModelChoiceField(
            type(source).objects.asserted().exclude(pk=source.pk),
            label=_("已有的记录"),
            required=False,
            widget=AutocompleteSelect(link, admin_site),
        )

    def clean(self) -> dict[str, Any]:
        """The choice; one of the two places to go to."""
        values = super().clean() or {}
        if bool(values.get("target")) == bool(values.get("name")):
            raise forms.ValidationError(_("请选一条已有的记录，或者写一个新名称，二者取一。"))
        return values


class SplittingAdmin(admin.ModelAdmin):
    """The form of a record that may turn out to be two."""

    change_form_template = "admin/merging/record.html"

    def get_urls(self) -> list[URLPattern]:
        """The page that splits a record, beside the usual ones."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_split"
        view = self.admin_site.admin_view(self.split_view)
        return [path("<int:pk>/split/", view, name=name), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The form, with the ways to the pages of duplicates and of splitting."""
        more = {
            "split_view": f"admin:{self.opts.app_label}_{self.opts.model_name}_split",
            "duplicates_of": resource_of(self.model),
        }
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows the mentions of a record, and moves those that were chosen."""
        with transaction.atomic():
            rows: Any = self.model._default_manager.select_for_update(of=("self",))
            row = get_object_or_404(rows, pk=pk, state="asserted")
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            shown = printed(row.mentions.model, self.opts.model_name or "", [pk], MOST)[pk]
            form = SplitForm(row, self.admin_site, shown, request.POST if request.method == "POST" else None)
            if form.is_valid() and (done := self.parted(row, form)):
                self.message_user(request, told(done))
                return HttpResponseRedirect(self.address(done.target.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("拆分"),
            "opts": self.opts,
            "original": row,
            "form": form,
            "shown": shown,
            "chosen": set(form.data.getlist("mentions")) if form.is_bound else set(),  # type: ignore[attr-defined]
            "more": row.mentions.asserted().count() - len(shown),
            "media": self.media + form.media,
            "form_address": self.address(pk),
        }
        return TemplateResponse(request, "admin/merging/split.html", context)

    def parted(self, row: Any, form: SplitForm) -> Split | None:
        """What was moved; None where something stands against it, which the form then says."""
        values = form.cleaned_data
        ids = map(int, values["mentions"])
        try:
            with transaction.atomic():
                return split(row, ids, values["target"], name=values["name"], carry=values["carry"])
        except SplitError as error:
            form.add_error(None, str(error))
            return None

    def address(self, pk: int) -> str:
        """The form of a record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])


def told(done: Split) -> str:
    """What was moved, in words."""
    return _(
        "已把 %(mentions)d 处出处、%(metrics)d 条数据、%(initiatives)d 项举措的关联移到“%(target)s”。"
    ) % {
        "mentions": done.mentions,
        "metrics": done.metrics,
        "initiatives": done.initiatives,
        "target": done.target,
    }
