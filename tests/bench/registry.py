"""The rows of the table in their order. A new row: a file with `ROWS`, and its name here."""

from importlib import import_module

from tests.bench.measure import Row

MODULES = (
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
)
"""Files of this folder, each with its `ROWS`."""


def all_rows() -> list[Row]:
    """Every row, in the order of the table."""
    return [row for name in MODULES for row in import_module(f"tests.bench.{name}").ROWS]
