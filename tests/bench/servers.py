"""Servers beside this process, and a client that asks them over one connection that is kept."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.bench.databases import BENCH

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@contextmanager
def granian(target: str, **variables: str) -> Iterator[int]:
    """The port of a WSGI application on the server that we ship, as `make run` starts it."""
    command = ["-m", "granian", "--interface", "wsgi", target, "--workers", "1", "--blocking-threads", "8"]
    with _server([*command, "--no-ws", "--log-level", "warning"], variables) as port:
        yield port


@contextmanager
def datasette(file: str) -> Iterator[int]:
    """The port of Datasette on a SQLite file."""
    command = ["-m", "datasette", "serve", file, "--setting", "max_returned_rows", "100"]
    with _server(command, {}) as port:
        yield port


@contextmanager
def _server(command: list[str], variables: dict[str, str]) -> Iterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    rates = {"KB_THROTTLE_ANONYMOUS": "100000000/min", "KB_THROTTLE_USER": "100000000/min"}
    environment = {**os.environ, **rates, "DJANGO_SETTINGS_MODULE": "kb.settings", **variables}
    environment.pop(BENCH, None)
    process = subprocess.Popen(
        [sys.executable, *command, "--host", "127.0.0.1", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _await(port: int) -> None:
    """Returns when something answers at a port."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def client(port: int, path: str) -> Callable[[], bytes]:
    """A function that asks a server for an address and gives the body of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    address = quote(path, safe="/?=&,!:%")

    def ask() -> bytes:
        connection.request("GET", address, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:500])
        return body

    return ask
