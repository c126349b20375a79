"""Errors as RFC 9457 problem details: the one exception to raise; api/refusals.py answers with it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import exceptions

from api.problems import PROBLEMS

PROBLEM_TYPE = "application/problem+json"
WHOLE = ("__all__", "non_field_errors")
"""What the framework calls an error of a body as a whole; no field bears it."""
NUL = "null_characters_not_allowed"
"""The code of an error whose Chinese words in the framework speak of an empty text."""


class Problem(exceptions.APIException):
    """A refusal with one of the codes of `PROBLEMS`; `members` fill its text and stand beside it.

    `Problem("unknown_parameter", param="citty", allowed=["city", "kind"])`
    """

    def __init__(self, code: str, **members: Any) -> None:
        self.code = code
        self.members = members
        self.status_code = PROBLEMS[code].status
        super().__init__(detail=self.text("zh"), code=code)

    def text(self, language: str | None = None) -> str:
        """The detail sentence in the language asked for, else in the request's."""
        kind = PROBLEMS[self.code]
        template = kind.detail_en if is_english(language) else kind.detail_zh
        return template.format_map(_Words(self.members))

    def body(self) -> dict[str, Any]:
        """The problem document: type, title, status, code, detail, then the problem's own members."""
        kind = PROBLEMS[self.code]
        return {
            "type": f"/api/v1/problems/{self.code}/",
            "title": kind.title_en if is_english() else kind.title_zh,
            "status": kind.status,
            "code": self.code,
            "detail": self.text(),
            **self.members,
        }


class _Words(dict[str, Any]):
    """Members as words in a sentence: lists joined, a missing one left out."""

    def __getitem__(self, name: str) -> str:
        value = self.get(name)
        if isinstance(value, list | tuple):
            return ", ".join(_word(item) for item in value) or "—"
        return "—" if value is None else str(value)


def _word(item: object) -> str:
    """`呼和浩特市 (150100)` for a suggested record, the value itself for anything else."""
    if isinstance(item, Mapping):
        mark = item.get("code") or item.get("id")
        return f"{item['name']} ({mark})"
    return str(item)


def is_english(language: str | None = None) -> bool:
    """Whether texts are to be in English: by the language given, else by the active one."""
    return (language or get_language() or "").startswith("en")


def several(problems: list[Problem]) -> Problem:
    """One problem for many: itself if alone, else `invalid_parameters` with each under `errors`."""
    if len(problems) == 1:
        return problems[0]
    errors = [{"code": each.code, "detail": each.text(), **each.members} for each in problems]
    return Problem("invalid_parameters", count=len(errors), errors=errors)


def field_errors(detail: Any, at: str = "") -> list[dict[str, str]]:
    """Each error of a nested validation detail with the dotted path of its field (`metrics.0.unit`)."""
    if isinstance(detail, Mapping):
        pairs: list[tuple[Any, Any]] = list(detail.items())
    elif isinstance(detail, list) and any(isinstance(item, Mapping | list) for item in detail):
        pairs = list(enumerate(detail))
    else:
        items = detail if isinstance(detail, list) else [detail]
        return [
            {
                "param": "" if at in WHOLE else at,
                "code": getattr(item, "code", "invalid"),
                "detail": _("不能含有 NUL 字符") if getattr(item, "code", "") == NUL else str(item),
            }
            for item in items
        ]
    return [found for key, value in pairs for found in field_errors(value, f"{at}.{key}" if at else str(key))]
