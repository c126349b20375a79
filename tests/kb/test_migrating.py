"""Several processes that migrate at the same time."""

import fcntl
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from kb import migration_lock
from tests.databases import ROOT, contents, empty_database, environment, manage
from tests.patience import PATIENCE

COMMAND = [sys.executable, "manage.py", "migrate", "-v", "1"]


def started(url):
    """A process that migrates."""
    return subprocess.Popen(  # noqa: S603
        COMMAND,
        cwd=ROOT,
        env=environment(url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def migration_under_way(url):
    """Holds what a migration holds: the lock, and on SQLite the file too."""
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as session:
            session.execute("SELECT pg_advisory_lock(%s)", [migration_lock.KEY])
            yield
        return
    path = Path(url.removeprefix("sqlite:///"))
    with (
        path.with_name(f"{path.name}.migrate-lock").open("w") as file,
        closing(sqlite3.connect(path)) as base,
    ):
        fcntl.flock(file, fcntl.LOCK_EX)
        base.execute("BEGIN EXCLUSIVE")
        yield


def test_who_waits_for_a_migration_asks_the_database_nothing_before(tmp_path):
    with empty_database(tmp_path) as url, migration_under_way(url), started(url) as process:
        assert "另一个进程正在升级" in process.stderr.readline()
        process.kill()


def test_four_that_begin_at_once_migrate_once_and_all_end_well(tmp_path):
    with empty_database(tmp_path) as url:
        with migration_under_way(url):
            several = [started(url) for _ in range(4)]
            waiting = [process.stderr.readline() for process in several]
        assert all("另一个进程正在升级" in line for line in waiting)
        told = [process.communicate(timeout=PATIENCE) for process in several]
        assert [process.returncode for process in several] == [0] * 4, told
        assert sum("Applying kb.0001_tables" in out for out, _ in told) == 1
        applied = [(row[1], row[2]) for row in contents(url)["django_migrations"]]
        assert len(applied) == len(set(applied)) > 20
        assert "No migrations to apply" in manage(url, "migrate").stdout
