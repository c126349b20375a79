"""Databases to measure on: made empty with all tables, known to Django as its own, and taken away again."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import environ
import psycopg
from psycopg import sql

BENCH = "BENCH_DATABASE"
"""The variable that tells a measuring process its database: `sqlite`, `postgresql`, or nothing."""


def server() -> str:
    """The URL of the PostgreSQL server, by BENCH_POSTGRES_URL."""
    return os.environ.get("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def is_reachable(database: str) -> bool:
    """Whether a database of this kind can be had."""
    if database == "sqlite":
        return True
    with suppress(psycopg.Error):
        psycopg.connect(server(), connect_timeout=3).close()
        return True
    return False


@contextmanager
def fresh(database: str) -> Iterator[None]:
    """An empty database with all tables, tied to Django's default connection."""
    with _sqlite() if database == "sqlite" else _postgresql() as url:
        connect(url)
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        yield
        connections.close_all()


def connect(url: str) -> None:
    """Ties Django's default connection to a database, setting Django up where that was not done."""
    os.environ["DATABASE_URL"] = url
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import DEFAULT_DB_ALIAS, connections

    if not apps.ready:
        django.setup()
        return

    connections.close_all()
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        connections[DEFAULT_DB_ALIAS].close_pool()  # it would go on handing out connections to the old one
    known = environ.Env.db_url_config(url)
    options = settings.DATABASES[DEFAULT_DB_ALIAS]
    options |= {key: known.get(key, "") for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


@contextmanager
def _sqlite() -> Iterator[str]:
    """The URL of a file that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"


@contextmanager
def _postgresql() -> Iterator[str]:
    """The URL of a database that is gone afterwards."""
    name = f"kb_bench_{os.getpid()}"
    run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield url_of(name)
    finally:
        drop(name)


def drop(name: str) -> None:
    """Takes a database of the server away."""
    run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(name: str) -> str:
    """The URL of a database of the server."""
    return f"{server().rpartition('/')[0]}/{name}"


def run(statement: sql.Composed) -> None:
    """Executes a statement on the server, outside of a transaction."""
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(statement)
