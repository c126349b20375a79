"""A number for each request, in its answer and in every log line that it causes; and the log of requests."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import LazyObject, empty

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a number handed in by a client or a proxy may look like; anything else could forge log lines."""

KEPT = "kb.request_id"
"""Where a request keeps its number: Django logs a refusal when all middleware is done with it."""

UNLOGGED = ("/health/", "/metrics", "/static/")
"""What machines ask all the time."""

access = logging.getLogger("kb.access")
_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class RequestIdMiddleware:
    """Takes the number that came with the request, or makes one; notes each answer in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its number."""
        given = request.headers.get(HEADER, "")
        number = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        request.META[KEPT] = number
        token, begun = _current.set(request), time.monotonic()
        try:
            response = self.get_response(request)
            if not request.path.startswith(UNLOGGED):
                _note(request, response, time.monotonic() - begun)
        finally:
            _current.reset(token)
        response[HEADER] = number
        return response


def _note(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """One line: what was asked (not what was searched for), how it ended, how long it took."""
    said = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }
    access.info("%(method)s %(path)s %(status)s %(milliseconds)sms", said, extra=said)


def who(request: HttpRequest) -> str:
    """Who asks, as far as that is known by now: `zhang`, or `zhang（令牌 报表）`; asks no database."""
    user, token = request.__dict__.get("user"), getattr(getattr(request, "auth", None), "name", None)
    if user is None or (isinstance(user, LazyObject) and user._wrapped is empty):
        return "-"
    name = user.get_username() or "-"
    return f"{name}（令牌 {token}）" if token else name


class AddRequestId(logging.Filter):
    """Puts the number of the present request, and who asks, into each log line: `request_id`, `who`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line pass."""
        request = getattr(record, "request", None)
        request = request if isinstance(request, HttpRequest) else _current.get()
        record.request_id = request.META.get(KEPT, "-") if request else "-"
        record.who = who(request) if request else "-"
        return True
