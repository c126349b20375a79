"""Place names told by their form: townships, villages, zones and sites, known to no table.

The text is read once for the words of `places_words`. The last of them that cuts, a sign that is not Chinese,
or the end of a known place before a tail (镇, 嘎查, 社区, 公园) is where a name begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from importers.extract.gazetteer import Hit
from importers.extract.places_known import is_short
from importers.extract.places_words import (
    CUTTING,
    DOUBTFUL_STEMS,
    GENERIC,
    GENERIC_ENDINGS,
    GENERIC_STEMS,
    KEPT,
    MONGOLIAN_SIGNS,
    TAILS,
    WHOLE,
)
from kb.vocabulary import PlaceLevel

LONGEST = 10
"""Signs of a name before its tail, at most."""

# The Chinese signs at the end of a stretch; a number may name a quarter (迎宾19号社区).
_STEM = re.compile(r"(?:[一-鿿·]|(?<=[一-鿿])\d{1,2}(?=号))+\Z")

# 十九号, 西路, 一区: such stems are names however long they are.
_STREETWISE = re.compile(
    r"[路街巷道桥园城苑庭府里湾庄营堡寨沟滩坝梁井泉]|号|[东西南北]$|第?[一二三四五六七八九十]$"
)

# 巴彦敖包嘎查村民: the villagers of the 嘎查, not a 嘎查村.
_VILLAGERS = re.compile(r"民|级|里|干部|集体|庄|容|史|口|委会|“?两委")

# 幸福社区居民, 和谐社区党委: who is there shows that the generic stem is a name.
_BODY = re.compile(r"党|居委|居民|村民|村委|牧民|网格员|第一书记|书记|“?两委|工作人员|干部|位于|地处")

_OFFICE = ("办事处", "办")

# Each word, and the level that it shows: none for one that cuts or that is kept whole.
_LEVELS: dict[str, PlaceLevel | None] = {**dict.fromkeys((*CUTTING, *GENERIC, *KEPT)), **TAILS, **WHOLE}
_WORDS = tuple(_LEVELS)
_LEVEL = tuple(_LEVELS.values())
_KEEPS = tuple(word in KEPT for word in _WORDS)
_WHOLES = tuple(word in WHOLE for word in _WORDS)
_AUTOMATON = AhoCorasick(_WORDS, matchkind=MatchKind.LeftmostLongest)

_OPEN_ENDED = frozenset({PlaceLevel.SITE, PlaceLevel.ZONE})


@dataclass(frozen=True, slots=True)
class Form:
    """A name at a span, told by its tail; `joined` says that a place's name stands right before it."""

    start: int
    end: int
    name: str
    tail: str
    level: PlaceLevel
    joined: bool
    sure: bool
    """Whether it surely is a name: no generic stem, or one right after a place or before a body's word."""

    @property
    def stem(self) -> str:
        """What stands before the tail."""
        return self.name[: len(self.name) - len(self.tail)]


def find_forms(plain: str, hits: Sequence[Hit]) -> list[Form]:
    """Names told by their form, in order; `hits` are the known places that hold in this text."""
    return _shortened(_sure(_Reader(plain, hits).forms()))


class _Reader:
    """Goes through the words of a text once and keeps where the last boundary was."""

    def __init__(self, plain: str, hits: Sequence[Hit]) -> None:
        self._plain = plain
        self._hits = iter(hits)
        self._pending = next(self._hits, None)
        self._boundary = 0
        self._place_end = -1
        self._forms: list[Form] = []

    def forms(self) -> list[Form]:
        """Every tail with what stands before it back to the last boundary."""
        for index, start, end in _AUTOMATON.find_matches_as_indexes(self._plain):
            self._pass_places(start)
            if _KEEPS[index] or (self._pending and self._pending.start < end):
                continue
            level = _LEVEL[index]
            if level is None:
                self._boundary = end
            elif _WHOLES[index]:
                self._read_whole(start, end, _WORDS[index], level)
            elif not self._begins_name(start, level):
                self._read(start, end, _WORDS[index], level)
        return self._forms

    def _begins_name(self, start: int, level: PlaceLevel) -> bool:
        """Whether a tail's word begins a name: 嘎查营子镇 right after a banner."""
        if level is PlaceLevel.SITE or not start == self._place_end == self._boundary:
            return False
        return not self._goes_on(start)

    def _goes_on(self, start: int) -> bool:
        """Whether a site or zone ends here, which a tail right after makes a longer name."""
        return bool(self._forms) and self._forms[-1].end == start and self._forms[-1].level in _OPEN_ENDED

    def _pass_places(self, start: int) -> None:
        """Sets the boundary at the end of the known places before a word; a short form may go on with it."""
        while self._pending and self._pending.end <= start:
            if self._pending.end < start or not is_short(self._pending.name):
                self._boundary = self._place_end = self._pending.end
            self._pending = next(self._hits, None)

    def _read(self, start: int, end: int, tail: str, level: PlaceLevel) -> None:
        """Adds the name that ends with a tail, if anything stands before it."""
        found = _STEM.search(self._plain, max(self._boundary, start - LONGEST), start)
        if found:
            self._add(found.start(), start, end, tail, level)
        elif self._goes_on(start):  # 南湖 + 湿地
            self._add(self._forms.pop().start, start, end, tail, level)
        self._boundary = end

    def _read_whole(self, start: int, end: int, name: str, level: PlaceLevel) -> None:
        """Adds a name that is one of the words, right after a place."""
        if start == self._place_end:
            self._forms.append(Form(start, end, name, name[1:], level, joined=True, sure=True))
            self._place_end = end
        self._boundary = end

    def _add(self, begin: int, start: int, end: int, tail: str, level: PlaceLevel) -> None:
        """Adds a name, unless what stands before the tail is no name's."""
        if tail.endswith(_OFFICE):
            tail, end = "街道", start + len("街道")
        elif tail == "嘎查村" and _VILLAGERS.match(self._plain, end):
            tail, end = "嘎查", end - 1
        joined = begin == self._place_end
        stem = self._plain[begin:start]
        if _is_name(stem, tail, joined):
            sure = joined or stem not in DOUBTFUL_STEMS or bool(_BODY.match(self._plain, end))
            self._forms.append(Form(begin, end, self._plain[begin:end], tail, level, joined, sure))
            self._place_end = end


def _is_name(stem: str, tail: str, joined: bool) -> bool:
    """Whether a stem can name a place: no generic word, not too long."""
    if stem in DOUBTFUL_STEMS:
        return True
    if stem in GENERIC_STEMS or stem.endswith(GENERIC_ENDINGS) or (len(stem) == 1 and not joined):
        return False
    if not joined and (tail == "小区" or (tail in ("镇", "乡") and stem.endswith("城"))):
        return False  # 缩小城乡差距, 推进城镇化
    if not joined and tail == "嘎查村" and not _mongolian(stem):
        return False  # 壮大嘎查村集体经济
    return len(stem) <= 4 or (joined and len(stem) <= 8) or _long_name(stem)


def _mongolian(stem: str) -> bool:
    """Whether a stem is written as Mongolian names are, but for one sign at most."""
    return sum(sign in MONGOLIAN_SIGNS for sign in stem) >= len(stem) - (len(stem) > 3)


def _long_name(stem: str) -> bool:
    """Whether a long stem is a name: Mongolian, a people's, with a number or a street's parts."""
    return _mongolian(stem) or stem.endswith("族") or bool(_STREETWISE.search(stem))


def _sure(forms: list[Form]) -> list[Form]:
    """Without stems such as 和谐 where nothing in the text shows that a place is named so."""
    sure = {form.name for form in forms if form.sure}
    return [form for form in forms if form.name in sure]


def _shortened(forms: list[Form]) -> list[Form]:
    """Each name cut down to a shorter one of the same text that it ends in (`奔忙三星村` to 三星村)."""
    joined = {form.name for form in forms if form.joined}
    return [_cut_down(form, joined) for form in forms]


def _cut_down(form: Form, known: set[str]) -> Form:
    """The form without what stands before a known name at its end."""
    if form.joined or form.name in known:
        return form
    for skip in range(1, len(form.stem) - 1):
        if form.name[skip:] in known:
            return replace(form, start=form.start + skip, name=form.name[skip:])
    return form
