"""What the tables hold of the names that pages read: found in few queries, kept while a batch is stored.

A name that was not asked for beforehand is looked up when it is needed, so asking for names together
saves time and changes no answer. Rows that a batch makes are known to it before they are stored.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from importers.load_pending import Pending
from importers.load_sync import BATCH
from kb.models.base import NAME_LENGTH, Name, NamedRecord

Row = TypeVar("Row", bound=NamedRecord)


class Known(Generic[Row]):
    """The rows of one kind, by the keys of their names and by the names themselves."""

    def __init__(self, model: type[Row], names: type[Name], pending: Pending) -> None:
        self.model: type[Row] = model
        self.names, self.pending = names, pending
        self.owner = names.owner_field()
        self._rows: dict[int, Row] = {}
        self._by_key: dict[str, Row | None] = {}
        self._bearers: dict[str, dict[int, Row]] = {}
        self._named: dict[int, list[str]] = {}
        """The names of the rows that were made, by the rows' ids."""

    def forget(self) -> None:
        """Drops what was found and made; call it when that is stored and rows were removed."""
        self._rows, self._by_key, self._bearers, self._named = {}, {}, {}, {}

    def fetch(self, keys: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        """Looks up keys and names that were not looked up before."""
        new_keys = [key for key in dict.fromkeys(keys) if key not in self._by_key]
        self._by_key |= dict.fromkeys(new_keys)
        for key, _, row in self._stored("key", new_keys):
            self._by_key[key] = row
        new_names = [name for name in dict.fromkeys(names) if name not in self._bearers]
        fresh = self._fresh(new_names)
        self._bearers |= {name: fresh.get(name, {}) for name in new_names}
        for _, name, row in self._stored("name", new_names):
            self._bearers[name][row.pk] = row

    def get(self, key: str) -> Row | None:
        """The row that bears the name of a key."""
        if key not in self._by_key:
            self.fetch([key])
        return self._by_key[key]

    def bearing(self, name: str) -> list[Row]:
        """The rows that bear a name, whatever it is scoped by."""
        if name not in self._bearers:
            self.fetch(names=[name])
        return list(self._bearers[name].values())

    def numbered(self, pk: int | None) -> Row | None:
        """The row of an id."""
        if pk is not None and pk not in self._rows:
            self._load({pk})
        return self._rows.get(pk) if pk else None

    def count_unknown(self) -> int:
        """How many of the keys that were looked up are no stored row's."""
        return sum(row is None for row in self._by_key.values())

    def make(self, row: Row) -> None:
        """Takes in a new row, to be stored with the batch; name it next."""
        self.pending.make(row)
        self._rows[row.pk] = row
        self._named[row.pk] = []

    def remember(self, key: str, name: str, row: Row) -> None:
        """Gives a row a name, to be stored with the batch."""
        name = name[:NAME_LENGTH]
        self.pending.add(self.names, [{"key": key, "name": name, f"{self.owner}_id": row.pk}])
        self._by_key[key] = row
        if name in self._bearers:
            self._bearers[name][row.pk] = row
        if row._state.adding:
            self._named[row.pk].append(name)
            self.pending.index(self.owner, row.pk, [row.name, *self._named[row.pk]])
        else:
            self.pending.index_stored(self.owner, [row.pk])

    def _fresh(self, names: list[str]) -> dict[str, dict[int, Row]]:
        """Those rows made and not stored yet that bear one of some names."""
        wanted, found = set(names), defaultdict[str, dict[int, Row]](dict)
        for pk, borne in self._named.items() if wanted else ():
            for name in wanted.intersection(borne):
                found[name][pk] = self._rows[pk]
        return found

    def _stored(self, column: str, values: list[str]) -> Iterable[tuple[str, str, Row]]:
        """Key, name and row of the stored names with some values in a column; each row is one object."""
        owner = f"{self.owner}_id"
        for begin in range(0, len(values), BATCH):
            names = self.names._default_manager.filter(**{f"{column}__in": values[begin : begin + BATCH]})
            found = list(names.order_by("pk").values_list("key", "name", owner))
            missing = {pk for _, _, pk in found if pk not in self._rows}
            self._load(missing)
            for key, name, pk in found:
                yield key, name, self._rows[pk]

    def _load(self, pks: set[int]) -> None:
        """Reads rows by their ids."""
        if pks:
            rows: Iterable[Any] = self.model._default_manager.filter(pk__in=pks).order_by()
            self._rows |= {row.pk: row for row in rows}
