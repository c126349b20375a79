"""Reading from replicas of a PostgreSQL database, so that readers do not weigh on the one that is written to.

Requests that only read go to one of the replicas; those that may write go to the primary database
altogether. Whoever has just written reads from the primary for some seconds (a cookie tells), and so finds
what he wrote, however far behind the replicas are. Commands and workers never leave the primary.

A replica that cannot answer is left alone for a while, and the primary answers in its stead.
"""

import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

PREFIX = "replica"
"""How the aliases of replicas begin: `replica1`, `replica2`."""

READ_BY = "kb"
"""The application whose tables are read from replicas; sessions, rights and tokens are always fresh."""

COOKIE = "kb_written"
READING = ("GET", "HEAD", "OPTIONS")

UNAVAILABLE = 503
"""The status of an answer that failed for its database (kb/outages.py)."""
AWAY = 30
"""Seconds for which a process asks nothing of a replica that could not answer."""

_present: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)


class ReplicaRouter:
    """Django's question to which database a query goes."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """The replica of the present request, where there is one and nothing was written yet."""
        if model._meta.app_label != READ_BY or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        return _present.get()

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        """The primary, which then answers what is read, too."""
        if model._meta.app_label == READ_BY:
            _present.set(DEFAULT_DB_ALIAS)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_rows: Model, **_hints: Any) -> bool:
        """Rows of the primary and of its replicas are the same rows."""
        return True

    def allow_migrate(self, db: str, *_args: Any, **_hints: Any) -> bool | None:
        """Only the primary is changed; PostgreSQL brings the change to the replicas."""
        return None if db == DEFAULT_DB_ALIAS else False


class ReplicaMiddleware:
    """Chooses where a request reads, and marks who has written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.replicas = [alias for alias in settings.DATABASES if alias.startswith(PREFIX)]
        self.away_until = dict.fromkeys(self.replicas, 0.0)
        request_finished.connect(_finished, dispatch_uid="replicas")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the mark where the request may have written."""
        reads = request.method in READING
        fresh = not reads or COOKIE in request.COOKIES
        response = self._answer(request, DEFAULT_DB_ALIAS if fresh else self._chosen())
        if not reads and response.status_code < 400:
            response.set_cookie(
                COOKIE,
                "1",
                max_age=settings.KB_PRIMARY_SECONDS,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return response

    def _chosen(self) -> str:
        """One of the replicas that can be asked; the primary where there is none."""
        now = time.monotonic()
        present = [alias for alias in self.replicas if self.away_until[alias] <= now]
        return random.choice(present) if present else DEFAULT_DB_ALIAS  # noqa: S311 - no secret

    def _answer(self, request: HttpRequest, alias: str) -> HttpResponse:
        """The answer as read from a database; from the primary where a replica fails, which is then away."""
        _present.set(alias)
        response = self.get_response(request)
        if alias == DEFAULT_DB_ALIAS or response.status_code != UNAVAILABLE:
            return response
        self.away_until[alias] = time.monotonic() + AWAY
        return self._answer(request, DEFAULT_DB_ALIAS)


def _finished(**_kwargs: Any) -> None:
    """Back to the primary when an answer is out, a streamed one too."""
    _present.set(DEFAULT_DB_ALIAS)
