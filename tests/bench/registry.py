"""The rows of the tables in their order. A new row: a file with `ROWS`, and its name here."""

from importlib import import_module

from tests.bench.measure import Row

TABLES = {
    "measured": (
        "extraction",
        "extract_command",
        "importing",
        "archives",
        "lists_sql",
        "lists_http",
        "paging",
        "questions",
        "fulltext",
        "growth",
        "memory",
        "pooling",
    ),
    "exports": ("exports",),
    "desk": ("desk",),
}
"""By table of docs/performance.md: files of this folder, each with its `ROWS`."""


def rows_of(table: str) -> list[Row]:
    """The rows of a table, in its order."""
    return [row for name in TABLES[table] for row in import_module(f"tests.bench.{name}").ROWS]


def table_of(row: Row) -> str:
    """The table that a row belongs to."""
    return next(table for table in TABLES if row.name in {each.name for each in rows_of(table)})


def all_rows() -> list[Row]:
    """Every row of every table."""
    return [row for table in TABLES for row in rows_of(table)]
