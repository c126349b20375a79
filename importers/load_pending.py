"""What a transaction is to write, gathered and then stored together: each table in one statement.

Rows that other rows refer to get their ids at once. Names are stored in the order of their keys, so that
two imports that meet the same names wait for one another and never each for the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.db.models import Model

from importers.load_insert import insert, reserve
from importers.load_sync import BATCH, Values, write
from kb.models import (
    Article,
    Author,
    Credit,
    Doubt,
    Initiative,
    InitiativeMention,
    InitiativeName,
    Metric,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Page,
    Place,
    PlaceMention,
    PlaceName,
)
from kb.models.base import Record
from kb.review.repeats import recount
from kb.search_index import index_texts, reindex

Through = type[Model]
Pairs = dict[tuple[int, int], None]
Texts = tuple[Sequence[str], Sequence[str]]
"""The texts of a row's head and those of its body, for the search index."""

ORDER: dict[type[Model], Callable[[Values], str] | None] = {
    Author: lambda row: row["key"],
    Place: lambda row: row["code"] or "",
    PlaceName: lambda row: row["key"],
    Page: lambda row: row["sha256"],
    Article: None,
    Credit: None,
    Organisation: None,
    OrganisationName: lambda row: row["key"],
    Initiative: None,
    InitiativeName: lambda row: row["key"],
    PlaceMention: None,
    OrganisationMention: None,
    InitiativeMention: None,
    Metric: None,
    Doubt: None,
}
"""The tables in the order in which they are written, and by what their rows are sorted: what is unique."""


class OvertakenError(OperationalError):
    """A row was changed by somebody else between its reading and its writing; to be tried again."""


class Pending:
    """The rows that a transaction will write. Call `flush` before anything else reads or writes them."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Values]] = defaultdict(list)
        self._made: list[Model] = []
        self._changed: dict[type[Model], dict[int, tuple[Record, set[str]]]] = defaultdict(dict)
        self._links: dict[tuple[Through, str, str], Pairs] = defaultdict(dict)
        self._expected: dict[type[Model], int] = {}
        self._ids: dict[type[Model], list[int]] = {}
        self._last: dict[type[Model], int] = {}
        self._texts: dict[str, dict[int, Texts]] = defaultdict(dict)
        self._stale: dict[str, set[int]] = defaultdict(set)
        self._cases: set[str] = set()

    def expect(self, model: type[Model], count: int) -> None:
        """Says how many ids of a table will be wanted, so that they are taken together."""
        self._expected[model] = count

    def ids(self, model: type[Model], count: int) -> list[int]:
        """Ids of a table that nobody else gets; expected ones that are never wanted stay unused."""
        free = self._ids.setdefault(model, [])
        if len(free) < count:
            more = max(count - len(free), self._expected.pop(model, 0))
            free += reserve(model._meta.db_table, more, self._last.get(model, 0))
            self._last[model] = free[-1]
        taken = free[:count]
        del free[:count]
        return taken

    def add(self, model: type[Model], rows: Iterable[Values]) -> None:
        """Takes in new rows, each a value by field (foreign keys by id)."""
        self._rows[model].extend(rows)

    def make(self, row: Model) -> None:
        """Takes in a new row and gives it its id; what is set on it before `flush` is stored too."""
        [row.pk] = self.ids(type(row), 1)
        self._rows[type(row)].append(row.__dict__)
        self._made.append(row)

    def change(self, row: Record, fields: Iterable[str]) -> None:
        """Takes in fields that were set on a row."""
        if not row._state.adding:
            self._changed[type(row)].setdefault(row.pk, (row, set()))[1].update(fields)

    def link(self, through: Through, near: str, far: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Takes in links between two rows by their ids, to be added where they are not there yet."""
        self._links[through, near, far] |= dict.fromkeys(pairs)

    def count_case(self, keys: Iterable[str]) -> None:
        """Takes in cases of doubts, to be counted anew."""
        self._cases |= {*keys}

    def index(self, table: str, pk: int, head: Sequence[str], body: Sequence[str] = ()) -> None:
        """Takes in the texts by which a row is found."""
        self._texts[table][pk] = head, body

    def index_stored(self, table: str, pks: Iterable[int]) -> None:
        """Takes in rows whose texts are to be read from the tables."""
        self._stale[table] |= {*pks}

    def flush(self) -> None:
        """Stores all that was taken in."""
        made = {row.pk for row in self._made if isinstance(row, Initiative)}
        for model, key in ORDER.items():
            if rows := self._rows.pop(model, []):
                insert(model, sorted(rows, key=key) if key else rows)
        for row in self._made:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        self._made.clear()
        for (through, near, far), pairs in self._links.items():
            _add_links(through, near, far, pairs, made)
        self._links.clear()
        self._write_changes()
        recount(self._cases)
        self._cases.clear()
        self._write_index()
        if connection.vendor == "sqlite":  # ids that were taken and not used are free again
            self._ids.clear()
            self._last.clear()

    def _write_changes(self) -> None:
        """Stores changed fields; raises OvertakenError where a row is no more as it was read."""
        for model, found in self._changed.items():
            _check_unchanged(model, [row for row, _ in found.values()])
            alike: dict[frozenset[str], list[Any]] = defaultdict(list)
            for pk in sorted(found):
                row, fields = found[pk]
                alike[frozenset(fields)].append(row)
            for names, rows in alike.items():
                write(rows, set(names))
        self._changed.clear()

    def _write_index(self) -> None:
        """Brings the search index to what was written."""
        for table, texts in self._texts.items():
            index_texts(table, [(pk, head, body) for pk, (head, body) in texts.items()])
        for table, pks in self._stale.items():
            reindex(table, sorted(pks))
        self._texts.clear()
        self._stale.clear()


def _add_links(through: Through, near: str, far: str, pairs: Pairs, made: set[int]) -> None:
    """Stores those links that are not there; rows just made have none."""
    old = sorted({one for one, _ in pairs} - made)
    stored: set[tuple[int, int]] = set()
    for begin in range(0, len(old), BATCH):
        rows = through._default_manager.filter(**{f"{near}__in": old[begin : begin + BATCH]})
        stored |= set(rows.order_by().values_list(near, far))
    new = sorted(pair for pair in pairs if pair not in stored)
    insert(through, [{near: one, far: other} for one, other in new])


def _check_unchanged(model: type[Model], rows: list[Record]) -> None:
    """Locks rows, and raises OvertakenError where one is no more as it was read."""
    read = {row.pk: row.updated_at for row in rows}
    for begin in range(0, len(rows), BATCH):
        some = sorted(read)[begin : begin + BATCH]
        stored = model._default_manager.select_for_update().filter(pk__in=some).order_by("pk")
        now = dict(stored.values_list("pk", "updated_at"))
        if any(now.get(pk) != read[pk] for pk in some):
            raise OvertakenError(f"{model._meta.db_table}: changed by somebody else meanwhile")
