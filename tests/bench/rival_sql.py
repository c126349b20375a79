"""A bare WSGI application for the same server: it runs given statements by the driver and writes JSON."""

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
import orjson

from tests.bench.asking import bare

django.setup()

STATEMENTS = "BENCH_STATEMENTS"
"""The variable with the file of the statements."""

_local = threading.local()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The rows; one connection a thread."""
    if not hasattr(_local, "answer"):
        wanted = orjson.loads(Path(os.environ[STATEMENTS]).read_bytes())
        _local.answer = bare([(sql, tuple(params)) for sql, params in wanted])
    body = _local.answer()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
