"""Any exception of a request as a problem document: the one handler that answers with it.

What is raised stands in api/errors.py, which the REST framework's settings may load at any time.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404
from django.utils.translation import gettext
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.errors import PROBLEM_TYPE, Problem, field_errors
from kb.outages import RETRY_AFTER, is_outage

logger = logging.getLogger(__name__)


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


def _denied(*_: Any) -> Problem:
    """What is refused for another reason than a right or a scope, which name themselves."""
    return Problem("permission_denied", reason=gettext("当前用户或令牌无权进行此操作"))


def _database(error: Exception, _: Mapping[str, Any]) -> Problem | None:
    """A database that cannot be used now; any other error of it is a fault of ours."""
    if not is_outage(error):
        return None
    logger.error("the database cannot be used: %s", error)
    return Problem("database_unavailable", wait=RETRY_AFTER)


def _formats(error: Exception, context: Mapping[str, Any]) -> Problem:
    """The formats that the view can answer in."""
    known = sorted({each.format for each in context["view"].get_renderers() if each.format})
    return Problem("not_acceptable", allowed=known)


_BUILDERS: dict[type[Exception], Callable[[Any, Mapping[str, Any]], Problem | None]] = {
    Http404: _not_found,
    exceptions.NotFound: _not_found,
    exceptions.ValidationError: _invalid,
    exceptions.ParseError: lambda error, _: Problem("parse_error", reason=str(error.detail)),
    exceptions.NotAuthenticated: lambda *_: Problem("not_authenticated"),
    exceptions.AuthenticationFailed: lambda *_: Problem("authentication_failed"),
    PermissionDenied: _denied,
    exceptions.PermissionDenied: _denied,
    exceptions.MethodNotAllowed: lambda _, at: Problem("method_not_allowed", method=at["request"].method),
    exceptions.NotAcceptable: _formats,
    exceptions.UnsupportedMediaType: lambda _, at: Problem(
        "unsupported_media_type",
        media_type=at["request"].content_type,
        allowed=[each.media_type for each in at["view"].get_parsers()],
    ),
    exceptions.Throttled: lambda error, _: Problem("throttled", wait=int(error.wait or 1)),
    DatabaseError: _database,
    InterfaceError: _database,
    RequestDataTooBig: lambda *_: Problem("payload_too_large", limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    SuspiciousOperation: lambda error, _: Problem("bad_request", reason=str(error)),
}


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
