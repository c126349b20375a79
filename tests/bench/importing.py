"""Storing what pages say, against writing the very same rows into the very same tables without any thought.

Both write into databases of their own that hold the same rows at every moment: what a round's import has
added is read back and written raw into the other one, with its ids, in one transaction. Indexes, constraints
and triggers are in place on both sides, and the raw side too says who writes, as the feed of changes wants.
"""

import gc
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.data import page_texts
from tests.bench.databases import drop, run, url_of
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most

PAGES = 60
"""Pages of one round."""

TABLES = (
    "kb_publication", "kb_author", "kb_place", "kb_placename", "kb_page", "kb_article", "kb_credit",
    "kb_organisation", "kb_organisationname", "kb_initiative", "kb_initiativename",
    "kb_initiative_places", "kb_initiative_organisers", "kb_placemention", "kb_organisationmention",
    "kb_initiativemention", "kb_metric", "kb_doubt", "kb_article_search", "kb_place_search",
    "kb_organisation_search", "kb_initiative_search", "kb_metric_search",
)  # fmt: skip
"""What an import writes, each table after those that it refers to."""


def loading_against_raw(setting: Setting) -> Rounds:
    """Records of new pages into the tables, round by round, against the same rows raw."""
    from importers.extract.gazetteer.lookup import load_gazetteer
    from importers.load_places import load_gazetteer_places

    load_gazetteer_places(load_gazetteer())
    rounds, pages = setting.rounds(6), 5 if setting.quick else PAGES
    work = _extracted(pages * (rounds + 1))
    pairs = []
    gc.collect()
    gc.freeze()  # an import holds a few pages at a time, not those of all rounds
    with _twin(setting.database) as raw:
        for begin in range(0, len(work), pages):
            before = _last_ids()
            ours = _timed_load(work[begin : begin + pages])
            pairs.append((ours, raw.write({table: _new_rows(table, before[table]) for table in TABLES})))
    return Rounds(tuple(pairs[1:]))


def _extracted(count: int) -> list[Any]:
    """Generated pages with what they say."""
    from importers.extract_file import extract_text
    from tests.importers.pages import source

    return [(source(text, f"{n:05}.txt"), extract_text(text)) for n, text in enumerate(page_texts(count))]


def _timed_load(work: list[Any]) -> float:
    """Seconds that storing the pages takes, as many in a transaction as an import takes."""
    from importers.extract.gazetteer.lookup import load_gazetteer
    from importers.load import load_pages
    from importers.run import TOGETHER

    begin = time.perf_counter()
    for first in range(0, len(work), TOGETHER):
        load_pages(work[first : first + TOGETHER], load_gazetteer())
    return time.perf_counter() - begin


def _key(table: str) -> str:
    """The column that counts a table's rows."""
    return "rowid" if table.endswith("_search") else "id"


def _last_ids() -> dict[str, int]:
    """The greatest id of each table."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT coalesce(max({_key(table)}), 0) FROM {table}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def _new_rows(table: str, after: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns of a table that are stored, and its rows beyond an id, as the database prints them."""
    from django.db import connection

    with connection.cursor() as cursor:
        columns = _columns(cursor, table)
        cast = "::text" if connection.vendor == "postgresql" else ""
        names = ", ".join(f'"{column}"{cast}' for column in columns)
        cursor.execute(f"SELECT {names} FROM {table} WHERE {_key(table)} > %s", [after])  # noqa: S608
        return columns, cursor.fetchall()


def _columns(cursor: Any, table: str) -> list[str]:
    """The columns of a table, generated ones left out."""
    from django.apps import apps
    from django.db import connection

    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table and model._meta.managed:
            return [field.column for field in model._meta.concrete_fields if not field.generated]
    return ["rowid", "head", "body"] if connection.vendor == "sqlite" else ["rowid", table]


class _Sqlite:
    """The raw writer on SQLite."""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.execute("PRAGMA journal_mode = WAL")

    def write(self, rows: dict[str, Any]) -> float:
        """Seconds that writing the rows takes."""
        begin = time.perf_counter()
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        execute("INSERT INTO kb_changecontext (id, batch, \"by\") VALUES (1, 1, 'raw')")
        for table, (columns, found) in rows.items():
            names, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
            self.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", found)  # noqa: S608
        execute("DELETE FROM kb_changecontext")
        execute("UPDATE kb_change SET batch = NULL WHERE batch = 1")
        execute("COMMIT")
        return time.perf_counter() - begin

    def close(self) -> None:
        """Ends the connection."""
        self.connection.close()


class _Postgresql:
    """The raw writer on PostgreSQL."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)

    def write(self, rows: dict[str, Any]) -> float:
        """Seconds that writing the rows takes."""
        begin = time.perf_counter()
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kb.actor', 'raw', true)")
            for table, (columns, found) in rows.items():
                names = ", ".join(f'"{column}"' for column in columns)
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in found:
                        copy.write_row(row)
        return time.perf_counter() - begin

    def close(self) -> None:
        """Ends the connection."""
        self.connection.close()


@contextmanager
def _twin(database: str) -> Iterator[_Sqlite | _Postgresql]:
    """A writer into a copy of Django's database as it is now."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if database == "sqlite":
        twin = Path(name).with_name("twin.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(twin)])
        with closing(_Sqlite(str(twin))) as writer:
            yield writer
        return
    connection.close()
    connection.close_pool()
    twin_name = f"{name}_{os.getpid()}_twin"
    run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(twin_name), sql.Identifier(name)))
    try:
        with closing(_Postgresql(url_of(twin_name))) as writer:
            yield writer
    finally:
        drop(twin_name)


ROWS = (
    Row(
        "import-raw",
        f"识别结果入库（每轮 {PAGES} 版，每 20 版一个事务，含检索索引、变更流）",
        "同样的行直接写入同样的表：`COPY` / `executemany`，一个事务",
        at_most(2.5),
        loading_against_raw,
        databases=BOTH,
        bound="切词、按名称找已有的行，见“入库”一节",
    ),
)
