"""Where a name told by its form lies: by what stands before it, by the sentence, the article, the page.

The first of these that leaves exactly one answer decides; where none does, the place stays without a city.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importers.extract.context import ArticleContext, LocatedName, Location, PageContext
from importers.extract.gazetteer.lookup import HOME_REGION, Hit, location
from importers.extract.places.forms import Form
from importers.extract.places.known import LEVELS, RANK
from importers.extract.places.townships import meant_township
from importers.extract.text import BodyText
from kb.vocabulary import PlaceLevel

# 乌兰镇（巴音村）, 新华镇所辖的三道沟村: what may stand between a place and one that lies in it.
_WITHIN = re.compile(r"(?:的|所辖的?|下辖的?|辖区内?的?|境内的?|（|\s)?\Z")

# 甲村、乙村和丙村: names of one list lie in the same place.
_LISTED = re.compile(r"(?:[、，和与及]|以及|（[^（）]{0,12}）)*\Z")

LONGEST_GAP = 16
"""Signs between two names of one list, at most."""

MOST_BEFORE = 40
"""Names before one in its sentence that are asked where it lies, at most."""

_SETTLEMENTS = frozenset({PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE})


class Named(Struct, frozen=True):
    """A known place or a form at its span, with its location as far as it is known yet."""

    start: int
    end: int
    surface: str
    level: PlaceLevel
    location: Location | None
    candidates: tuple[str, ...] = ()


def merge(settled: Sequence[Hit], forms: Sequence[Form], hits: Sequence[Hit]) -> list[Named]:
    """Known places and forms in the order of the text; a form hides the known names inside it.

    `hits` are all known names, also those that are only a part of a form (`满洲里口岸`).
    """
    spans = [(form.start, form.end) for form in forms]
    kept = [_known(hit) for hit in settled if not _inside(hit, spans)]
    sure = {hit.place for hit in settled}
    first = {hit.start: hit for hit in hits if hit.place and (hit.certain or hit.place in sure)}
    told = [_told(form, first.get(form.start)) for form in forms]
    return sorted((*kept, *told), key=lambda named: (named.start, named.end))


def _inside(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a hit lies in one of some spans, which are in order."""
    index = bisect_right(spans, (hit.start, 1 << 60)) - 1
    return index >= 0 and hit.end <= spans[index][1]


def _told(form: Form, hit: Hit | None) -> Named:
    """A form; a site or zone that a known place's name begins lies in that place."""
    named = Named(form.start, form.end, form.name, form.level, None)
    if hit and hit.place and form.level in (PlaceLevel.SITE, PlaceLevel.ZONE):
        return replace(named, location=_beneath(named, location(hit.place)))
    return named


def _known(hit: Hit) -> Named:
    """A known place; of several that share the name, what is common to all."""
    if hit.place:
        return Named(hit.start, hit.end, hit.name, hit.place.level, location(hit.place))
    cities = {place.city for place in hit.places}
    level = hit.places[0].level
    city = cities.pop() if len(cities) == 1 else None
    shared = Location(hit.name, level.value, None, city, city)
    return Named(hit.start, hit.end, hit.name, level, shared, tuple(place.official for place in hit.places))


class Resolver:
    """Gives the forms of one article their places."""

    def __init__(self, text: BodyText, page: PageContext, hints: ArticleContext | None) -> None:
        """Takes the text, and what is known of the page and the article already."""
        self._text = text
        self._page = page
        self._hints = hints
        self._sentences = [start for start, _ in text.sentences]
        self._township: Location | None = None

    def located(self, names: Sequence[Named]) -> tuple[LocatedName, ...]:
        """The names with their locations, in the same order."""
        joined = self._joined(names)
        elsewhere = _by_name(joined)
        self._township = _only_township(joined)
        done: list[Named] = []
        for index, named in enumerate(names):
            if named.location is None:
                place = self._above(named, done) or elsewhere.get(named.surface)
                named = replace(named, location=place or self._by_context(index, names))
            done.append(named)
        return tuple(self._row(named) for named in done)

    def _joined(self, names: Sequence[Named]) -> list[Named]:
        """The names, with the locations that the places right before them give."""
        done: list[Named] = []
        for named in names:
            done.append(named if named.location else replace(named, location=self._above(named, done)))
        return done

    def _row(self, named: Named) -> LocatedName:
        """The record of a name; one that nothing locates is known by its printed name alone."""
        place = named.location or Location(named.surface, named.level.value)
        surface = self._text.quote(named.start, named.end)
        return LocatedName(named.start, named.end, surface, place, named.candidates)

    def _above(self, named: Named, done: Sequence[Named]) -> Location | None:
        """The location of a name, where a place stands right before it or before the list that it is in."""
        before = done[-1] if done else None
        if before is None or before.location is None or named.start - before.end > LONGEST_GAP:
            return None
        if before.location.code == HOME_REGION:
            return None  # `内蒙古双山村` does not say in which city
        gap = self._text.plain[before.end : named.start]
        if RANK[before.level] < RANK[named.level] and _WITHIN.match(gap):
            return _meant_beneath(named, before.location)
        if before.level is named.level and _LISTED.match(gap):
            above = _parent(before.location)
            return _beneath(named, above) if above else None
        return None

    def _by_context(self, index: int, names: Sequence[Named]) -> Location | None:
        """The location of a name that nothing stands before."""
        above = self._sentence(index, names) or self._article(names[index]) or self._page.home_city
        return _beneath(names[index], above) if above else None

    def _sentence(self, index: int, names: Sequence[Named]) -> Location | None:
        """The lowest known place above the name's level in its sentence, where all there are of one city."""
        named = names[index]
        start = self._sentences[bisect_right(self._sentences, named.start) - 1]
        above = []
        for other in reversed(names[max(0, index - MOST_BEFORE) : index]):
            if other.start < start:
                break
            if other.location and other.location.city and RANK[other.level] < RANK[named.level]:
                above.append(other.location)
        return _lowest(above)

    def _article(self, named: Named) -> Location | None:
        """What the article is about: its township for a village, its county, else its city."""
        if self._hints is None:
            return None
        if named.level is PlaceLevel.VILLAGE and (self._hints.township or self._township):
            return self._hints.township or self._township
        return self._hints.county or self._hints.city


def _only_township(names: Iterable[Named]) -> Location | None:
    """The one township that an article names, if its place is known."""
    townships = {name.surface: name.location for name in names if name.level is PlaceLevel.TOWNSHIP}
    return next(iter(townships.values())) if len(townships) == 1 else None


def _lowest(above: list[Location]) -> Location | None:
    """The lowest of some places that all lie in one city; the city where several are equally low."""
    if not above or len({place.city for place in above}) > 1:
        return None
    deepest = max(_rank(place) for place in above)
    low = {place.official: place for place in above if _rank(place) == deepest}
    if len(low) == 1:
        return next(iter(low.values()))
    city = above[0].city
    return Location(city, PlaceLevel.CITY.value, None, city) if city else None


def _rank(place: Location) -> int:
    """Where a place stands in the order of levels."""
    return RANK[LEVELS[place.level]]


def _by_name(names: Iterable[Named]) -> dict[str, Location | None]:
    """For each name that has a place of its own in the article, its location; None where it has two."""
    found: dict[str, Location | None] = {}
    for named in names:
        if named.location and named.level in _SETTLEMENTS | {PlaceLevel.SITE, PlaceLevel.ZONE}:
            same = found.get(named.surface, named.location)
            found[named.surface] = same if same and same.city == named.location.city else None
    return found


def _beneath(named: Named, above: Location) -> Location:
    """A place of the name's level in another one."""
    return Location(named.surface, named.level.value, None, above.city, above.official)


def _meant_beneath(named: Named, above: Location) -> Location:
    """A place that the text prints right after the one it lies in; a township's name without its misprint."""
    location = _beneath(named, above)
    if named.level is PlaceLevel.TOWNSHIP and above.level == PlaceLevel.COUNTY:
        return replace(location, official=meant_township(above.code, named.surface))
    return location


def _parent(place: Location) -> Location | None:
    """What a place lies in, as far as its own location tells."""
    if place.parent is None:
        return None
    return Location(place.parent, PlaceLevel.COUNTY.value, None, place.city)
