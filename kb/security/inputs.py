"""Values that no form of the admin sends, and a forged address or form does: refused, not stumbled over.

Django's admin takes an address's filters and a form's hidden numbers as they come; what the database cannot
make sense of then ends in an exception of one of a few kinds. Whoever sent it is told so.
"""

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import DataError, NotSupportedError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

ADMIN = "/admin/"


def is_unusable_value(error: Exception) -> bool:
    """Whether an error says that a value does not fit its column, rather than that the program is wrong."""
    words = str(error)
    if isinstance(error, OverflowError):
        return "int too large" in words
    if isinstance(error, ValueError):  # `Field 'id' expected a number but got '1-2'`; a NUL for PostgreSQL
        return (words.startswith("Field '") and " expected " in words) or "NUL" in words
    if isinstance(error, TypeError):  # a filter on a column of bytes
        return "bytes" in words
    return isinstance(error, DataError | NotSupportedError | ValidationError)


class UnusableValuesMiddleware:
    """Answers 400 in the admin where a value cannot be used; the transaction that met it is undone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says so; None leaves any other error to Django."""
        if not request.path.startswith(ADMIN) or not is_unusable_value(error):
            return None
        logger.warning("a value that cannot be used: %s", type(error).__name__, exc_info=error)
        text = _("请求中有不能使用的值，什么也没有改动。请回到上一页，检查后再试。")
        return render(request, "web/problem.html", {"text": text}, status=400)
