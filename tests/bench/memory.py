"""The most memory that an export, a list, a dump or its restore takes, at 1,000,000 figures against 10,000.

Each is done by a process of its own, of which the peak of resident memory is taken. What comes over HTTP is
answered by the server that we ship, and it is the server's memory that counts.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path

from tests.bench.databases import fresh
from tests.bench.lists_sql import MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most
from tests.bench.servers import ROOT, granian, peak_of_server, read_all
from tests.bench.store import use

SMALL = 10_000
FORMS = {
    "csv": "metrics/?format=csv",
    "jsonl": "metrics/?format=jsonl",
    "xlsx": "metrics/?format=xlsx",
    "geojson": "places/?format=geojson",
    "json": "metrics/?page_size=1000",
}
OFTEN = {"json"}
"""What is quick enough for several rounds; exports take long, and the same bytes each time."""

ALONE = """
import resource, sys
import django
django.setup()
from tests.bench import memory
getattr(memory, sys.argv[1])(*sys.argv[2:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def drain(path: str) -> None:
    """Reads an answer piece by piece and keeps nothing of it."""
    from django.core.wsgi import get_wsgi_application

    from tests.bench.asking import environ_of

    statuses: list[str] = []
    answer = get_wsgi_application()(environ_of(path, "*/*"), lambda status, *_: statuses.append(status))
    length = sum(len(piece) for piece in answer)
    answer.close()
    assert statuses[0].startswith("200"), statuses
    assert length > 1000, length


def dump(folder: str) -> None:
    """Writes a dump."""
    from django.core.management import call_command

    call_command("export_dump", folder, verbosity=0, stdout=StringIO())


def published(file: str) -> None:
    """Writes the file for Datasette."""
    from django.core.management import call_command

    call_command("export_dump", f"--sqlite={file}", verbosity=0, stdout=StringIO())


def restored(folder: str, database: str) -> None:
    """Reads a dump into an empty database."""
    from django.core.management import call_command

    with fresh(database):
        call_command("restore_dump", folder, verbosity=0, stdout=StringIO())


def alone(work: Callable[..., None], *given: str) -> float:
    """The peak of resident memory of a process that does one piece of work."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE, work.__name__, *given],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.splitlines()[-1])


def of_answer(path: str, setting: Setting) -> float:
    """The memory of one answer, without a server."""
    return alone(drain, path)


def of_server(path: str, setting: Setting) -> float:
    """The memory of the server while it streams a list to a client."""
    with granian("kb.wsgi:application", DATABASE_URL=os.environ["DATABASE_URL"]) as server:
        read_all(server.port, f"/api/v1/{path}")
        return peak_of_server(server.port)


def of_dump(setting: Setting) -> float:
    """The memory of `export_dump`."""
    with tempfile.TemporaryDirectory() as folder:
        return alone(dump, str(Path(folder) / "dump"))


def of_datasette(setting: Setting) -> float:
    """The memory of `export_dump --sqlite`."""
    with tempfile.TemporaryDirectory() as folder:
        return alone(published, str(Path(folder) / "kb.sqlite"))


def of_restore(setting: Setting) -> float:
    """The memory of `restore_dump`."""
    with tempfile.TemporaryDirectory() as folder:
        alone(dump, str(Path(folder) / "dump"))
        return alone(restored, str(Path(folder) / "dump"), setting.database)


def large_against_small(peak: Callable[[Setting], float], rounds: int, setting: Setting) -> Rounds:
    """One process for each size and round."""
    pairs = []
    for _ in range(1 if setting.quick else rounds):
        pair = []
        for metrics in (MILLION, SMALL):
            use(setting.database, setting.size(metrics))
            pair.append(peak(setting))
        pairs.append((pair[0], pair[1]))
    return Rounds(tuple(pairs))


WORK: dict[str, tuple[str, Callable[[Setting], float]]] = {
    **{form: (form.upper(), partial(of_answer, path)) for form, path in FORMS.items()},
    "http": ("经 HTTP 取走 CSV，网页进程", partial(of_server, FORMS["csv"])),
    "dump": ("`export_dump`", of_dump),
    "restore": ("`restore_dump`", of_restore),
    "datasette": ("`export_dump --sqlite`", of_datasette),
}


def memory_row(name: str) -> Row:
    """The row on one piece of work."""
    what, peak = WORK[name]
    return Row(
        f"memory-{name}",
        f"内存峰值，{what}：100 万条数据",
        "1 万条数据",
        at_most(1.2),
        partial(large_against_small, peak, 5 if name in OFTEN else 1),
        databases=("sqlite",) if name == "xlsx" else BOTH,  # three minutes; the writer knows no database
        metrics=(MILLION, SMALL),
        alone=False,
    )


ROWS = tuple(memory_row(name) for name in ("json", "csv"))
