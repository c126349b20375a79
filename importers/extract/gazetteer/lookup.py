"""Known places: look-up by name, alias or code, near names, and a scan of a text for known names.

The tables are in `importers/data`. A name of a table is one of three kinds:

- certain: it names the place wherever it stands (`科右前旗`, `鄂尔多斯`);
- marked `?`: an ordinary word, or one that several places share (`兴和`, `鄂托克`, `青城`); the scan
  reports it as uncertain, and whoever reads the text decides with the help of what else stands there;
- marked `=`: for look-up alone (`海南` for 海南区); the scan does not report it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct

from importers.extract.context import Location
from importers.extract.gazetteer.guards import Guards
from importers.extract.gazetteer.tables import CERTAIN, LOOKUP, OFFICIAL, Entry, load_entries, load_guards
from kb.vocabulary import PlaceLevel

HOME_REGION = "150000"


class Hit(Struct, frozen=True):
    """A known name at a span of a text, and the places that it may name."""

    start: int
    end: int
    name: str
    places: tuple[Entry, ...]
    certain: bool
    place: Entry | None
    """The place, where the name has only one: asked so often that it is no property."""


def hit_of(start: int, end: int, name: str, places: tuple[Entry, ...], certain: bool) -> Hit:
    """The hit of a name that may name these places."""
    return Hit(start, end, name, places, certain, places[0] if len(places) == 1 else None)


class Gazetteer:
    """An immutable set of places with the names that each is known by."""

    def __init__(self, entries: Iterable[Entry], guards: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
        """Indexes the entries; `guards` says for a name what may not stand before and after it."""
        self.entries = tuple(entries)
        self._by_code = {entry.code: entry for entry in self.entries if entry.code}
        self._by_official = {entry.official: entry for entry in reversed(self.entries)}
        self._by_name = _index(self.entries)
        self._guards = Guards(guards)
        spoken = {name: kinds for name, kinds in self._by_name.items() if _scanned(kinds)}
        self._names = tuple(spoken)
        self._found = tuple(_best(kinds) for kinds in spoken.values())
        self._automaton = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The places that an official name, another name or a code stands for; none when it is unknown.

        More than one where the name is shared (`鄂托克`). An official name beats a short form, and a
        certain short form beats an uncertain one: `海南` is the province, not 乌海's district.
        """
        if name in self._by_code:
            return (self._by_code[name],)
        kinds = self._by_name.get(name)
        return _best(kinds)[0] if kinds else ()

    def coded(self, code: str) -> Entry | None:
        """The place that bears a six-digit code."""
        return self._by_code.get(code)

    def parent(self, entry: Entry) -> Entry | None:
        """The next place above."""
        return self._by_official.get(entry.parent) if entry.parent else None

    def city(self, entry: Entry) -> Entry | None:
        """The 盟市 that a place is or lies in; none for a region."""
        return self._by_official.get(entry.city) if entry.city else None

    def cities(self) -> tuple[Entry, ...]:
        """The leagues and cities of Inner Mongolia, by code."""
        return tuple(e for e in self.entries if e.level == PlaceLevel.CITY and e.parent_code == HOME_REGION)

    def counties(self, city_code: str) -> tuple[Entry, ...]:
        """The banners, counties and districts of a city, by code."""
        return tuple(e for e in self.entries if e.level == PlaceLevel.COUNTY and e.parent_code == city_code)

    def near(self, name: str, limit: int = 5) -> tuple[str, ...]:
        """Known names that look most like a name, best first: what a person may have meant."""
        from rapidfuzz import fuzz, process  # costs 10 ms to import, and few callers need it

        found = process.extract(name, self._names, scorer=fuzz.ratio, limit=4 * limit, score_cutoff=45)
        officials = (self._by_name[known] for known, _, _ in found)
        return tuple(dict.fromkeys(_best(kinds)[0][0].official for kinds in officials))[:limit]

    def scan(self, text: str) -> list[Hit]:
        """Known names in a text, leftmost longest, in order, without those that the context rules out."""
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            name = self._names[index]
            if self._guards.allow(name, text, start, end):
                hits.append(hit_of(start, end, name, *self._found[index]))
        return hits


def location(entry: Entry) -> Location:
    """What the extractor's context tells of a known place."""
    return Location(entry.official, entry.level.value, entry.code, entry.city, entry.parent)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package's own tables; read once in a process (about 10 ms)."""
    return Gazetteer(load_entries(), load_guards())


_Kinds = dict[int, list[Entry]]


def _index(entries: tuple[Entry, ...]) -> dict[str, _Kinds]:
    """For each name, the places that bear it, by the kind of name that it is for them."""
    index: dict[str, _Kinds] = {}
    for entry in entries:
        for name, kind in ((entry.official, OFFICIAL), *entry.names):
            index.setdefault(name, {}).setdefault(kind, []).append(entry)
    return index


def _best(kinds: _Kinds) -> tuple[tuple[Entry, ...], bool]:
    """The places for which the name is of the strongest kind, and whether that kind is certain."""
    kind = min(kinds)
    return tuple(kinds[kind]), kind <= CERTAIN and len(kinds[kind]) == 1


def _scanned(kinds: _Kinds) -> bool:
    """Whether a text is searched for the name."""
    return min(kinds) != LOOKUP
