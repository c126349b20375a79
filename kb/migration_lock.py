"""One process migrates a database at a time; the others wait, and then find nothing left to do."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

KEY = 0x6B62_6D69_6772
"""The number of the advisory lock on PostgreSQL: "kbmigr"."""

PAUSE = 0.5
"""Seconds between two tries. Whoever waits inside a statement keeps `CREATE INDEX CONCURRENTLY` waiting."""


@contextmanager
def migrating_alone(connection: BaseDatabaseWrapper, on_wait: Callable[[], None]) -> Iterator[None]:
    """Keeps other processes from migrating the same database; `on_wait` is called where one does so now."""
    if connection.vendor == "postgresql":
        with _on_postgresql(connection, on_wait):
            yield
    elif connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        with _beside_file(Path(str(connection.settings_dict["NAME"])), on_wait):
            try:
                yield
            finally:
                connection.close()  # the last to close locks the file, which the next process would run into
    else:
        yield


@contextmanager
def _on_postgresql(connection: BaseDatabaseWrapper, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds an advisory lock of the session, which ends with the process, however that ends."""
    _until(lambda: _ask(connection, "SELECT pg_try_advisory_lock(%s)"), on_wait)
    try:
        yield
    finally:
        with suppress(Exception):  # a connection that is broken has let go of the lock already
            _ask(connection, "SELECT pg_advisory_unlock(%s)")


def _ask(connection: BaseDatabaseWrapper, statement: str) -> bool:
    """What PostgreSQL answers to a statement about the lock."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [KEY])
        return bool(cursor.fetchone()[0])


@contextmanager
def _beside_file(database: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds a lock on a file beside the database of SQLite; the file stays, so that all mean the same one."""
    import fcntl  # is not there on Windows, where only this would fail

    def taken() -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    with database.with_name(f"{database.name}.migrate-lock").open("w") as file:
        _until(taken, on_wait)
        yield


def _until(taken: Callable[[], bool], on_wait: Callable[[], None]) -> None:
    """Tries until the lock is taken."""
    if taken():
        return
    on_wait()
    while not taken():
        time.sleep(PAUSE)
