"""Servers beside this process, and a client that asks them over one connection that is kept."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil

from tests.bench.databases import BENCH
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: where it listens, and its process."""

    port: int
    process: psutil.Process

    def seconds(self) -> float:
        """What the processor has done for it until now, for all its processes."""
        every = [self.process, *self.process.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in every)


@contextmanager
def granian(target: str, **variables: str) -> Iterator[Server]:
    """A WSGI application on the server that we ship, as `make run` starts it."""
    command = ["-m", "granian", "--interface", "wsgi", target, "--workers", "1", "--blocking-threads", "8"]
    with _server([*command, "--no-ws", "--log-level", "warning"], variables) as server:
        yield server


@contextmanager
def datasette(file: str) -> Iterator[Server]:
    """Datasette on a SQLite file."""
    command = ["-m", "datasette", "serve", file, "--setting", "max_returned_rows", "100"]
    with _server(command, {}) as server:
        yield server


@contextmanager
def _server(command: list[str], variables: dict[str, str]) -> Iterator[Server]:
    port = free_port()
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
        yield Server(port, psutil.Process(process.pid))
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


def client(server: Server, path: str) -> Callable[[], bytes]:
    """A function that asks a server for an address and gives the body of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    address = quote(path, safe="/?=&,!:%")

    def ask() -> bytes:
        connection.request("GET", address, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:500])
        return body

    return ask


def read_all(port: int, path: str) -> int:
    """How many bytes a server sends, read piece by piece."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    return sum(len(piece) for piece in iter(lambda: answer.read(65_536), b""))


def peak_of_server(port: int) -> float:
    """The peak of resident memory of the greatest process of a server that was started here, in kB."""
    children = {os.getpid()}
    peaks = [0.0]
    for status in sorted(Path("/proc").glob("[0-9]*/status"), key=lambda path: int(path.parent.name)):
        with suppress(OSError):
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if (
                int(told["PPid"]) in children
                and f"--port\0{port}\0" in (status.parent / "cmdline").read_text()
            ):
                children.add(int(told["Pid"]))
                peaks.append(float(told["VmHWM"].split()[0]))
    return max(peaks)
