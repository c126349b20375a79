"""Writing the archive into PostgreSQL."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from kb import tallies
from tests.bench.archive.columns import Columns, Document, Row, Words

LAST_PLACE = 16_383
"""The last place of a word that PostgreSQL counts."""

_INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relname LIKE 'kb\\_%' AND NOT x.indisunique AND t.relnamespace = current_schema()::regnamespace
"""

_SERIAL = """
SELECT table_name FROM information_schema.columns
WHERE table_schema = current_schema
AND table_name LIKE 'kb\\_%' AND column_name = 'id' AND is_identity = 'YES'
"""
"""The tables that number their rows."""


class PostgresTables:
    """The tables of a PostgreSQL database, without triggers and indexes while they are filled."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def open(self) -> None:
        """Takes indexes off; triggers and foreign keys sleep in this session (for superusers only)."""
        self.connection.ensure_connection()
        self.raw: Any = self.connection.connection
        self.raw.autocommit = True
        self.raw.execute("SET session_replication_role = replica")
        self.raw.execute("SET synchronous_commit = off")
        self.raw.execute("SET maintenance_work_mem = '256MB'")
        found = self.raw.execute(_INDEXES).fetchall()
        self.indexes = [definition for _, definition in found]
        for name, _ in found:
            self.raw.execute(f'DROP INDEX "{name}"')

    def write(self, columns: Columns, rows: list[Row], moment: str) -> None:
        """Adds rows to a table; where they have no id, the table's sequence gives it."""
        tuples = columns.tuples(rows, moment)
        names, first = columns.names, 0
        if "id" not in rows[0]:
            names, first = names[1:], 1
        self._copy(columns.table, names, (each[first:] for each in tuples))

    def _copy(self, table: str, names: Iterable[str], tuples: Iterable[tuple[Any, ...]]) -> None:
        listed = ", ".join(f'"{name}"' for name in names)
        with self.raw.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for each in tuples:
                copy.write_row(each)

    def index(self, name: str, documents: Iterable[Document]) -> None:
        """Adds documents to the search index."""
        table = f"kb_{name}_search"
        self._copy(table, ("rowid", table), ((pk, tsvector(head, body)) for pk, head, body in documents))

    def close(self) -> None:
        """Puts indexes on, sets the sequences, and counts what the planner wants to know."""
        for definition in self.indexes:
            self.raw.execute(definition)
        for (table,) in self.raw.execute(_SERIAL).fetchall():
            newest = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"  # noqa: S608 - our own names
            self.raw.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {newest}, false)")
        tallies.rebuild(self.connection.alias)
        self.raw.execute("VACUUM ANALYZE")
        self.raw.execute("CHECKPOINT")  # now, not while something is measured
        self.raw.execute("SET session_replication_role = DEFAULT")
        self.connection.close()


def tsvector(head: list[Words], body: list[Words]) -> str:
    """A document as PostgreSQL reads a tsvector; it gathers the places of a word by itself."""
    heads = [token for _, tokens in head for token in tokens]
    bodies = [token for _, tokens in body for token in tokens]
    found = [f"{token}{place}A" for place, token in enumerate(heads, 1)]
    found += [f"{token}{min(place, LAST_PLACE)}" for place, token in enumerate(bodies, len(heads) + 2)]
    return " ".join(found)
