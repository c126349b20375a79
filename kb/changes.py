"""Who writes, and what belongs together: what the triggers of the change feed need to be told.

    with attributed("张三"):
        organisation.save()

is one transaction, and one line of the feed for each record that it wrote. Writes outside of such a block
are in the feed too, without a name; on SQLite each statement then has a line of its own.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from kb.change_triggers import SQLITE_MERGE

IMPORTER = "导入程序"

NEWEST_LINE = (
    "SELECT number || '@' || at FROM kb_change WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1"
)
"""Number and moment of the newest line of the feed: no restored backup repeats both."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and on SQLite the mark of the transaction."""

    by: str
    batch: int
    recorded: dict[tuple[type, int], int] = field(default_factory=dict)
    """The history rows that this transaction wrote, by model and id of the record (kb/history)."""


_present: ContextVar[Writer | None] = ContextVar("writer", default=None)


def present_writer() -> Writer | None:
    """Who writes at present; None outside of `attributed`."""
    return _present.get()


@contextmanager
def attributed(by: str, using: str = "default") -> Iterator[None]:
    """A transaction whose changes are `by` somebody; inside another one it changes the name only."""
    outer = _present.get()
    writer = (
        Writer(by[:300], outer.batch, outer.recorded) if outer else Writer(by[:300], secrets.randbits(62))
    )
    connection = connections[using]
    token = _present.set(writer)
    try:
        with transaction.atomic(using):
            _tell(connection, writer)
            yield
            if not connection.needs_rollback:
                _tell(connection, outer)
                if outer is None:
                    _settle(connection, writer.batch)
    finally:
        _present.reset(token)


def _tell(connection: BaseDatabaseWrapper, writer: Writer | None) -> None:
    """Makes a writer known to the triggers; the end of the transaction makes it forgotten."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('kb.actor', %s, true)", [writer.by if writer else ""])
        elif writer is None:
            cursor.execute("DELETE FROM kb_changecontext")
        else:
            cursor.execute(
                'INSERT OR REPLACE INTO kb_changecontext (id, batch, "by") VALUES (1, %s, %s)',
                [writer.batch, writer.by],
            )


def _settle(connection: BaseDatabaseWrapper, batch: int) -> None:
    """On SQLite, ends a batch: what came and went within it was nothing. PostgreSQL does so at commit."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kb_change WHERE batch = %s AND action = 'void'", [batch])
            cursor.execute("UPDATE kb_change SET batch = NULL WHERE batch = %s", [batch])


def note_merge(resource: str, gone: int, kept: int, using: str = "default") -> None:
    """Writes into the feed that a record was merged into another; call it in the merging transaction."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT kb_note_change(%s, %s, 'merge', %s)", [resource, gone, kept])
        else:
            cursor.execute(SQLITE_MERGE, [resource, gone, kept])


def latest_lines(
    resource: str, ids: Iterable[int], using: str = "default"
) -> dict[int, tuple[str, datetime]]:
    """Who changed records of a resource last, and when, by record; those without a line are left out."""
    if not resource:
        return {}
    lines = apps.get_model("kb", "Change")._base_manager.using(using)
    mine = lines.filter(batch=None, resource=resource, record_id__in=list(ids))
    newest = mine.order_by().values("record_id").annotate(newest=Max("number")).values("newest")
    found = lines.filter(number__in=newest).values_list("record_id", "by", "at")
    return {record: (by, at) for record, by, at in found}


def written_so_far(using: str = "default") -> list[tuple[str, int, str]]:
    """What the present transaction has written: resource, id and action of each record, in no order.

    Call it inside of `attributed`.
    """
    connection = connections[using]
    batch = {
        "postgresql": "pg_current_xact_id()::text::bigint",
        "sqlite": "(SELECT batch FROM kb_changecontext)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT resource, record_id, action FROM kb_change "  # noqa: S608 - one of the two texts above
            f"WHERE batch = {batch} AND action <> 'void'"
        )
        return cursor.fetchall()


def newest_line(using: str = "default") -> str | None:
    """The newest line of the feed in words: `4711@2026-03-01 08:30:00`; None for an empty feed."""
    with connections[using].cursor() as cursor:
        cursor.execute(NEWEST_LINE)
        found = cursor.fetchone()
    return found[0] if found else None


def newest_number(using: str = "default") -> int:
    """The number of the newest change; 0 where there is none."""
    return int((newest_line(using) or "0").partition("@")[0])
