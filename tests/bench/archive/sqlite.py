"""Writing the archive into SQLite."""

import itertools
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from kb import tallies
from kb.triggers import create_after_migrate, drop_before_migrate
from tests.bench.archive.columns import SEARCHED_BY, Columns, Document, Row, Words

WHILE_LOADING = (
    "journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=MEMORY",
    "threads=2",
)  # fmt: skip
"""The file is thrown away where loading fails, and indexes are sorted on two cores."""
HASH, USUAL_HASH = 64 << 20, 1 << 20
"""Bytes of words that FTS5 gathers before it writes them; small segments are merged again and again."""

_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE 'kb_%'
"""


class SqliteTables:
    """The tables of a SQLite file, without triggers and indexes while they are filled."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.serial: dict[str, Any] = {}

    def open(self) -> None:
        """Takes triggers and indexes off."""
        drop_before_migrate(self.connection.alias)
        self.connection.ensure_connection()
        self.raw: Any = self.connection.connection
        self.raw.isolation_level = None
        for pragma in WHILE_LOADING:
            self.raw.execute(f"PRAGMA {pragma}")
        for table in SEARCHED_BY:
            name = f"kb_{table}_search"
            self.raw.execute(f"INSERT INTO {name}({name}, rank) VALUES ('hashsize', {HASH})")  # noqa: S608
        found = self.raw.execute(_INDEXES).fetchall()
        self.indexes = [sql for _, sql in found]
        for name, _ in found:
            self.raw.execute(f'DROP INDEX "{name}"')
        self.raw.execute("BEGIN")

    def write(self, columns: Columns, rows: list[Row], moment: str) -> None:
        """Adds rows to a table."""
        names = ", ".join(f'"{name}"' for name in columns.names)
        marks = ", ".join("?" * len(columns.names))
        statement = f"INSERT INTO {columns.table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        self.raw.executemany(statement, columns.tuples(rows, moment))

    def index(self, name: str, documents: Iterable[Document]) -> None:
        """Adds documents to the search index."""
        statement = f"INSERT INTO kb_{name}_search(rowid, head, body) VALUES (?, ?, ?)"  # noqa: S608
        self.raw.executemany(statement, ((pk, as_text(head), as_text(body)) for pk, head, body in documents))

    def close(self) -> None:
        """Puts indexes and triggers on, and counts what the planner wants to know."""
        self.raw.execute("COMMIT")
        for sql in itertools.chain(self.indexes, ("ANALYZE",)):
            self.raw.execute(sql)
        for table in SEARCHED_BY:
            name = f"kb_{table}_search"
            self.raw.execute(f"INSERT INTO {name}({name}, rank) VALUES ('hashsize', {USUAL_HASH})")  # noqa: S608
        tallies.rebuild(self.connection.alias)
        create_after_migrate(self.connection.alias)
        self.connection.close()


def as_text(words: list[Words]) -> str:
    """The tokens of several texts as FTS5 takes them."""
    return " ".join([text for text, _ in words if text])
