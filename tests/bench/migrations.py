"""How long each migration takes on a full PostgreSQL database and what it locks, into docs/operations.md.

    python -m tests.bench.migrations [URL of a full database] [--write]

Without an address a database with a million figures is made first. It is only read: its rows are copied into
a second one, which is brought from nothing to the present migration by migration, full all the time.
"""

import os
import re
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.databases import connect, drop, run, url_of
from tests.bench.measure import machine

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
MEASURED = re.compile(r"(<!-- migrations -->\n).*(<!-- /migrations -->)", re.DOTALL)
HEAD = "| 迁移 | 用时 | 只能读、不能写 | 读写都要等 |"
OURS = ("kb", "importers", "api")
MILLION, EVERY = 1_000_000, 0.005
READ_ONLY, CLOSED = ("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock"), ("AccessExclusiveLock",)
"""Modes in which a table can be read only, and those in which it cannot even be read (PostgreSQL, 13.3)."""

HELD = """
SELECT c.relname, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.pid = %s AND l.granted AND c.relkind = 'r'
"""
COLUMNS = """
SELECT column_name, data_type, is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = %s::regclass AND NOT x.indisunique
"""
TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND split_part(tablename, '_', 1) = ANY(%s)"
)
SIZES = (
    ("kb_metric", "数据"), ("kb_article", "文章"), ("kb_placemention", "地名出处"), ("kb_doubt", "疑问")
)  # fmt: skip
SOMETHING = {"integer": "0", "bigint": "0", "smallint": "0", "boolean": "false", "jsonb": "'[]'"}
"""What stands in a column that a later migration takes away; text where it is none of these."""


@dataclass
class Step:
    """A migration, its seconds, and for how long it kept others from which filled tables."""

    name: str
    seconds: float = 0.0
    held: dict[tuple[str, str], float] = field(default_factory=dict)
    """Seconds by table and mode."""

    def kept(self, modes: tuple[str, ...]) -> dict[str, float]:
        """The tables that were held in one of some modes, and for how long."""
        tables = {table for table, mode in self.held if mode in modes}
        return {name: max(self.held.get((name, mode), 0.0) for mode in modes) for name in sorted(tables)}


@contextmanager
def watched(step: Step, url: str, pid: int, tables: set[str]) -> Iterator[None]:
    """Looks all the time at the locks that a session holds on some tables; they end with the step."""
    since: dict[tuple[str, str], float] = {}
    over = threading.Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.is_set():
                for table, mode in connection.execute(HELD, [pid]).fetchall():
                    if table in tables and mode in READ_ONLY + CLOSED:
                        since.setdefault((table, mode), time.perf_counter())
                over.wait(EVERY)

    thread, begun = threading.Thread(target=look), time.perf_counter()
    thread.start()
    try:
        yield
    finally:
        ended = time.perf_counter()
        over.set()
        thread.join()
        step.seconds = ended - begun
        step.held = {key: ended - seen for key, seen in since.items()}


def _has_rows(connection: psycopg.Connection, table: str) -> bool:
    """Whether a table holds anything."""
    query = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
    return connection.execute(query).fetchone() is not None


class Copies:
    """Copies rows of a full database into one of older tables: the columns that both have."""

    def __init__(self, full: str, old: str) -> None:
        self.full, self.old = (psycopg.connect(url, autocommit=True) for url in (full, old))
        self.old.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
        self.old.execute("SET maintenance_work_mem = '256MB'")
        self.filled: set[str] = set()

    def fill(self) -> None:
        """Fills the tables that have come since the last time."""
        known = {row[0] for row in self.full.execute(TABLES, [list(OURS)])}
        new = {row[0] for row in self.old.execute(TABLES, [list(OURS)])} & known - self.filled
        for table in sorted(new):
            if _has_rows(self.full, table) and not _has_rows(self.old, table):  # a migration may fill its own
                self._copy(table)
                self.filled.add(table)
        if new & self.filled:
            self.old.execute("VACUUM ANALYZE")

    def _copy(self, table: str) -> None:
        """Fills one table; its indexes are made afterwards."""
        known = {name for name, *_ in self.full.execute(COLUMNS, [table])}
        wanted = self.old.execute(COLUMNS, [table]).fetchall()
        given = {name: sql.Identifier(name) for name, _, _ in wanted if name in known}
        given |= {
            name: sql.SQL(SOMETHING.get(kind, "''"))
            for name, kind, required in wanted
            if required and name not in known
        }
        columns = sql.SQL(", ").join(map(sql.Identifier, given))
        taken = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
            sql.SQL(", ").join(given.values()), sql.Identifier(table)
        )
        indexes = self.old.execute(INDEXES, [table]).fetchall()
        for name, _ in indexes:
            self.old.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
        with (
            self.full.cursor() as reading, self.old.cursor() as writing,
            reading.copy(taken) as source, writing.copy(into) as target,
        ):  # fmt: skip
            for block in source:
                target.write(block)
        for _, definition in indexes:
            self.old.execute(definition)

    def close(self) -> None:
        """Ends both connections."""
        self.full.close()
        self.old.close()


def steps(full: str, old: str) -> Iterator[Step]:
    """Brings an empty database to the present, filled before each of our migrations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
    connect(old)
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    copies = Copies(full, old)
    for migration in plan:
        copies.fill()
        step = Step(f"{migration.app_label} {migration.name[:4]}")
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
        now: Any = MigrationExecutor(connection)
        with watched(step, old, pid, set(copies.filled)):
            now.migrate([(migration.app_label, migration.name)], plan=[(migration, False)])
        if migration.app_label in OURS:
            yield step
    copies.close()


def long(seconds: float) -> str:
    """A time as people read it."""
    return "不到 0.1 秒" if seconds < 0.1 else f"{seconds:.1f} 秒"


def kept_words(kept: dict[str, float]) -> str:
    """Tables and for how long they were kept, the longest first."""
    if not kept:
        return "–"
    most = max(kept.values())
    names = [f"`{name}`" for name in sorted(kept, key=lambda name: -kept[name])]
    listed = "、".join(names[:4]) + (f" 等 {len(names)} 个表" if len(names) > 4 else "")
    return f"{listed}：{long(most)}"


def table(found: Iterable[Step]) -> str:
    """The rows of the table, a migration each."""
    lines = [HEAD, "|---|---|---|---|"]
    for step in found:
        closed = step.kept(CLOSED)
        read_only = {
            name: seconds for name, seconds in step.kept(READ_ONLY).items()
            if seconds > closed.get(name, 0.0) + 0.05 or name not in closed
        }  # fmt: skip
        cells = (f"`{step.name}`", long(step.seconds), kept_words(read_only), kept_words(closed))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write(found: Iterable[Step], size: str, document: Path = DOCUMENT) -> None:
    """Puts the table in the place of the one before."""
    body = f"测量时的库：{size}（{machine()}）。\n\n{table(found)}\n"
    text = document.read_text(encoding="utf-8")
    document.write_text(MEASURED.sub(lambda part: part[1] + body + part[2], text), encoding="utf-8")


def sizes(url: str) -> str:
    """How many rows the largest tables of a database hold."""
    listed = []
    with psycopg.connect(url) as connection:
        for name, words in SIZES:
            [count] = connection.execute(f"SELECT count(*) FROM {name}").fetchone() or [0]  # noqa: S608
            listed.append(f"{count:,} 条{words}")
    return "、".join(listed)


def main() -> None:
    """Measures on the database named, or on one made for it."""
    addresses = [word for word in sys.argv[1:] if word != "--write"]
    old = f"kb_bench_migrations_{time.time_ns()}"
    with ExitStack() as stack:
        if addresses:
            full = addresses[0]
        else:
            from tests.bench.archive.load import build

            name = f"{old}_full"
            run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            stack.callback(drop, name)
            full = url_of(name)
            build(full, MILLION)
        run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(old)))
        stack.callback(drop, old)
        found = []
        for step in steps(full, url_of(old)):
            found.append(step)
            sys.stdout.write(table([step]).splitlines()[-1] + "\n")
            sys.stdout.flush()
        if "--write" in sys.argv:
            write(found, sizes(full))


if __name__ == "__main__":
    main()
