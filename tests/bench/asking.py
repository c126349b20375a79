"""Asking in this process: our whole WSGI application, and bare functions with the SQL that it runs."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from tests.bench.measure import Rounds, affordable, timed

CALLS = 15
"""Calls a round, of which the median counts: the p50."""

API = "/api/v1/"

Statement = tuple[str, Any]


def application() -> Callable[..., Any]:
    """The application as a server runs it, with all middleware."""
    from django.conf import settings

    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    rates |= dict.fromkeys(rates, "100000000/min")
    return import_module("kb.wsgi").application


def asker(path: str, prefix: str = API, **more: str) -> Callable[[], bytes]:
    """A function that asks the application for an address and gives the body of its answer.

    `more` is put into what a server hands over: headers as `HTTP_COOKIE`.
    """
    app, environ = application(), environ_of(path, prefix=prefix) | more

    def ask() -> bytes:
        status: list[str] = []
        answer = app({**environ, "wsgi.input": BytesIO()}, lambda line, *_: status.append(line))
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", list)()
        assert status[0].startswith("200"), (status, body[:500])
        return body

    return ask


def environ_of(path: str, accept: str = "application/json", prefix: str = API) -> dict[str, Any]:
    """What a server hands to an application for a GET."""
    address = urlsplit(f"{prefix}{path}")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.path.encode().decode("latin-1"),
        "QUERY_STRING": quote(address.query, safe="=&,!"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT": accept,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


@contextmanager
def _listening(found: list[Statement]) -> Iterator[None]:
    """Notes the statements that Django runs."""
    from django.db import connection

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def statements(path: str) -> list[Statement]:
    """The SQL that an answer takes, in the words of the driver."""
    from django.db import connection

    found: list[Statement] = []
    ask = asker(path)
    ask()
    with _listening(found):
        ask()
    found = [_in_order(*each) for each in found]
    if connection.vendor == "sqlite":
        return [(sql.replace("%s", "?").replace("%%", "%"), params) for sql, params in found]
    return found


def _in_order(sql: str, params: Any) -> Statement:
    """A statement whose values come by their order, as a driver has the least to do with them."""
    if not isinstance(params, dict):
        return sql, tuple(params or ())
    return sql.replace("%%", "%%%%") % dict.fromkeys(params, "%s"), tuple(params.values())


def bare(wanted: list[Statement]) -> Callable[[], bytes]:
    """A function that runs statements by the driver alone and writes the rows by orjson."""
    connection = driver()

    def answer() -> bytes:
        found: list[Any] = []
        for sql, params in wanted:
            cursor = connection.execute(sql, params)
            names = [column[0] for column in cursor.description]
            found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return orjson.dumps({"results": found}, default=str)

    return answer


def driver() -> Any:
    """A connection of sqlite3 or psycopg to the database that Django uses."""
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        return sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    import psycopg

    known = connection.settings_dict
    return psycopg.connect(
        host=known["HOST"],
        port=known["PORT"] or 5432,
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=known["NAME"],
        options=known["OPTIONS"].get("options"),
        autocommit=True,
        cursor_factory=psycopg.ClientCursor,
    )


def medians(
    ours: Callable[[], object], rival: Callable[[], object], rounds: int, calls: int = CALLS
) -> Rounds:
    """Rounds of both by turns, call by call; each round counts by the median of its calls.

    Where a call takes long, a round has fewer of them.
    """
    ours(), rival()
    calls = affordable(calls, rounds, timed(ours) + timed(rival))
    pairs = []
    for _ in range(rounds):
        times = [(timed(ours), timed(rival)) for _ in range(calls)]
        pairs.append(tuple(statistics.median(side) for side in zip(*times, strict=True)))
    return Rounds(tuple(pairs))
