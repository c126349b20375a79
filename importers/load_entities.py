"""Organisations and initiatives: the rows for the names that a page reads, found by their keys.

A name holds within a 盟市, so the same name in two cities is two entities. A name read without a city is
tied to the one entity that bears it, if there is exactly one. The article that first described an entity
decides its fields; any other only fills in what is missing, so that the order of imports does not matter.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from importers.load_insert import insert
from importers.load_result import Held, LoadResult, Outcome
from importers.load_sync import Values, differences, fitted, write
from kb.models import Article, Initiative, InitiativeName, Organisation, OrganisationName, Place
from kb.models.base import KEY_LENGTH, NAME_LENGTH, Name
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

    def __init__(self, model: type[Entity], names: type[Name], table: str, result: LoadResult) -> None:
        self.model: type[Entity] = model
        self.names, self.table, self.result = names, table, result
        self.owner = model._meta.model_name or ""
        self.readings: dict[str, Reading] = {}
        self.rows: dict[str, Entity | None] = {}
        self.touched: set[int] = set()
        """Ids of the rows that were made, changed or got a name, to be indexed for search."""
        self.created: set[int] = set()
        """Ids of the rows that were made; how they came to be is no part of their history."""
        self.new_names: dict[int, list[str]] = {}
        """The names that rows got, by the rows' ids."""
        self.unclear: dict[str, list[str]] = {}
        """Keys of names that several entities bear, with what tells these apart."""

    def read(self, reading: Reading) -> None:
        """Takes in what one mention says; what an earlier one said stands, and gaps are filled."""
        key = key_of(reading.name, reading.city)
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
        return self.rows.get(key_of(name, city)) or self.rows.get(key_of(name, None))

    def _find(self) -> None:
        """The stored rows, by key; names without a city by the one entity that bears them."""
        stored = self.names._default_manager.filter(key__in=self.readings).select_related(self.owner)
        self.rows = {name.key: getattr(name, self.owner) for name in stored}
        bare = {
            r.name[:NAME_LENGTH]: key
            for key, r in self.readings.items()
            if not r.city and key not in self.rows
        }
        bearers: dict[str, dict[int, Any]] = defaultdict(dict)
        for row in self.names._default_manager.filter(name__in=bare).select_related(f"{self.owner}__city"):
            entity = getattr(row, self.owner)
            bearers[row.name][entity.pk] = entity
        for bearer, found in bearers.items():
            key = bare[bearer]
            if len(found) == 1:
                self.rows[key] = next(iter(found.values()))
                self._remember([(key, bearer, self.rows[key])])
            else:
                self.rows[key] = None
                self.unclear[key] = sorted(
                    f"{e.name}（{e.city.name if e.city else '无盟市'}）" for e in found.values()
                )

    def _create(self) -> None:
        """New rows for the names that no row bears."""
        new = {key: reading for key, reading in self.readings.items() if key not in self.rows}
        rows = [self._new(reading) for reading in new.values()]
        self.model._default_manager.bulk_create(rows, batch_size=200)
        self.rows |= zip(new, rows, strict=True)
        self._remember([(key, row.name, row) for key, row in zip(new, rows, strict=True)])
        self.result.add(self.table, Outcome.CREATED, len(rows))
        self.touched |= {row.pk for row in rows}
        self.created = {row.pk for row in rows}

    def _new(self, reading: Reading) -> Entity:
        """A row for a reading."""
        values = fitted(self.model, {"name": reading.name, **reading.values})
        return self.model(
            origin=RecordOrigin.IMPORTED.value, city=reading.city, source_article=reading.article, **values
        )

    def _update(self) -> None:
        """Writes what the readings change in rows that were there."""
        changed: list[Entity] = []
        fields: set[str] = set()
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
            fields.update(new)
            self.result.add(self.table, Outcome.UPDATED if new else Outcome.UNCHANGED)
            if new:
                changed.append(row)
        write(changed, fields)
        self.touched |= {row.pk for row in changed}

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
        held = set(self.names._default_manager.filter(key__in=wanted).values_list("key", flat=True))
        self._remember([(key, name, row) for key, (name, row) in wanted.items() if key not in held])

    def _remember(self, names: list[tuple[str, str, Any]]) -> None:
        """Stores names."""
        owner = f"{self.owner}_id"
        insert(self.names, [{"key": k, "name": n[:NAME_LENGTH], owner: row.pk} for k, n, row in names])
        for _, name, row in names:
            self.touched.add(row.pk)
            self.new_names.setdefault(row.pk, []).append(name[:NAME_LENGTH])


def organisation_book(result: LoadResult) -> EntityBook[Organisation]:
    """An empty book of organisations."""
    return EntityBook(Organisation, OrganisationName, "organisations", result)


def initiative_book(result: LoadResult) -> EntityBook[Initiative]:
    """An empty book of initiatives."""
    return EntityBook(Initiative, InitiativeName, "initiatives", result)


def quoted_alias(name: str, surface: str) -> set[str]:
    """The printed form of an initiative as another name, where it is its quoted part or adds a head word.

    `“甲乙丙”` is another name of `“甲乙丙”党建品牌`; `该活动` is none.
    """
    short, long = sorted((normalise(name), normalise(surface)), key=len)
    is_quoted = surface.startswith(("“", "‘", "「", "『")) and len(short) > 1
    return {surface} if is_quoted and short != long and long.startswith(short) else set()
