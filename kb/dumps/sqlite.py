"""Writes the knowledge base as one SQLite file for Datasette: tables that refer to one another, and views
in Chinese for people.

    datasette kb.sqlite
"""

import datetime
import sqlite3
from pathlib import Path
from typing import Any

import orjson

from kb.dumps.export import LICENCE_NOTE, DumpError
from kb.dumps.rows import chunks, rows, snapshot
from kb.dumps.tables import Table, described, tables
from kb.models.history import HistoryRow
from kb.vocabulary import (
    ArticleKind,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Qualifier,
    Vocabulary,
)

VIEWS = Path(__file__).with_name("views.sql")
TYPES = {
    "BigAutoField": "INTEGER PRIMARY KEY",
    "BigIntegerField": "INTEGER",
    "PositiveIntegerField": "INTEGER",
    "PositiveSmallIntegerField": "INTEGER",
    "DecimalField": "REAL",
    "FloatField": "REAL",
}
"""The SQLite type of a column; any other is TEXT."""

LABELLED: tuple[type[Vocabulary], ...] = (
    ArticleKind,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Qualifier,
)
"""The closed lists whose labels the file holds."""

UNPUBLISHED = {"change", "distinct", "divergence", "doubt", "merge"}
"""Tables that are the desk's business, not the readers'."""


def publish(path: Path, using: str = "default") -> dict[str, int]:
    """Writes a new SQLite file; the numbers of rows by table."""
    if path.exists():
        raise DumpError(f"文件 {path} 已经存在；请给出一个新文件名，或先删除它。")
    published = [table for table in tables() if is_published(table)]
    file = sqlite3.connect(path)
    try:
        with snapshot(using), file:
            counts = {table.name: _copy(file, table, using) for table in published}
            _add_labels(file)
        file.executescript(VIEWS.read_text(encoding="utf-8"))
        file.execute("VACUUM")
    finally:
        file.close()
    return counts


def is_published(table: Table) -> bool:
    """Whether readers get a table: not the desk's business, nor who changed what."""
    return table.name not in UNPUBLISHED and not issubclass(table.model, HistoryRow)


def _copy(file: sqlite3.Connection, table: Table, using: str) -> int:
    """Makes a table and fills it."""
    columns = described(table)["columns"]
    file.execute(f'CREATE TABLE "{table.name}" ({", ".join(map(_column, columns))})')
    marks = ", ".join(["?"] * len(columns))
    statement = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - our own names
    number = 0
    for some in chunks(rows(table, using)):
        file.executemany(statement, [[_value(value) for value in row.values()] for row in some])
        number += len(some)
    for column in columns:
        if column["references"]:
            name = f"{table.name}_{column['name']}"
            file.execute(f'CREATE INDEX "{name}" ON "{table.name}" ("{column["name"]}")')
    return number


def _column(column: dict[str, Any]) -> str:
    """The definition of a column: type, and what it refers to."""
    kind = "INTEGER" if column["references"] else TYPES.get(column["type"], "TEXT")
    link = f' REFERENCES "{column["references"]}" (id)' if column["references"] else ""
    return f'"{column["name"]}" {kind}{link}'


def _value(value: Any) -> Any:
    """A value as SQLite takes it: lists as JSON, times as text."""
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else orjson.dumps(value).decode()


def _add_labels(file: sqlite3.Connection) -> None:
    """Makes the tables of labels (the Chinese words for the values of closed lists) and of the licence."""
    file.execute("CREATE TABLE label (list TEXT, value TEXT, label TEXT, PRIMARY KEY (list, value))")
    for members in LABELLED:
        words = [(members.__name__, member.value, member.label) for member in members]
        file.executemany("INSERT INTO label VALUES (?, ?, ?)", words)
    file.execute("CREATE TABLE licence (note TEXT)")
    file.execute("INSERT INTO licence VALUES (?)", [LICENCE_NOTE])
