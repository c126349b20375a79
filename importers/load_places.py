"""Places: the rows for what a page names, found by their keys, made where they are new.

A place with a code is known by the code. Any other is known by its name within the place above it,
as the words say it (`150104/西菜园街道`); a name whose place above is not known stays unresolved.
"""

from collections.abc import Iterable

from django.db import transaction

from importers.data.tables import rows
from importers.extract.gazetteer.lookup import Gazetteer
from importers.extract.gazetteer.tables import Entry
from importers.extract.records import PlaceMention
from importers.load_known import Known
from importers.load_pending import Pending
from importers.load_result import LoadResult, Outcome
from importers.load_sync import Values, differences, fitted, write
from kb.models import Place, PlaceName
from kb.models.base import KEY_LENGTH
from kb.names import scoped_key
from kb.vocabulary import RecordOrigin, RecordState

DEEPEST = 6
"""Levels above a place that are followed; more would be a ring of names."""


def entry_key(entry: Entry) -> str:
    """The key of a place that the gazetteer knows."""
    return entry.code or scoped_key(entry.parent_code or "", entry.official)


KnownPlaces = Known[Place]
"""Places by the keys of their names."""


class PlaceBook:
    """The places of one page. Holds what was found, so that a place is looked for once."""

    def __init__(self, gazetteer: Gazetteer, known: KnownPlaces, result: LoadResult) -> None:
        self.gazetteer, self.known, self.result = gazetteer, known, result
        self._mentions: dict[str, list[PlaceMention]] = {}
        self._named: dict[tuple[str, str | None], Place | None] = {}
        self._entries: dict[str, Entry | None] = {}
        self._settled: dict[str, Place] = {}
        """Places of the gazetteer that are as it says, by key."""

    def open(
        self, mentions: Iterable[PlaceMention], names: Iterable[str | None]
    ) -> tuple[set[str], set[str]]:
        """Takes in what a page mentions and names; gives the keys and names to be looked up together."""
        for mention in mentions:
            self._mentions.setdefault(mention.official, []).append(mention)
        every = [mention for found in self._mentions.values() for mention in found]
        keys = {self._mention_key(mention) for mention in every}
        named = {name for name in names if name}
        keys |= {entry_key(entry) for name in named if (entry := self.entry(name))}
        unknown = {mention.official for mention in every if not mention.code} | named
        return {key for key in keys if key}, {name for name in unknown if not self.entry(name)}

    def of_mention(self, mention: PlaceMention) -> Place | None:
        """The place that a mention stands for; none where the reading left it unresolved."""
        key = self._mention_key(mention)
        if not key:
            return None
        if (entry := self.entry(mention.code or mention.official)) and entry_key(entry) == key:
            return self.of_entry(entry)
        city = self.named(mention.city) if mention.city else None
        above = self.named(mention.parent, mention.city) if mention.parent else None
        return self._settle(key, mention.official, mention.level.value, mention.code, above or city, city)

    def of_entry(self, entry: Entry) -> Place:
        """The row of a place that the gazetteer knows."""
        key = entry_key(entry)
        if key not in self._settled:
            self._settled[key] = self._of_entry(key, entry)
        return self._settled[key]

    def _of_entry(self, key: str, entry: Entry) -> Place:
        """The row of a place that the gazetteer knows, brought to what that says."""
        above = self.gazetteer.coded(entry.parent_code) if entry.parent_code else None
        parent = self.of_entry(above) if above else None
        city_entry = self.gazetteer.coded(entry.city_code) if entry.city_code else None
        city = self.of_entry(city_entry) if city_entry and city_entry != entry else None
        place = self._settle(key, entry.official, entry.level.value, entry.code, parent, city)
        if city_entry == entry and place.city_id is None:
            place.city = place
            self.known.pending.change(place, ["city"])
        return place

    def named(self, name: str | None, city: str | None = None) -> Place | None:
        """The one place that an official name stands for: on this page, in the gazetteer, in the tables."""
        if not name:
            return None
        if (name, city) not in self._named:
            self._named[name, city] = self._look_up(name, city)
        return self._named[name, city]

    def _look_up(self, name: str, city: str | None) -> Place | None:
        """The one place of a name; none where there are several or none."""
        if entry := self.entry(name):
            return self.of_entry(entry)
        keys = {self._mention_key(m) for m in self._mentions.get(name, ()) if city in (None, m.city)} - {None}
        if len(keys) == 1:
            key = keys.pop()
            mention = next(m for m in self._mentions[name] if self._mention_key(m) == key)
            return self.of_mention(mention)
        found = self.known.bearing(name)
        if city:
            found = [place for place in found if self._is_in(place, city)]
        return found[0] if len(found) == 1 else None

    def _is_in(self, place: Place, city: str) -> bool:
        """Whether a place lies in a 盟市."""
        found = self.known.numbered(place.city_id)
        return found is not None and found.name == city

    def entry(self, name: str) -> Entry | None:
        """The gazetteer's place of an official name or code, where there is exactly one."""
        if name not in self._entries:
            found = [entry for entry in self.gazetteer.named(name) if name in (entry.official, entry.code)]
            self._entries[name] = found[0] if len(found) == 1 else None
        return self._entries[name]

    def _mention_key(self, mention: PlaceMention, depth: int = 0) -> str | None:
        """The key of a mentioned place, made of the words as read; none where it is unresolved."""
        if mention.code:
            return mention.code
        if (entry := self.entry(mention.official)) and entry.city == mention.city:
            return entry_key(entry)
        scope = self._scope(mention, depth)
        return scoped_key(scope, mention.official)[:KEY_LENGTH] if scope else None

    def _scope(self, mention: PlaceMention, depth: int) -> str | None:
        """The key of what lies above: the parent where it is known, else the 盟市."""
        for name in (mention.parent, mention.city):
            if not name or name == mention.official or depth > DEEPEST:
                continue
            if entry := self.entry(name):
                return entry_key(entry)
            above = [m for m in self._mentions.get(name, ()) if m.city == mention.city]
            keys = {self._mention_key(m, depth + 1) for m in above} - {None}
            if len(keys) == 1:
                return keys.pop()
        return None

    def _settle(
        self, key: str, name: str, level: str, code: str | None, parent: Place | None, city: Place | None
    ) -> Place:
        """The stored place of a key, with what was missing filled in, or a new one."""
        place = self.known.get(key) or self._same_below(key, name, parent)
        if place is None:
            values = fitted(Place, {"name": name, "level": level, "code": code})
            place = Place(origin=RecordOrigin.IMPORTED.value, parent=parent, city=city, **values)
            self.known.make(place)
            self.known.remember(key, place.name, place)
            self.result.add("places", Outcome.CREATED)
            return place
        wanted: Values = {"parent_id": parent.pk if parent else None, "city_id": city.pk if city else None}
        if place.state != RecordState.REJECTED and (new := differences(place, wanted, fill_only=True)):
            for field, value in new.items():
                setattr(place, field, value)
            self.known.pending.change(place, new)
            self.result.add("places", Outcome.UPDATED)
        return place

    def _same_below(self, key: str, name: str, parent: Place | None) -> Place | None:
        """The one place of this name right below a parent that is known by another key, as after a merge."""
        if parent is None:
            return None
        bearing = self.known.bearing(name)
        found = [place for place in bearing if place.parent_id == parent.pk and place.code is None]
        if len(found) != 1:
            return None
        self.known.remember(key, name, found[0])
        return found[0]


@transaction.atomic
def load_gazetteer_places(gazetteer: Gazetteer) -> LoadResult:
    """Stores Inner Mongolia's places with their other names and centres; a second time writes nothing."""
    result = LoadResult()
    entries = [entry for entry in gazetteer.entries if entry.at_home]
    pending = Pending()
    known = KnownPlaces(Place, PlaceName, pending)
    known.fetch(entry_key(entry) for entry in entries)
    pending.expect(Place, known.count_unknown())
    known.fetch(names=(entry.official for entry in entries if not known.get(entry_key(entry))))
    book = PlaceBook(gazetteer, known, result)
    places = [(entry, book.of_entry(entry)) for entry in entries]
    pending.flush()
    pending.index_stored("place", _add_names(places))
    _add_centres(places)
    pending.flush()
    return result


def _add_names(places: list[tuple[Entry, Place]]) -> set[int]:
    """Adds the other names of places, each within what lies above, where the key is free.

    Gives the ids of the places that got one. The gazetteer knows misprints too; they are no names.
    """
    printed = {
        name.lstrip("?=")
        for table, columns in (("inner_mongolia", 5), ("zones", 3), ("seats", 3), ("sites", 3))
        for row in rows(table, columns)
        for name in row[-1].split()
    }
    wanted = {
        scoped_key(entry.parent_code or "", name): (place, name)
        for entry, place in reversed(places)
        for name, _kind in entry.names
        if name in printed
    }
    held = set(PlaceName.objects.filter(key__in=wanted).values_list("key", flat=True))
    names = [PlaceName(place=p, name=n, key=key) for key, (p, n) in wanted.items() if key not in held]
    PlaceName.objects.bulk_create(names, batch_size=500)
    return {name.place_id for name in names}


def _add_centres(places: list[tuple[Entry, Place]]) -> None:
    """Fills in the centres of places that have none."""
    changed = []
    for entry, place in places:
        if entry.longitude is not None and place.longitude is None and "longitude" not in place.locked:
            place.longitude, place.latitude = entry.longitude, entry.latitude
            changed.append(place)
    write(changed, {"longitude", "latitude"})
