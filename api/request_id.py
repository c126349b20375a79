"""A number for each request, in its answer and in every log line that it causes."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a number handed in by a client or a proxy may look like; anything else could forge log lines."""

KEPT = "kb.request_id"
"""Where a request keeps its number: Django logs a refusal when all middleware is done with it."""

_current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Takes the number that came with the request, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its number."""
        given = request.headers.get(HEADER, "")
        number = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        token = _current.set(number)
        request.META[KEPT] = number
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = number
        return response


class AddRequestId(logging.Filter):
    """Puts the number of the present request into each log line as `request_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line pass."""
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "META", {}).get(KEPT) or _current.get()
        return True
