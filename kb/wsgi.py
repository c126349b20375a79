"""The WSGI application that a server such as granian serves."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The answer: one that is there as a whole as a list, which a server sends with its headers in one go.

    Granian takes anything else for a stream: it sends the headers, wakes its other thread for each piece, and
    waits for the end. An answer in a list is closed before it is sent, since nobody can close a list.
    """
    answer = _django(environ, start_response)
    if not isinstance(answer, HttpResponse):
        return answer
    answer.close()
    return [answer.content]
