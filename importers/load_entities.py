"""Organisations and initiatives: the rows for the names that a page reads, found by their keys.

A name holds within a 盟市, so the same name in two cities is two entities. A name read without a city is
tied to the one entity that bears it, if there is exactly one. The article that first described an entity
decides its fields; any other only fills in what is missing, so that the order of imports does not matter.
"""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from importers.load_known import Known
from importers.load_result import Held, LoadResult, Outcome
from importers.load_sync import Values, differences, fitted
from kb.models import Article, Initiative, Organisation, Place
from kb.models.base import KEY_LENGTH, NAME_LENGTH
from kb.names import normalise, scoped_key
from kb.vocabulary import RecordOrigin, RecordState

Entity = TypeVar("Entity", Organisation, Initiative)


@dataclass
class Reading:
    """What a page says of one entity, put together from its mentions."""

    name: str
    city: Place | None
    article: Article
    values: Values
    aliases: set[str] = field(default_factory=set)
    organisers: dict[int, None] = field(default_factory=dict)
    """Ids of organisations, in order."""
    places: dict[int, None] = field(default_factory=dict)
    """Ids of places, in order."""
    parent: str | None = None


def key_of(name: str, city: Place | None) -> str:
    """The key of a name within a city."""
    return scoped_key(city.own_key() if city else "", name)[:KEY_LENGTH]


class EntityBook(Generic[Entity]):
    """The entities of one kind that a page names, by key."""

    def __init__(self, model: type[Entity], known: Known[Entity], table: str, result: LoadResult) -> None:
        self.model: type[Entity] = model
        self.known: Known[Entity] = known
        self.table, self.result = table, result
        self.owner = known.owner
        self.readings: dict[str, Reading] = {}
        self.rows: dict[str, Entity | None] = {}
        self.created: set[int] = set()
        """Ids of the rows that were made."""
        self.unclear: dict[str, list[str]] = {}
        """Keys of names that several entities bear, with what tells these apart."""
        self._keys: dict[tuple[str, int | None], str] = {}

    def key_of(self, name: str, city: Place | None) -> str:
        """The key of a name within a city, made once."""
        words = name, city.pk if city else None
        if words not in self._keys:
            self._keys[words] = key_of(name, city)
        return self._keys[words]

    def read(self, reading: Reading) -> None:
        """Takes in what one mention says; what an earlier one said stands, and gaps are filled."""
        key = self.key_of(reading.name, reading.city)
        known = self.readings.setdefault(key, reading)
        if known is not reading:
            known.aliases |= reading.aliases
            known.organisers |= reading.organisers
            known.places |= reading.places
            known.parent = known.parent or reading.parent
            known.values |= {k: v for k, v in reading.values.items() if known.values.get(k) in (None, "")}

    def settle(self) -> None:
        """Finds or makes the row of every reading, and brings the fields to what was read."""
        self._find()
        self._create()
        self._update()
        self._add_aliases()

    def get(self, name: str | None, city: Place | None) -> Entity | None:
        """The row of a name that the page reads in a city, or reads without one."""
        if not name:
            return None
        return self.rows.get(self.key_of(name, city)) or self.rows.get(self.key_of(name, None))

    def _find(self) -> None:
        """The stored rows, by key; names without a city by the one entity that bears them."""
        self.known.fetch(self.readings)
        self.rows = {key: row for key in self.readings if (row := self.known.get(key))}
        bare = {
            r.name[:NAME_LENGTH]: key
            for key, r in self.readings.items()
            if not r.city and key not in self.rows
        }
        self.known.fetch(names=bare)
        for bearer, key in bare.items():
            found = self.known.bearing(bearer)
            if len(found) == 1:
                self.rows[key] = found[0]
                self.known.remember(key, bearer, found[0])
            elif found:
                self.rows[key] = None
                self.unclear[key] = sorted(
                    f"{e.name}（{e.city.name if e.city else '无盟市'}）" for e in found
                )

    def _create(self) -> None:
        """New rows for the names that no row bears."""
        new = {key: reading for key, reading in self.readings.items() if key not in self.rows}
        for key, reading in new.items():
            row = self._new(reading)
            self.known.make(row)
            self.known.remember(key, row.name, row)
            self.rows[key] = row
            self.created.add(row.pk)
        self.result.add(self.table, Outcome.CREATED, len(new))

    def _new(self, reading: Reading) -> Entity:
        """A row for a reading."""
        values = fitted(self.model, {"name": reading.name, **reading.values})
        return self.model(
            origin=RecordOrigin.IMPORTED.value, city=reading.city, source_article=reading.article, **values
        )

    def _update(self) -> None:
        """Writes what the readings change in rows that were there."""
        seen: set[int] = set(self.created)
        for key, reading in self.readings.items():
            row = self.rows[key]
            if row is None or row.pk in seen:
                continue
            seen.add(row.pk)
            wanted, own = self._wanted(reading), row.source_article_id == reading.article.pk
            if row.is_protected:
                self.result.held.append(Held(row, wanted, reading.article, fill_only=not own))
            if row.state == RecordState.REJECTED:
                self.result.add(self.table, Outcome.REJECTED)
                continue
            new = self._news(row, reading, wanted)
            for name, value in new.items():
                setattr(row, name, value)
            self.result.add(self.table, Outcome.UPDATED if new else Outcome.UNCHANGED)
            if new:
                self.known.pending.change(row, new)

    def _wanted(self, reading: Reading) -> Values:
        """The columns of a reading."""
        return fitted(self.model, {**reading.values, "city_id": reading.city.pk if reading.city else None})

    def _news(self, row: Entity, reading: Reading, wanted: Values) -> Values:
        """What a reading changes: all that differs for the article that describes the entity, else gaps."""
        own = row.source_article_id == reading.article.pk
        new = differences(row, wanted, fill_only=not own)
        if row.source_article_id is None and row.origin == RecordOrigin.IMPORTED:
            new["source_article_id"] = reading.article.pk
        return new

    def _add_aliases(self) -> None:
        """Adds other printed forms of a name where no entity of the city bears them."""
        wanted: dict[str, tuple[str, Entity]] = {}
        for key, reading in self.readings.items():
            row = self.rows[key]
            for alias in sorted(reading.aliases) if row is not None else ():
                wanted.setdefault(key_of(alias, reading.city), (alias, row))  # type: ignore[arg-type]
        self.known.fetch(wanted)
        for key, (alias, row) in wanted.items():
            if not self.known.get(key):
                self.known.remember(key, alias, row)


def quoted_alias(name: str, surface: str) -> set[str]:
    """The printed form of an initiative as another name, where it is its quoted part or adds a head word.

    `“甲乙丙”` is another name of `“甲乙丙”党建品牌`; `该活动` is none.
    """
    short, long = sorted((normalise(name), normalise(surface)), key=len)
    is_quoted = surface.startswith(("“", "‘", "「", "『")) and len(short) > 1
    return {surface} if is_quoted and short != long and long.startswith(short) else set()
