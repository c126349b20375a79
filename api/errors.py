"""Errors as RFC 9457 problem details: one exception to raise, one handler that renders all."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404
from django.utils.translation import get_language
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.problems import PROBLEMS
from kb.outages import RETRY_AFTER, is_outage

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"


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


def as_problem(error: Exception, context: Mapping[str, Any]) -> Problem | None:
    """The problem that tells of an exception; None for one that is a fault of ours."""
    if isinstance(error, Problem):
        return error
    for kind, build in _BUILDERS.items():
        if isinstance(error, kind):
            return build(error, context)
    return None


def _not_found(error: Exception, context: Mapping[str, Any]) -> Problem:
    return Problem("not_found", path=context["request"].path)


def _invalid(error: Any, context: Mapping[str, Any]) -> Problem:
    errors = field_errors(error.detail)
    return Problem("invalid_body", count=len(errors), errors=errors)


def _database(error: Exception, _: Mapping[str, Any]) -> Problem | None:
    """A database that cannot be used now; any other error of it is a fault of ours."""
    if not is_outage(error):
        return None
    logger.error("the database cannot be used: %s", error)
    return Problem("database_unavailable", wait=RETRY_AFTER)


def _formats(error: Exception, context: Mapping[str, Any]) -> Problem:
    """The formats that the view can answer in."""
    known = sorted({each.format for each in context["view"].renderer_classes if each.format})
    return Problem("not_acceptable", allowed=known)


_BUILDERS: dict[type[Exception], Callable[[Any, Mapping[str, Any]], Problem | None]] = {
    Http404: _not_found,
    exceptions.NotFound: _not_found,
    exceptions.ValidationError: _invalid,
    exceptions.ParseError: lambda error, _: Problem("parse_error", reason=str(error.detail)),
    exceptions.NotAuthenticated: lambda *_: Problem("not_authenticated"),
    exceptions.AuthenticationFailed: lambda *_: Problem("authentication_failed"),
    PermissionDenied: lambda *_: Problem("permission_denied"),
    exceptions.PermissionDenied: lambda *_: Problem("permission_denied"),
    exceptions.MethodNotAllowed: lambda _, at: Problem("method_not_allowed", method=at["request"].method),
    exceptions.NotAcceptable: _formats,
    exceptions.UnsupportedMediaType: lambda _, at: Problem(
        "unsupported_media_type", media_type=at["request"].content_type
    ),
    exceptions.Throttled: lambda error, _: Problem("throttled", wait=int(error.wait or 1)),
    DatabaseError: _database,
    InterfaceError: _database,
    RequestDataTooBig: lambda *_: Problem("payload_too_large", limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    SuspiciousOperation: lambda error, _: Problem("bad_request", reason=str(error)),
}


def field_errors(detail: Any, at: str = "") -> list[dict[str, str]]:
    """Each error of a nested validation detail with the dotted path of its field (`metrics.0.unit`)."""
    if isinstance(detail, Mapping):
        pairs: list[tuple[Any, Any]] = list(detail.items())
    elif isinstance(detail, list) and any(isinstance(item, Mapping | list) for item in detail):
        pairs = list(enumerate(detail))
    else:
        items = detail if isinstance(detail, list) else [detail]
        return [
            {"param": at, "code": getattr(item, "code", "invalid"), "detail": str(item)} for item in items
        ]
    return [found for key, value in pairs for found in field_errors(value, f"{at}.{key}" if at else str(key))]


class ProblemRenderer(JSONRenderer):
    """Renders a problem document, whatever format the answer would have had."""

    media_type = PROBLEM_TYPE
    format = "problem"


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """The problem+json answer to an exception; None leaves a fault of ours to Django."""
    problem = as_problem(error, context)
    if problem is None:
        return None
    set_rollback()
    headers = {}
    if problem.status_code == 401:
        headers["WWW-Authenticate"] = getattr(error, "auth_header", None) or 'Bearer realm="kb"'
    if "wait" in problem.members:
        headers["Retry-After"] = str(problem.members["wait"])
    request = context["request"]
    renderer = getattr(request, "accepted_renderer", None)
    if renderer is not None and renderer.format == "api":
        return Response(problem.body(), status=problem.status_code, headers=headers)
    request.accepted_renderer, request.accepted_media_type = ProblemRenderer(), PROBLEM_TYPE
    return Response(problem.body(), status=problem.status_code, headers=headers, content_type=PROBLEM_TYPE)
