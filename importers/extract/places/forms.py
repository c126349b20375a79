"""Place names told by their form: townships, villages, zones and sites, known to no table.

The text is read once for the words of `places_words`. The last of them that cuts, a sign that is not Chinese,
or the end of a known place before a tail (镇, 嘎查, 社区, 公园) is where a name begins.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct
from msgspec.structs import replace

from importers.extract.gazetteer.lookup import Hit
from importers.extract.places.known import is_short
from importers.extract.places.stems import is_name
from importers.extract.places.words import (
    CUTTING,
    DOUBTFUL_STEMS,
    GENERIC,
    KEPT,
    MONGOLIAN_SIGNS,
    TAILS,
    WHOLE,
)
from kb.vocabulary import PlaceLevel

LONGEST = 10
"""Signs of a name before its tail, at most."""

# 家住曙光小区: where somebody lives the words before 小区 are its name.
_LIVES = re.compile(r"(?:家住|住在|位于|来到|走进)\Z")

# 丽苑小区业委会, 丽苑小区3号楼
_OF_HOUSES = re.compile(r"业委会|业主委员会|(?:临时)?党支部|\d{1,2}号楼")

# 那只亥村: after these signs 只 is no word where a township stands right before them; 三只 is.
_BEFORE_ODD = MONGOLIAN_SIGNS.union("那") - set("三五")

# 多伦诺尔镇, 准格尔召镇: with such a word after it a banner's bare name is the beginning of a longer name.
_LANDMARKS = frozenset(("诺尔", "淖尔", "浩特", "高勒", "敖包", "草原", *"淖召庙河山湖滩图沟泉"))
_LONGEST_LANDMARK = 2

# The Chinese signs at the end of a stretch; a number may name a quarter (迎宾19号社区).
_STEM = re.compile(r"(?:[一-鿿·]|(?<=[一-鿿])\d{1,2}(?=号))+\Z")

# 巴彦敖包嘎查村民: the villagers of the 嘎查, not a 嘎查村.
_VILLAGERS = re.compile(r"民|级|里|干部|集体|庄|容|史|口|委会|“?两委")

# 在平安社区举办: what is done there.
_HELD = re.compile(r"(?:举办|举行|开展|召开|启动)")

# 幸福社区居民, 和谐社区党委: who is there shows that the generic stem is a name.
_BODY = re.compile(r"党|居委|居民|村民|村委|牧民|网格员|第一书记|书记|“?两委|工作人员|干部|位于|地处")

# 正阳办胜利社区: the short form of a 街道办 before a community.
_OFFICE_ABOVE = re.compile(r"[一-鿿]{2,3}办(?=[一-鿿]{2})")

# 建设街道友谊社区: a community right after shows that the words before it name a street.
_COMMUNITY = re.compile(r"(?P<stem>[一-鿿]{2,4}?)社区")

_OFFICE = ("办事处", "办")

# Each word, and the level that it shows: none for one that cuts or that is kept whole.
# The words with a level come first: most words of a text cut, and a comparison passes them over.
_NAMING = TAILS | WHOLE
_WORDS = (*_NAMING, *(word for word in dict.fromkeys((*CUTTING, *GENERIC, *KEPT)) if word not in _NAMING))
_LEVEL = tuple(_NAMING.values())
_NAMERS = len(_LEVEL)
_KEEPS = tuple(word in KEPT for word in _WORDS)
_WHOLES = tuple(word in WHOLE for word in _WORDS)
_AUTOMATON = AhoCorasick(_WORDS, matchkind=MatchKind.LeftmostLongest)
# No word and no name has another sign, so that what stands beyond one tells nothing of the names here.
_STRETCH = re.compile(r"[一-鿿·\d]*")
_NAMED = re.compile("|".join(_NAMING))

_OPEN_ENDED = frozenset({PlaceLevel.SITE, PlaceLevel.ZONE})


class Form(Struct, frozen=True):
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
        self._starts = [hit.start for hit in hits]
        self._ends = [hit.end for hit in hits]
        self._boundary = 0
        self._place_end = -1
        self._odd = -1
        self._forms: list[Form] = []

    def forms(self) -> list[Form]:
        """Every tail with what stands before it back to the last boundary."""
        words = _words_near_tails(self._plain)
        for at in [at for at, word in enumerate(words) if word[0] < _NAMERS]:
            index, start, end = words[at]
            self._pass_places(start)
            if self._pending and self._pending.start < end:
                continue
            self._cut(words, at)
            if _WHOLES[index]:
                self._read_whole(start, end, _WORDS[index], _LEVEL[index])
            elif not self._begins_name(start, _LEVEL[index]):
                self._read(start, end, _WORDS[index], _LEVEL[index])
        return self._forms

    def _cut(self, words: Sequence[tuple[int, int, int]], at: int) -> None:
        """Sets the boundary at the last word before a tail that cuts, as far back as a name may reach."""
        stop = words[at][1] - LONGEST
        for number in range(at - 1, -1, -1):
            index, start, end = words[number]
            if end <= max(self._boundary, stop):
                return
            if index < len(_LEVEL) or _KEEPS[index] or self._hidden(start, end) or self._is_odd(start, end):
                continue
            self._boundary = end
            return

    def _hidden(self, start: int, end: int) -> bool:
        """Whether a known place shares a sign with a word."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start

    def _is_odd(self, start: int, end: int) -> bool:
        """Whether a sign that cuts elsewhere stands in a name here (`某镇` `那只亥村`)."""
        odd = start == self._place_end + 1 and self._plain[start:end] == "只"
        if odd and self._plain[start - 1] in _BEFORE_ODD:
            self._odd = end
            return True
        return False

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
            if not self._begins_longer(self._pending, start):
                self._boundary = self._place_end = self._pending.end
            self._pending = next(self._hits, None)

    def _begins_longer(self, hit: Hit, start: int) -> bool:
        """Whether a short form goes on to a word's start: 多伦 in 多伦诺尔镇, 准格尔 in 准格尔召镇."""
        if not is_short(hit.name) or not hit.place or start - hit.end > _LONGEST_LANDMARK:
            return False
        return hit.end == start or self._plain[hit.end : start] in _LANDMARKS

    def _read(self, start: int, end: int, tail: str, level: PlaceLevel) -> None:
        """Adds the name that ends with a tail, if anything stands before it."""
        if self._odd > self._boundary and (level is not PlaceLevel.VILLAGE or start - self._boundary > 4):
            self._boundary = self._odd
        found = _STEM.search(self._plain, max(self._boundary, start - LONGEST), start)
        if found:
            self._add(found.start(), start, end, tail, level)
        elif self._goes_on(start):  # 南湖 + 湿地
            self._add(self._forms.pop().start, start, end, tail, level)
        elif tail == "湖":  # 湖滨社区
            return
        self._boundary = end

    def _read_whole(self, start: int, end: int, name: str, level: PlaceLevel) -> None:
        """Adds a name that is one of the words, right after a place or right before a community."""
        below = _COMMUNITY.match(self._plain, end)
        if start == self._place_end or (below and is_name(below["stem"], "社区", joined=False)):
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
        office = _OFFICE_ABOVE.match(self._plain, begin, start) if joined else None
        begin = office.end() if office and level is PlaceLevel.VILLAGE else begin
        stem = self._plain[begin:start]
        lives = tail == "小区" and self._is_lived_in(begin, end)
        listed = self._is_listed(begin, level)
        if is_name(stem, tail, joined or lives or listed) and not self._is_nickname(begin, end, level):
            sure = joined or listed or stem not in DOUBTFUL_STEMS or self._shows_name(begin, end)
            self._forms.append(Form(begin, end, self._plain[begin:end], tail, level, joined, sure))
            self._place_end = end

    def _is_lived_in(self, begin: int, end: int) -> bool:
        """Whether a word before a 小区 or a body's word after it shows that the stem is its name."""
        lives = _LIVES.search(self._plain, max(0, begin - 2), begin)
        return bool(lives or _OF_HOUSES.match(self._plain, end))

    def _is_listed(self, begin: int, level: PlaceLevel) -> bool:
        """Whether the item of a list before is a name of the same level (`永丰镇、红旗镇`)."""
        last = self._forms[-1] if self._forms else None
        if last is None or last.level is not level or level in _OPEN_ENDED:
            return False
        return last.end == begin - 1 and self._plain[last.end] in "、和与及"

    def _is_nickname(self, begin: int, end: int, level: PlaceLevel) -> bool:
        """Whether quotes hold nothing but a would-be village (“上访村”)."""
        quoted = level not in _OPEN_ENDED and self._plain[end : end + 1] == "”"
        return quoted and self._plain[begin - 1 : begin] == "“"

    def _shows_name(self, begin: int, end: int) -> bool:
        """Whether what stands around a doubtful name shows that it is one."""
        held = self._plain.startswith("在", begin - 1) and begin > 0
        return bool(_BODY.match(self._plain, end) or (held and _HELD.match(self._plain, end)))


def _words_near_tails(plain: str) -> list[tuple[int, int, int]]:
    """Number, start and end of the words in each stretch that has a tail, in order; most have none."""
    found: list[tuple[int, int, int]] = []
    backwards, length, done = plain[::-1], len(plain), 0
    for tail in _NAMED.finditer(plain):
        if tail.start() < done:
            continue
        begin = length - _reach(backwards, length - tail.start())
        done = _reach(plain, tail.start())
        words = _AUTOMATON.find_matches_as_indexes(plain[begin:done])
        found += [(number, begin + start, begin + end) for number, start, end in words]
    return found


def _reach(text: str, start: int) -> int:
    """Where the stretch ends in which a position stands."""
    stretch = _STRETCH.match(text, start)
    return stretch.end() if stretch else start


def can_share(stem: str) -> bool:
    """Whether a stem without its tail can be an item of a list: no word of any kind is in it."""
    words = _AUTOMATON.find_matches_as_indexes(stem)
    return is_name(stem, "社区", joined=True) and all(_KEEPS[index] for index, _, _ in words)


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
