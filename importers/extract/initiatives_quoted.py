"""Which quoted words name an undertaking: evidence is weighed, no single sign decides.

`推出“甲乙丙丁”` has a verb that sets up, `“甲乙丙丁”驿站` a head word, `打通“最后一公里”` neither, and the
verb of a figure of speech besides. EVIDENCE lists what counts, how much, and an example of each.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from importers.extract import initiatives_words as words
from importers.extract.initiatives_heads import (
    HeadPhrase,
    head_after,
    head_before,
    names_no_initiative,
    shared_head,
)
from importers.extract.initiatives_quotes import Quoted, quote_lists, quoted_spans
from kb.vocabulary import InitiativeKind as Kind

ASSERTED = 3
"""From this weight on a quotation is taken for a name."""
DOUBTED = 2
"""With this weight it is shown to a person."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that was found, before the mentions of one undertaking are put together."""

    start: int
    end: int
    core: str
    """The name's own words, without quotes."""
    head: HeadPhrase | None = None
    weight: int = ASSERTED
    name: str = ""
    """The full name where core and head do not make it, as in names without quotes."""
    kind: Kind | None = None
    nationwide: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A quotation and what stands around it; names of one list share `left` and the outer head."""

    quoted: Quoted
    left: str
    right: str
    own: HeadPhrase | None
    shared: HeadPhrase | None
    no_initiative: bool
    in_list: bool

    @property
    def head(self) -> HeadPhrase | None:
        """The head phrase that the name goes by."""
        return self.own or self.shared


_NAME_SHAPE = re.compile("[一-龥A-Za-z0-9+·、， —-]{3,40}")
_SENTENCE_SIGN = re.compile(
    "[了吗呢吧啊嘛]$|^(?:我们|你们|他们|她们|咱|您|俺)|一定|就是|不是|没有|什么|怎么|为什么|可以"
)
_CLAUSE_BACKWARDS = re.compile("[：，]?[^，。；：、！？“”‘’《》\n]*")
_PARTS = re.compile("..[、·—].{1,20}[、·—]..")
# The name ends its phrase, or is counted: 建成“甲乙驿家”12处.
_PHRASE_END = re.compile(
    "[，。；、！？）\n]|$|[0-9一二三四五六七八九十两]{1,4}余?[个处家座所间条支台名期场次]"
)
_STRONG_AFTER_DE = frozenset({Kind.MECHANISM, Kind.CAMPAIGN, Kind.EVENT, Kind.BRAND, Kind.PROJECT})


def _bare_tail(s: Setting) -> bool:
    return s.head is None and bool(
        words.FIGURE_TAIL.search(s.quoted.inner) and not words.TELLING_TAIL.search(s.quoted.inner)
    )


def _names_little(s: Setting) -> bool:
    return (s.head is None or s.head.weak) and not words.PLAIN_TAIL.search(s.quoted.inner)


def _in_figure(s: Setting) -> bool:
    verb = words.FIGURE_LEFT.search(s.left)
    return (
        verb is not None
        and _names_little(s)
        and not words.SETTING_UP_LEFT.search(s.left, verb.end(verb.lastindex or 0))
    )


def _only_describes(s: Setting) -> bool:
    if (
        s.head
        and s.head.link != "的"
        and s.head.kind in (Kind.CAMPAIGN, Kind.PROJECT, Kind.BRAND)
        and not s.head.weak
    ):
        return False
    return bool(words.DESCRIPTIVE.fullmatch(s.quoted.inner))


# (what speaks for or against it, weight, test, printed example)
EVIDENCE: tuple[tuple[str, int, Callable[[Setting], bool], str], ...] = (
    (
        "a head word follows",
        4,
        lambda s: s.head is not None and not s.head.weak and s.head.link not in ("的", "before"),
        "“甲乙丙”志愿服务活动",
    ),
    (
        "品牌 or 项目 stands before",
        3,
        lambda s: (
            s.head is not None and s.head.link == "before" and s.head.kind in (Kind.BRAND, Kind.PROJECT)
        ),
        "打造党建品牌“甲乙丙”",
    ),
    (
        "another head word stands before",
        1,
        lambda s: (
            s.head is not None and s.head.link == "before" and s.head.kind not in (Kind.BRAND, Kind.PROJECT)
        ),
        "搭建服务平台“甲乙丙”",
    ),
    (
        "a head word follows after 的",
        3,
        lambda s: (
            s.head is not None and s.head.link == "的" and not s.head.weak and s.head.kind in _STRONG_AFTER_DE
        ),
        "“一户一方案”的办法",
    ),
    (
        "a service or work follows",
        2,
        lambda s: s.head is not None and s.head.weak and s.head.link in ("", "等"),
        "“甲乙丙”套餐式服务",
    ),
    (
        "a service or work of several parts",
        1,
        lambda s: (
            s.head is not None and s.head.weak and s.head.link == "" and bool(_PARTS.search(s.quoted.inner))
        ),
        "“双包、双带、双促”星级管理",
    ),
    (
        "a verb that sets up stands before",
        2,
        lambda s: bool(words.SETTING_UP_LEFT.search(s.left)),
        "推出“甲乙丙丁”",
    ),
    (
        "the name says itself what it is",
        2,
        lambda s: bool(words.TELLING_TAIL.search(s.quoted.inner)),
        "“甲乙工作室”",
    ),
    (
        "such an ending makes a name by itself",
        1,
        lambda s: bool(words.PLAIN_TAIL.search(s.quoted.inner)),
        "“甲乙驿站”",
    ),
    (
        "it is called so",
        3,
        lambda s: bool(words.NAMING_LEFT.search(s.left) and _PHRASE_END.match(s.right)),
        "取名为“甲乙丙”",
    ),
    (
        "it is a theme",
        3,
        lambda s: bool(words.THEME_LEFT.search(s.left)) and s.head is not None,
        "主题为“甲乙”的党日活动",
    ),
    (
        "a phrase of its own that ends there",
        1,
        lambda s: (
            bool(_NAME_SHAPE.fullmatch(s.quoted.inner)) and (s.in_list or bool(_PHRASE_END.match(s.right)))
        ),
        "推出“甲乙丙丁”，",
    ),
    (
        "a figure of speech's verb stands before",
        -3,
        _in_figure,
        "打通“甲乙丙”",
    ),
    ("it ends as figures of speech do", -3, _bare_tail, "织密“防护网”"),
    ("it only describes", -4, _only_describes, "“保姆式”服务"),
    ("it is a body, a person, an idea", -6, lambda s: s.head is None and s.no_initiative, "“甲乙”志愿者"),
    ("it is a prize", -6, lambda s: bool(words.PRIZE_LEFT.search(s.left)), "荣获“甲乙”称号"),
    ("it is speech", -6, lambda s: bool(words.SPEECH_LEFT.search(s.left)), "他说：“甲乙”"),
    ("it is a sentence", -3, lambda s: bool(_SENTENCE_SIGN.search(s.quoted.inner)), "“我们可以自己办”"),
    (
        "a formula of the Party or a common figure",
        -9,
        lambda s: s.quoted.inner in words.STOCK,
        "“三会一课”制度",
    ),
    (
        "something big or small",
        -2,
        lambda s: bool(words.BIG_OR_SMALL.fullmatch(s.quoted.inner)) and s.head is None,
        "划分“大网格”",
    ),
    ("one or two signs", -2, lambda s: len(s.quoted.inner) < 3 and (s.head is None or s.head.weak), "“学”"),
)


_FOR = tuple((weight, holds) for _, weight, holds, _ in EVIDENCE if weight > 0)
_AGAINST = tuple((weight, holds) for _, weight, holds, _ in EVIDENCE if weight < 0)


def weight_of(setting: Setting) -> int:
    """The sum of all evidence that holds for a quotation; what speaks against it only where it matters."""
    weight = sum(weight for weight, holds in _FOR if holds(setting))
    if weight < DOUBTED:
        return weight
    return weight + sum(weight for weight, holds in _AGAINST if holds(setting))


def quoted_names(plain: str) -> tuple[list[Candidate], list[Candidate], list[Quoted]]:
    """The quoted names, the doubtful ones, and all quotations of the text."""
    spans = quoted_spans(plain)
    outside_titles = [q for q in spans if not _in_title(plain, q)]
    asserted, doubted = [], []
    for names in quote_lists(plain, outside_titles):
        for setting in _settings(plain, names):
            found = _candidate(plain, setting)
            if found.weight >= ASSERTED:
                asserted.append(found)
            elif found.weight == DOUBTED:
                doubted.append(found)
    return asserted, doubted, spans


def _in_title(plain: str, quoted: Quoted) -> bool:
    """Whether the quotation stands in a document's title: 《关于“甲乙”的通知》."""
    opening = plain.rfind("《", max(0, quoted.start - 40), quoted.start)
    return opening >= 0 and "》" not in plain[opening : quoted.start]


def _settings(plain: str, names: list[Quoted]) -> list[Setting]:
    """What stands around each name of one list."""
    first, last = names[0], names[-1]
    left = _left_of(plain, first.start)
    before = head_before(plain, first.start, first.end)
    own = head_after(plain, last.end)
    shared = (shared_head(plain, own.end) if own and own.link != "等" else None) or own
    negative = names_no_initiative(plain, last.end)
    settings = []
    for quoted in names:
        mine = own if quoted is last else None
        right = plain[quoted.end : quoted.end + 8]
        outer = shared or before
        settings.append(Setting(quoted, left, right, mine, outer, negative, len(names) > 1))
    return settings


def _left_of(plain: str, start: int) -> str:
    """What stands before a quotation in its clause, with the sign before it; at most 24 signs."""
    window = plain[max(0, start - 24) : start]
    clause = _CLAUSE_BACKWARDS.match(window[::-1])
    return window[-clause.end() :] if clause and clause.end() else ""


def _candidate(plain: str, setting: Setting) -> Candidate:
    """The name with its head; a mixed name such as 青春“诗”语朗诵会 is taken whole."""
    quoted = setting.quoted
    if len(quoted.inner) <= 2 and quoted.inner not in words.STOCK and (mixed := _mixed_name(plain, quoted)):
        return mixed
    start = _chained_start(plain, setting)
    if start != quoted.start and setting.own:
        end = setting.own.end
        return Candidate(start, end, plain[start:end], setting.own, ASSERTED, plain[start:end])
    return Candidate(quoted.start, quoted.end, quoted.inner, setting.head, weight_of(setting))


_MIXED_LEFT = re.compile(rf"(?:{words.BRAND_WORDS})?$")


def _mixed_name(plain: str, quoted: Quoted) -> Candidate | None:
    """A name of which only a sign or two are quoted: 青春“诗”语朗诵会, “廉”心讲堂."""
    joined = quoted.inner + plain[quoted.end : quoted.end + 10]
    phrase = head_after(joined, 0)
    if not phrase or phrase.link or phrase.weak or phrase.end <= len(quoted.inner) + 1:
        return None
    if phrase.end - len(phrase.head) == len(quoted.inner):
        return None
    left = _MIXED_LEFT.search(plain[max(0, quoted.start - 4) : quoted.start])
    start = quoted.start - (len(left[0]) if left else 0)
    end = quoted.end + phrase.end - len(quoted.inner)
    core = plain[start:end]
    return Candidate(start, end, core, phrase, ASSERTED, core)


_CHAIN = re.compile("”(?:并举|联动|协同|同步|一体|融合|齐抓|并进|互动)的?$")


def _chained_start(plain: str, setting: Setting) -> int:
    """Where a name begins that another quoted name is a part of: “五学”联动的“甲乙式”培训模式."""
    start = setting.quoted.start
    chain = _CHAIN.search(plain[max(0, start - 6) : start])
    if not chain or not setting.own or setting.own.weak:
        return start
    opening = plain.rfind("“", max(0, start - 20), start - len(chain[0]))
    return opening if opening >= 0 else start
