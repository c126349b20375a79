"""OpenRefine on this machine, and the commands that its own pages send to it."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.ports import free_port

PROGRAM = shutil.which("openrefine")
PATIENCE = 60.0
ALL_ROWS = json.dumps({"facets": [], "mode": "row-based"})


class OpenRefine:
    """One that is running; its address is `.url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=f"{url}/command/core/", timeout=PATIENCE)

    def read(self, command: str, **given: Any) -> Any:
        """The answer to a command that changes nothing."""
        return self.http.get(command, params=given).json()

    def send(self, command: str, project: str, **given: str) -> Any:
        """The answer to a command that changes something, when all that it began is done."""
        token = self.read("get-csrf-token")["token"]
        answer = self.http.post(command, params={"project": project}, data={**given, "csrf_token": token})
        until = time.monotonic() + PATIENCE
        while self.read("get-processes", project=project)["processes"]:
            assert time.monotonic() < until, f"{command} does not end"
            time.sleep(0.2)
        return answer.json()

    def project(self, csv: str) -> str:
        """The number of a new project with the rows of a table."""
        options = json.dumps({"encoding": "UTF-8", "separator": ","})
        params = {"csrf_token": self.read("get-csrf-token")["token"], "options": options}
        made = self.http.post(
            "create-project-from-upload",
            params={**params, "format": "text/line-based/*sv"},
            files={"project-file": ("names.csv", csv.encode(), "text/csv")},
            data={"project-name": "names"},
        )
        found = re.search(r"project=(\d+)", made.headers["Location"])
        assert found, made.headers
        return found[1]

    def columns(self, project: str) -> dict[str, dict[str, Any]]:
        """The columns by name."""
        model = self.read("get-models", project=project)["columnModel"]
        return {each["name"]: each for each in model["columns"]}

    def cells(self, project: str, column: str) -> list[dict[str, Any] | None]:
        """The cells of a column, `r` being what a cell was matched with."""
        answer = self.http.post(
            "get-rows", params={"project": project, "start": 0, "limit": 100}, data={"engine": ALL_ROWS}
        ).json()
        pool = answer.get("pool", {}).get("recons", {})
        number = self.columns(project)[column]["cellIndex"]
        rows = [(row["cells"] + [None] * 50)[number] for row in answer["rows"]]
        return [cell and {**cell, "r": pool.get(str(cell.get("r"))) or cell.get("r")} for cell in rows]

    def matched(self, project: str, column: str) -> list[str | None]:
        """The names with which the cells of a column were matched."""
        found = [(cell or {}).get("r") or {} for cell in self.cells(project, column)]
        return [each["m"]["name"] if each.get("j") == "matched" else None for each in found]


@contextmanager
def running(folder: Path) -> Iterator[OpenRefine]:
    """OpenRefine with its projects in a folder of their own, on a free port."""
    assert PROGRAM, "没有找到 openrefine（Debian：apt-get install openrefine）。"
    port = free_port()
    command = [PROGRAM, "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-m", "512M"]
    process = subprocess.Popen(  # noqa: S603 - the program of the machine
        [*command, "-x", "refine.headless=true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    refine = OpenRefine(f"http://127.0.0.1:{port}")
    try:
        await_answer(refine)
        yield refine
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def await_answer(refine: OpenRefine) -> None:
    """Returns when OpenRefine answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            refine.read("get-version")
            return
        except httpx.TransportError:
            assert time.monotonic() < until, "OpenRefine does not start"
            time.sleep(0.5)
