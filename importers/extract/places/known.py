"""Which known names of a text are places there: titles, quotes and doubtful short forms are weighed here."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importers.extract.context import PageContext
from importers.extract.gazetteer.lookup import Gazetteer, Hit, hit_of
from importers.extract.gazetteer.tables import Entry
from importers.extract.places.outside import with_outside_counties
from kb.vocabulary import PlaceLevel

RANK = {level: rank for rank, level in enumerate(PlaceLevel)}
"""Where a level stands: the region is 0, a site is last."""

LEVELS = {level.value: level for level in PlaceLevel}
"""The level that a location's word stands for."""

# 《内蒙古自治区草畜平衡条例》: a document's title names no place of the report.
_TITLE = re.compile(r"《[^《》\n]{1,60}》")

# “魅力赤峰”: a short form in a slogan of a few signs. A whole quoted name is one (“鹿城”).
_SLOGAN = (
    r"“[^“”，。；！？：\n]{1,14}”|"
    # “我在赤峰学理论 ‘青春’跟党走”主题活动: a longer one is a name where the word for what it names follows.
    r"“[^“”，。；！？：\n]{15,30}”(?=[一-鿿]{0,6}(?:活动|行动|品牌|工程|计划|项目|比赛|大赛|讲堂|主题|专栏))"
)
# Most texts have no single quotes, and one sign to look for is found much sooner than one of two.
_SLOGANS = {False: re.compile(_SLOGAN), True: re.compile(rf"{_SLOGAN}|‘[^‘’，。；！？：\n]{{1,14}}’")}

# What stands before a doubtful short form that is a name: a pause, or a word after which a place comes.
_OPENING = re.compile(
    r"(?:^|[^一-鿿]|[在到从赴自往向对为是与和及让把将经于访]|走进|深入|参观|来自|位于|整个|全|原|我们|家乡|今年|近日|日前|近年来|目前|如今|今天)\Z"
)

# 赤峰市与呼伦贝尔市两地: what may stand after one: no sign that makes it another word.
_FORM_TAIL = re.compile(
    r"[镇乡村湖山河路街]|社区|街道|苏木|嘎查|草原|沙漠|沙地|小区|公园|广场|大桥|水库|口岸"
)


# 锦山镇河南东社区, 双河镇东营子村: what may follow one that begins a village's name after its township.
_VILLAGE_TAIL = re.compile(r"[一-鿿]{1,2}(?:社区|村|嘎查)")
_TOWNSHIP_END = re.compile(r"(?:[镇乡]|苏木|街道)\Z")


class Evidence(Struct, frozen=True):
    """What else speaks for a doubtful name: the places named for certain, and the page's home city."""

    named: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    home: str | None = None

    def for_shared(self, places: Sequence[Entry]) -> tuple[Entry, ...]:
        """Those that the text names in full, else those of a city that it names, else of the home city."""
        tests = (
            lambda place: place.official in self.named,
            lambda place: place.city in self.cities,
            lambda place: self.home is not None and place.city == self.home,
        )
        return next((found for test in tests if (found := tuple(filter(test, places)))), ())

    def for_word(self, place: Entry) -> bool:
        """Whether a place whose short form is an ordinary word is named in full, or is the city at hand."""
        return place.official in self.named or (
            place.level is PlaceLevel.CITY and self._about(place.official)
        )

    def _about(self, city: str) -> bool:
        return city in (self.home, *self.cities)


def evidence(hits: Iterable[Hit], home: str | None = None) -> Evidence:
    """What the certain names among some hits say."""
    places = [hit.place for hit in hits if hit.certain and hit.place]
    named = frozenset(place.official for place in places)
    return Evidence(named, frozenset(place.city for place in places if place.city and place.at_home), home)


class KnownNames(Struct, frozen=True):
    """The known names of a text, all that the scan found and those that are places there."""

    hits: Sequence[Hit]
    settled: Sequence[Hit]


def home_of(page: PageContext) -> str | None:
    """The official name of the page's home city."""
    return page.home_city.official if page.home_city else None


class Searched(Struct, frozen=True):
    """A text with the known names that a scan finds in it, and the spans of titles and of slogans."""

    plain: str
    hits: Sequence[Hit]
    held: Sequence[tuple[int, int, bool]]


def search(plain: str, gazetteer: Gazetteer) -> Searched:
    """The text searched once for all who ask which of its known names are places."""
    hits = gazetteer.scan(plain)
    return Searched(plain, hits, _held_spans(plain) if hits else ())


def settle(text: Searched, known: Evidence, hits: Sequence[Hit] | None = None) -> list[Hit]:
    """The hits that are places in this text, shared names narrowed down as far as the evidence goes.

    `hits` are those of a part of the text, where only that is asked about.
    """
    plain, held = text.plain, text.held
    settled: list[Hit] = []
    for hit in text.hits if hits is None else hits:
        before = settled[-1] if settled and settled[-1].end == hit.start else None
        if (held and _quoted(hit, held)) or _belongs_to_longer_name(plain, hit, before):
            continue
        certain = hit if hit.certain else _weighed(plain, hit, before, known)
        if certain:
            settled.append(certain)
    return with_outside_counties(plain, settled)


def _held_spans(plain: str) -> list[tuple[int, int, bool]]:
    """Spans of titles and of slogans in order, and whether it is a title."""
    titles = [(*m.span(), True) for m in _TITLE.finditer(plain)] if "《" in plain else []
    if "“" not in plain and "‘" not in plain:
        return titles
    slogans = _SLOGANS["‘" in plain].finditer(plain)
    return sorted(titles + [(*m.span(), False) for m in slogans])


def _quoted(hit: Hit, held: Sequence[tuple[int, int, bool]]) -> bool:
    """Whether a name stands in a title, or as a short form within a slogan."""
    number = bisect_left(held, (hit.start, 0, False))
    for start, end, title in held[max(0, number - 2) : number]:  # a title may stand in a quote
        if hit.end < end and (title or hit.name != hit.places[0].official):
            return title or (hit.start - start, end - hit.end) != (1, 1)
    return False


def is_short(name: str) -> bool:
    """Whether a known name goes without 市, 旗, 区 and the like, and may so be part of a longer one."""
    return name[-1] not in "市旗县区盟省镇州期棋"


def _belongs_to_longer_name(plain: str, hit: Hit, before: Hit | None) -> bool:
    """`科右前旗上海社区`: a short form right after a lower place, or before a tail, is a part of a name."""
    if not is_short(hit.name) or not hit.places:
        return False
    if before and before.place and RANK[before.place.level] > RANK[hit.places[0].level]:
        return True
    if hit.places[0].level is PlaceLevel.SITE:
        return False
    if _VILLAGE_TAIL.match(plain, hit.end) and _TOWNSHIP_END.search(plain, max(0, hit.start - 2), hit.start):
        return True
    return bool(_FORM_TAIL.match(plain, hit.end))


def _weighed(plain: str, hit: Hit, before: Hit | None, known: Evidence) -> Hit | None:
    """A doubtful hit with the places that remain; None where nothing shows that it is a name."""
    if before and before.place:
        below = tuple(p for p in hit.places if before.place.official in (p.parent, p.city))
        return _left_with(hit, below)
    if not _OPENING.search(plain, max(0, hit.start - 4), hit.start):
        return None
    if len(hit.places) == 1:
        return replace(hit, certain=True) if known.for_word(hit.places[0]) else None
    return _left_with(hit, known.for_shared(hit.places))


def _left_with(hit: Hit, places: tuple[Entry, ...]) -> Hit | None:
    """A hit with the places that remain of those it may name; None where none does."""
    return hit_of(hit.start, hit.end, hit.name, places, len(places) == 1) if places else None
