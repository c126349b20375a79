"""What may be handed in: a text or a file, and what is known of the page from elsewhere."""

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from api.errors import Problem
from importers.extract.gazetteer.lookup import load_gazetteer
from importers.sources import SUFFIXES, PageFacts, SourceError, SourcePage, source_of

UNNAMED = "submitted.txt"
SOME_TEXT = "^[^\\u0000]*[^\\u0000\\s\\u001c-\\u001f\\u0085][^\\u0000]*$"
CITIES = [entry.official for entry in load_gazetteer().cities()]


class StrictText(serializers.CharField):
    """A string; a number is none, though it could be written as one."""

    def to_internal_value(self, data: Any) -> str:
        """The string as it was given."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "minLength": 1, "pattern": SOME_TEXT})
class PageText(StrictText):
    """The text of a page."""


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": 200, "pattern": SOME_TEXT})
class Words(StrictText):
    """A few words."""


@extend_schema_field({"type": "string", "enum": CITIES})
class CityName(StrictText):
    """A 盟市; other names of it are taken as well."""


class KnownOfPage(serializers.Serializer):
    """What is known of a page besides its text."""

    newspaper = Words(required=False, max_length=200, help_text=_("报刊名称，如已知。"))
    issue_date = serializers.DateField(required=False, help_text=_("出版日期，如已知。"))
    page_name = Words(required=False, max_length=200, help_text=_("版名，如已知。"))
    home_city = CityName(required=False, help_text=_("版面主要报道的盟市，如已知：全称或别名。"))

    def to_internal_value(self, data: Any) -> Any:
        """The values; unknown fields are refused."""
        unknown = sorted(set(data) - set(self.fields)) if hasattr(data, "keys") else []
        if unknown:
            words = _("未知字段。可用：%(known)s") % {"known": ", ".join(self.fields)}
            raise serializers.ValidationError(
                {str(name): serializers.ErrorDetail(words, "unknown_field") for name in unknown}
            )
        return super().to_internal_value(data)

    def validate_home_city(self, name: str) -> str:
        """The name, where it is one of the twelve 盟市's."""
        found = [entry for entry in load_gazetteer().named(name) if entry.official in CITIES]
        if len(found) != 1:
            raise serializers.ValidationError(
                _("不是已知的盟市。可用：%(known)s") % {"known": "、".join(CITIES)}
            )
        return found[0].official

    def facts(self) -> PageFacts:
        """What the importer is told of the page."""
        given = self.validated_data
        date: datetime.date | None = given.get("issue_date")
        return PageFacts(
            newspaper=given.get("newspaper"),
            issue_date=date.isoformat() if date else None,
            page_name=given.get("page_name"),
            home_city=given.get("home_city"),
        )


class SubmittedText(KnownOfPage):
    """A page as text."""

    text = PageText(trim_whitespace=False, help_text=_("版面的文字。"))
    name = Words(
        required=False, max_length=200, help_text=format_lazy(_("文件名，默认 {name}。"), name=UNNAMED)
    )

    def content(self) -> tuple[bytes, str]:
        """The bytes of the page, and its file name."""
        given = self.validated_data
        return given["text"].encode(), given.get("name") or UNNAMED


class SubmittedFile(KnownOfPage):
    """A page as a file."""

    file = serializers.FileField(
        help_text=format_lazy(
            _("版面文件（{suffixes}），编码自动识别：UTF-8、UTF-16、GB18030、Big5。"),
            suffixes=", ".join(sorted(SUFFIXES)),
        )
    )
    name = Words(required=False, max_length=200, help_text=_("文件名，默认为所传文件的名称。"))

    def validate_file(self, upload: Any) -> Any:
        """The file, where its name ends as a page's does."""
        if Path(upload.name).suffix.lower() not in SUFFIXES:
            raise serializers.ValidationError(
                _("文件名须以 %(suffixes)s 之一结尾。") % {"suffixes": ", ".join(sorted(SUFFIXES))}
            )
        return upload

    def content(self) -> tuple[bytes, str]:
        """The bytes of the page, and its file name."""
        upload = self.validated_data["file"]
        return upload.read(), self.validated_data.get("name") or upload.name


FORMS = {"application/json": SubmittedText, "multipart/form-data": SubmittedFile}
"""What may be sent in each content type."""


def check_length(request: Request, limit: int) -> None:
    """Refuses a request whose content cannot but exceed the limit, before it is read.

    JSON may write a sign of three bytes in six (as an escape), and a form has its own lines around a file.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > 2 * limit + 65_536:
        raise Problem("payload_too_large", limit=limit)


def submitted(request: Request, limit: int | None = None) -> tuple[SourcePage, bytes, bool]:
    """The page of a request, its bytes, and whether it was given a name.

    A Problem where it is none or longer than allowed.
    """
    limit = settings.KB_SUBMIT_LIMIT if limit is None else limit
    is_form = (request.content_type or "").startswith("multipart/")
    form = (SubmittedFile if is_form else SubmittedText)(data=request.data)
    form.is_valid(raise_exception=True)
    content, name = form.content()
    if len(content) > limit:
        raise Problem("payload_too_large", limit=limit)
    path = Path(Path(name).name or UNNAMED)
    try:
        return source_of(content, path, form.facts()), content, "name" in form.validated_data
    except SourceError as error:
        raise Problem("unreadable_page", reason=str(error).removeprefix(f"{path}：")) from error
