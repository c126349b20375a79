"""Rows in the form that a dump has: the same bytes from either database."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

import orjson
from django.db import connections, transaction

from kb.dumps.tables import Table, column_name

Item = TypeVar("Item")

CHUNK = 1000
"""Rows that are held at a time."""

OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """One state of the database for all that is read inside; nobody who writes has to wait."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def rows(table: Table, using: str) -> Iterator[dict[str, Any]]:
    """The rows of a table by id, read some at a time."""
    fields = table.columns
    stored = table.model._base_manager.using(using).order_by("pk").values_list(*(f.attname for f in fields))
    for values in stored.iterator(chunk_size=CHUNK):
        yield {
            column_name(field): None if table.is_withheld(field) else plain(value)
            for field, value in zip(fields, values, strict=True)
        }


def plain(value: Any) -> Any:
    """A value as JSON has it: a decimal as `"0.5"`, without the noughts that one database adds; UTC times."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC)
    return value


def line(row: dict[str, Any]) -> bytes:
    """A row as one line of JSON."""
    return orjson.dumps(row, option=OPTIONS)


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, `CHUNK` at a time."""
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some
