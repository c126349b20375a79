"""Empty databases of the kind that the tests run on, and commands run on them in processes of their own."""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The URL of a new database without tables, which goes at the end."""
    name = f"kb_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with server() as maintenance:
        maintenance.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield url_of(name)
        finally:
            maintenance.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """A connection to the server itself, outside of any transaction."""
    given = settings.DATABASES["default"]
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"], password=given["PASSWORD"],
        dbname="postgres", autocommit=True,
    ) as opened:  # fmt: skip
        yield opened


def url_of(name: str, user: str = "", password: str = "") -> str:
    """The URL of a database on the server of the tests."""
    given = settings.DATABASES["default"]
    user, password = user or given["USER"], password or given["PASSWORD"]
    return (
        f"postgres://{user}{':' if password else ''}{password}@{given['HOST']}:{given['PORT'] or 5432}/{name}"
    )


def manage(url: str, *words: str, check: bool = True, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of manage.py on a database, in a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(url, **more),
        capture_output=True,
        text=True,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def environment(url: str, **more: str) -> dict[str, str]:
    """The variables of a process that works on a database."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "SECRET_KEY": "k" * 60,
        "LANG": "C.UTF-8",
        **more,
    }


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order that does not depend on where it lies."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            names = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(file.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608
    with psycopg.connect(url) as opened:
        found = opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: sorted(
                opened.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall(), key=repr
            )
            for (name,) in found
        }
