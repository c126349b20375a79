"""Which place a body's name begins with, printed or meant, and how the full name writes it.

`土左旗` is written 土默特左旗, a county carries no city (`赤峰市宁城县` is 宁城县), a township carries
its county, and a bare level (`区` in 区委) stands for the place that the article is about.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from importers.extract.context import ArticleContext, LocatedName, Location
from kb.vocabulary import PlaceLevel


class Head(Struct, frozen=True):
    """The place at the beginning of a body's name."""

    start: int
    end: int
    prefix: str
    """What the full name has in place of the printed head."""
    location: Location | None
    bare_level: bool = False
    """Whether the text prints only a level (`区` in 区委)."""

    @property
    def resolved(self) -> bool:
        """Whether the place is known."""
        return self.location is not None


# `市` in 市公安局 is a level; in 市场, 区域, 旗舰, 村民 it is not.
_LEVEL = re.compile(
    "自治区|街道|苏木(?!镇|乡|达)|社区(?!工作|医|居|矫|团|服)|嘎查(?!村)|市(?!场|民|区|容|政|内|值|面|郊)|区(?!域|块|间|内|位|级)|"
    "旗(?!帜|舰|袍|区|县|级)|县(?!区|级|域)|盟(?!员|友|市)|镇(?!街|村)|乡(?!村|土|镇|贤|亲|音|愁|情|级)|村(?!民|务|史|规|级|镇|庄|容|干|社|居)"
)
_LEVEL_AT_END = re.compile("自治区|街道|苏木|社区|嘎查|[市旗县区盟镇乡村]")
BEFORE_LEVEL = "城都各全跨镇乡嘎查街旗盟省辖名校景小牧山灾库矿园战超集农新联红党锦国农木道县发范"
_SUFFIX = re.compile("(?:省|自治区|[市盟旗县区镇乡村]|苏木|街道|嘎查|社区)$")
# A county-level word stands for the county named last; a township's or a village's only for a single one.
WIDE_LEVELS = frozenset("市旗县区盟州")
_FEW = 30
_VILLAGES = frozenset({"社区", "嘎查", "村"})
_TOWNSHIPS = frozenset({"镇", "乡", "苏木", "街道"})
_COUNTIES = (PlaceLevel.COUNTY, PlaceLevel.ZONE)
_LOW = (PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE)
# A county needs nothing above it, so that only townships and villages are asked what stands before them.
_FROM_ABOVE = (PlaceLevel.COUNTY, PlaceLevel.ZONE, PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE)
_DEPTHS = {level.value: depth for depth, level in enumerate(_FROM_ABOVE)}
_WIDE = (PlaceLevel.REGION, PlaceLevel.CITY)


class Places:
    """The place names of a body in order, without those inside others, and what levels stand for."""

    def __init__(self, context: ArticleContext) -> None:
        """Keeps the widest of the names that overlap."""
        self._context = context
        self.names: list[LocatedName] = []
        for name in sorted(context.names, key=lambda n: (n.start, -n.end)):
            relative = name.surface[:1] in "全该我本" or name.end <= name.start
            if not relative and (not self.names or name.start >= self.names[-1].end):
                self.names.append(name)
        self._starts = [name.start for name in self.names]
        self._ending: dict[str, list[LocatedName]] = {}
        self._above = _printed_above(self.names)

    def within(self, start: int, end: int) -> list[LocatedName]:
        """The names that lie between two positions; of sites only housing estates, which have bodies."""
        found = []
        for index in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            name = self.names[index]
            site = name.location.level == PlaceLevel.SITE and not name.surface.endswith("小区")
            if name.end <= end and not site:
                found.append(name)
        return found

    def across(self, position: int) -> int:
        """The end of the name that a position lies inside, or the position itself."""
        index = bisect_left(self._starts, position) - 1
        return max(position, self.names[index].end) if index >= 0 else position

    def chain_start(self, start: int) -> int:
        """Where the names standing side by side begin of which one begins at a position."""
        index = bisect_left(self._starts, start)
        while index > 0 and self.names[index - 1].end == start:
            index -= 1
            start = self.names[index].start
        return start

    def ending(self, position: int) -> Head | None:
        """The head that the names standing side by side before a position make up, if any do."""
        last = bisect_left(self._starts, position) - 1
        names = self.within(self.chain_start(self._starts[last]), position) if last >= 0 else []
        return self.chain(names) if names and names[-1].end == position else None

    def chain(self, names: list[LocatedName]) -> Head:
        """The head that names standing side by side make up (`乌海市` `乌达区`); the rest is left out."""
        run = names[:1]
        for name in names[1:]:
            if name.start != run[-1].end:
                break
            run.append(name)
        return Head(run[0].start, run[-1].end, self._written(run), run[-1].location)

    def of_location(self, location: Location, start: int, end: int) -> Head:
        """The head that a place known by its record alone makes up."""
        name = LocatedName(start, end, location.official, location)
        return Head(start, end, self._written([name]), location)

    def _written(self, run: list[LocatedName]) -> str:
        """How the full name writes a chain of places."""
        while run[0].location.official in self._above and run[0].location.level in _LOW:
            run = [self._above[run[0].location.official], *run]
        levels = [name.location.level for name in run]
        if any(level in _COUNTIES for level in levels):
            first = next(i for i, level in enumerate(levels) if level in _COUNTIES)
            wide = run[first - 1] if first and _is_common(run[first].surface) else None
            run = ([wide] if wide else []) + run[first:]
        elif len(run) > 1 and levels[0] == PlaceLevel.REGION and levels[1] == PlaceLevel.CITY:
            run = run[1:]
        text = "".join(_official(name) for name in run)
        if run[-1].location.level == PlaceLevel.TOWNSHIP and not any(lv in _COUNTIES for lv in levels):
            county = self._county_of(run[-1].location)
            text = county + _official(run[-1]) if county else text
        return text

    def _county_of(self, township: Location) -> str:
        """The official name of a township's county, where the record or the article gives it."""
        if township.parent and township.parent != township.city:
            return township.parent
        return self._context.county.official if self._context.county else ""

    def level_head(self, word: str, start: int) -> Head | None:
        """The head that a bare level stands for; unresolved where the article gives no one place."""
        location = self._meant(word, start)
        end = start + len(word)
        if location is None:
            return Head(start, end, word, None, bare_level=True)
        return replace(self.of_location(location, start, end), bare_level=True)

    def _meant(self, word: str, start: int) -> Location | None:
        """The place that a level word stands for: the article's, else the nearest named before it."""
        context = self._context
        if word in _VILLAGES:
            village = self._just_before(start) or context.village
            return village if village and village.official.endswith(word) else None
        if word == "自治区":
            return Location("内蒙古自治区", PlaceLevel.REGION)
        if word in _TOWNSHIPS and (opening := self._opening_its_sentence(word, start)) is not None:
            return opening
        for place in (context.village, context.township, context.county, context.city):
            if place is not None and _is_of(word, place):
                return place
        before = self._last_ending(word, start)
        if before is not None:
            return before
        home = context.page.home_city
        return home if home is not None and home.official.endswith(word) else None

    def _opening_its_sentence(self, word: str, start: int) -> Location | None:
        """The township of that level that a sentence of the paragraph begins with: 甲镇抓产业。镇党委…."""
        body = self._context.draft.body
        paragraph = body.rfind("\n", 0, start) + 1
        first, last = bisect_left(self._starts, paragraph), bisect_left(self._starts, start)
        names = (name for name in reversed(self.names[first:last]) if _is_of(word, name.location))
        return next((n.location for n in names if n.start == paragraph or body[n.start - 1] == "。"), None)

    def _just_before(self, start: int) -> Location | None:
        """The village named right before a position: 在甲镇乙村，村党总支…."""
        index = bisect_left(self._starts, start) - 1
        near = index >= 0 and 0 <= start - self.names[index].end <= 1
        location = self.names[index].location if near else None
        return location if location is not None and location.level == PlaceLevel.VILLAGE else None

    def _last_ending(self, word: str, start: int) -> Location | None:
        """The place of a level named last before a position; a township only where there is no other."""
        if word not in self._ending:
            self._ending[word] = [n for n in self.names if _is_of(word, n.location)]
        names = self._ending[word]
        count = bisect_right(names, start, key=lambda name: name.end)
        if not count:
            return None
        known = names[count - 1].location
        alone = word in WIDE_LEVELS or all(n.location.official == known.official for n in names[:_FEW])
        return known if alone else None


def _is_of(word: str, place: Location) -> bool:
    """Whether a level word may stand for a place: 区 for a 市辖区, for no 社区 and no 景区."""
    low = place.level in _LOW or place.level == PlaceLevel.SITE
    return place.official.endswith(word) and not (low and word in WIDE_LEVELS)


def _printed_above(names: list[LocatedName]) -> dict[str, LocatedName]:
    """For each village and township, the place that the text prints right before it somewhere."""
    above: dict[str, LocatedName] = {}
    for before, name in pairwise(names):
        deeper = _depth(before) < _depth(name) and name.location.level in _LOW
        if deeper and before.end == name.start:
            above.setdefault(name.location.official, before)
        elif name.start - before.end == 1 and name.location.level in _LOW:
            item = _same_depth(before, name, above)
            if item and item.location.official in above:
                above.setdefault(name.location.official, above[item.location.official])
    return above


def _same_depth(before: LocatedName, name: LocatedName, above: dict[str, LocatedName]) -> LocatedName | None:
    """Of the item of a list before a name and the places above it, the one of the name's level."""
    item: LocatedName | None = before
    while item is not None and _depth(name) < _depth(item) < len(_DEPTHS):
        item = above.get(item.location.official)
    return item if item is not None and _depth(item) == _depth(name) else None


def _depth(name: LocatedName) -> int:
    """How deep a place lies, a county or a zone least; what names do not begin with lies deepest."""
    return _DEPTHS.get(name.location.level, len(_DEPTHS))


def _is_common(surface: str) -> bool:
    """Whether a zone's name says nothing without its city (`高新区`)."""
    return surface in {"高新区", "经开区", "开发区", "新区", "经济技术开发区", "高新技术产业开发区"}


def _official(name: LocatedName) -> str:
    """A place as the full name writes it: short forms with their level are made official (`土左旗`)."""
    location = name.location
    if location.level in (PlaceLevel.ZONE, PlaceLevel.TOWNSHIP) and _is_misprint(name):
        return location.official
    if location.level == PlaceLevel.ZONE and len(name.surface) >= len(location.official):
        return name.surface  # 察哈尔高新技术产业开发区: no code says how a zone is written
    if location.level in (*_COUNTIES, *_WIDE) and _SUFFIX.search(name.surface):
        return location.official
    return name.surface


def _is_misprint(name: LocatedName) -> bool:
    """Whether a name was printed with one wrong sign."""
    official = name.location.official
    if official == name.surface or len(official) != len(name.surface):
        return False
    return sum(a != b for a, b in zip(name.surface, official, strict=True)) == 1


def holds_level(words: str) -> bool:
    """Whether the words hold a bare level, so that they tell a kind (`社区`, not `区域`)."""
    return _LEVEL.search(words) is not None


def level_at(plain: str, start: int, stop: int) -> str:
    """The bare level that stands at a position (`市` in 市公交公司), or nothing."""
    match = _LEVEL.match(plain, start, stop + 1)
    return match[0] if match and match.end() <= stop else ""


def level_before(plain: str, end: int, stop: int) -> str:
    """The bare level that ends at a position and begins a name there (`旗` in 旗税务局), or nothing."""
    for width in (3, 2, 1):
        begin = end - width
        if begin >= stop and _LEVEL_AT_END.fullmatch(plain, begin, end):
            generic = begin > 0 and plain[begin - 1] in BEFORE_LEVEL
            return "" if generic else plain[begin:end]
    return ""


def has_level(surface: str) -> bool:
    """Whether a place name ends in its level (`乌海市`, not 乌海)."""
    return _SUFFIX.search(surface) is not None
