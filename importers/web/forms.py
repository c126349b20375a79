"""The form of an upload: files or a text, and what is known of the pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.sources import SUFFIXES, PageFacts


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each as Django checks one."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files if each]


def cities() -> list[tuple[str, Any]]:
    """The twelve 盟市 to choose from, and none."""
    return [("", _("由程序判断")), *((each.official,) * 2 for each in load_gazetteer().cities())]


class UploadForm(forms.Form):
    """Files or a text, and what is known of all of them."""

    pages = FilesField(
        label=_("版面文件"),
        required=False,
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": ",".join([*sorted(SUFFIXES), ".zip"])}),
        help_text=_("可以一次选多个，也可以拖进来：.txt、.md、.html，或装着它们的 .zip。编码自动识别。"),
    )
    text = forms.CharField(
        label=_("或者粘贴一版的文字"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
    )
    newspaper = forms.CharField(
        label=_("报刊"), required=False, max_length=200, help_text=_("版面上没有印出时填写。")
    )
    issue_date = forms.DateField(
        label=_("出版日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("版面上没有印出时填写。"),
    )
    page_name = forms.CharField(
        label=_("版名"), required=False, max_length=200, help_text=_("例如“第3版 党建”。")
    )
    home_city = forms.ChoiceField(
        label=_("主要报道的盟市"),
        required=False,
        choices=cities,
        help_text=_("文中“全市”“我市”指的就是它。"),
    )

    def clean_text(self) -> str:
        """The text, where there is any."""
        return self.cleaned_data["text"] if self.cleaned_data["text"].strip() else ""

    def clean(self) -> dict[str, Any]:
        """What was given; one of files and text there must be."""
        given = super().clean() or {}
        if not given.get("pages") and not given.get("text") and not self.errors:
            raise forms.ValidationError(_("请选择文件，或粘贴文字。"))
        return given

    def facts(self) -> PageFacts:
        """What the importer is told of the pages."""
        given = self.cleaned_data
        date = given["issue_date"]
        return PageFacts(
            newspaper=given["newspaper"] or None,
            issue_date=date.isoformat() if date else None,
            page_name=given["page_name"] or None,
            home_city=given["home_city"] or None,
        )
