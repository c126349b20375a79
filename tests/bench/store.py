"""Databases that hold generated rows, filled once in a run and read by every row that needs them.

They are for reading: what a row writes, it has to take back.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from tests.bench.archive.load import FIGURES
from tests.bench.databases import connect, drop, run, url_of

STORE = "BENCH_STORE"
"""The variable that names the folder of a run's databases (and, by its name, those on the server)."""


@contextmanager
def store() -> Iterator[Path]:
    """The folder of this run, the one of the process above where there is one; gone at the end."""
    if known := os.environ.get(STORE):
        yield Path(known)
        return
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        os.environ[STORE] = folder
        try:
            yield Path(folder)
        finally:
            del os.environ[STORE]
            for name in (Path(folder) / "server").glob("*"):
                drop(name.name)


Size = tuple[int, int]
"""How many figures a database has, and how many to an article."""


def prepare(wanted: Mapping[str, Collection[Size]]) -> None:
    """Fills databases (sizes by kind), the kinds side by side; what fails is tried by `use` again."""
    command = [sys.executable, "-m", "tests.bench.store"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    filling = [
        subprocess.Popen([*command, database, *(f"{m}/{f}" for m, f in sorted(sizes))], env=environment)
        for database, sizes in wanted.items()
    ]
    for process in filling:
        process.wait()


def use(database: str, metrics: int, figures: int = FIGURES) -> None:
    """Ties Django's default connection to the database with so many figures, `figures` to an article.

    Fills it where it is not there.
    Call it as often as needed: a change from one size to another costs one connection.
    """
    folder = Path(os.environ[STORE])
    name = f"{metrics}_{figures}"
    mark = folder / f"{database}-{name}"
    connect(_url(folder, database, name))
    if mark.exists():
        return
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.bench.archive.load import fill

    fill(metrics, figures)
    mark.touch()


def _url(folder: Path, database: str, size: str) -> str:
    """The URL of a database of the run; on the server it is created where it is not there."""
    if database == "sqlite":
        return f"sqlite:///{folder / f'{size}.sqlite3'}"
    name = f"kb_bench_{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}_{size}"
    mark = folder / "server" / name
    if not mark.exists():
        mark.parent.mkdir(exist_ok=True)
        mark.touch()
        run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url_of(name)


if __name__ == "__main__":
    for each in sys.argv[2:]:
        use(sys.argv[1], *map(int, each.split("/")))
