"""What tells a name of an undertaking from other quoted words: evidence is weighed, none decides alone.

`推出“甲乙丙丁”` has a verb that sets up, `“甲乙丙丁”驿站` a head word, `打通“最后一公里”` neither, and the
verb of a figure of speech besides. The tables list what counts, how much, and an example of each.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from importers.extract.initiatives import words as words
from importers.extract.initiatives.heads import HeadPhrase, names_no_initiative
from kb.vocabulary import InitiativeKind as Kind

ASSERTED = 3
"""From this weight on a quotation is taken for a name."""
DOUBTED = 2
"""With this weight it is shown to a person."""


class Setting(Struct, frozen=True):
    """A quotation's words and what stands around; the names of one list share `left`, `after`, the head."""

    inner: str
    left: str
    """What stands before it in its clause, with the sign before that."""
    right: str
    """What stands right after it."""
    after: str
    """What stands after the whole list."""
    head: HeadPhrase | None
    in_list: bool
    in_title: bool = False
    """Whether the headline has it in quotes, and the text comes back to it."""


Evidence = tuple[str, int, Callable[[Setting], bool], str]
"""What it says, its weight, the test, a printed example."""

_NAME_SHAPE = re.compile("[一-龥A-Za-z0-9+·、， —-]{3,40}")
_SENTENCE_SIGN = re.compile(
    "[了吗呢吧啊嘛]$|^(?:我们|你们|他们|她们|咱|您|俺)|一定|就是|不是|没有|什么|怎么|为什么|可以"
)
_PARTS = re.compile("..[、·—].{1,20}[、·—]..")
# The name ends its phrase, or is counted: 建成“甲乙驿家”12处.
_PHRASE_END = re.compile(
    "[，。；、！？）\n]|$|[0-9一二三四五六七八九十两]{1,4}余?[个处家座所间条支台名期场次]"
)


def _linked(head: HeadPhrase, *links: str) -> bool:
    return not head.weak and head.link in links


# Evidence that a head phrase beside the quotation gives: tested with that phrase.
HEAD_EVIDENCE: tuple[tuple[str, int, Callable[[Setting, HeadPhrase], bool], str], ...] = (
    ("a head word follows", 4, lambda s, h: _linked(h, "", "等", "为主题"), "“甲乙丙”志愿服务活动"),
    (
        "a head word follows after 的",
        3,
        lambda s, h: _linked(h, "的") and h.kind is not Kind.FACILITY,
        "“一户一方案”的办法",
    ),
    (
        "品牌 or 项目 stands before",
        3,
        lambda s, h: h.link == "before" and h.kind in (Kind.BRAND, Kind.PROJECT),
        "打造党建品牌“甲乙丙”",
    ),
    (
        "another head word stands before",
        1,
        lambda s, h: h.link == "before" and h.kind not in (Kind.BRAND, Kind.PROJECT),
        "搭建服务平台“甲乙丙”",
    ),
    ("a service or work follows", 2, lambda s, h: h.weak and h.link in ("", "等"), "“甲乙丙”暖心服务"),
    (
        "a service or work of several parts",
        1,
        lambda s, h: h.weak and h.link == "" and bool(_PARTS.search(s.inner)),
        "“双包、双带、双促”星级管理",
    ),
    ("it is said to be one", 3, lambda s, h: h.link == "是", "“甲乙”是某镇打造的服务品牌"),
    ("it is a theme", 3, lambda s, h: bool(words.THEME_LEFT.search(s.left)), "主题为“甲乙”的党日活动"),
)

# Evidence in the quotation itself and before it.
OTHER_EVIDENCE: tuple[Evidence, ...] = (
    (
        "a verb that sets up stands before",
        2,
        lambda s: bool(words.SETTING_UP_LEFT.search(s.left)),
        "推出“甲乙丙丁”",
    ),
    (
        "the name says itself what it is",
        2,
        lambda s: words.ending_of(s.inner).telling,
        "“甲乙工作室”",
    ),
    (
        "such an ending makes a name by itself",
        1,
        lambda s: words.ending_of(s.inner).plain,
        "“甲乙驿站”",
    ),
    (
        "it is called a measure",
        2,
        lambda s: bool(words.MEASURE_AFTER.match(s.after)),
        "“甲乙”行动的一项重要举措",
    ),
    (
        "a place that one goes to",
        1,
        lambda s: bool(words.ending_of(s.inner).place and words.VISITED_LEFT.search(s.left)),
        "到村里的“甲乙超市”兑换",
    ),
    (
        "a place of somebody's, inside which something goes on",
        3,
        lambda s: bool(
            s.left.endswith("的") and words.ending_of(s.inner).place and words.INSIDE_RIGHT.match(s.right)
        ),
        "某嘎查的“甲乙营地”里，游客…",
    ),
    (
        "something on a telephone that one uses",
        3,
        lambda s: bool(words.ON_A_TELEPHONE.fullmatch(s.inner) and words.USED_LEFT.search(s.left)),
        "通过“码上问支书”在线留言",
    ),
    (
        "it is called so",
        3,
        lambda s: bool(words.NAMING_LEFT.search(s.left) and _PHRASE_END.match(s.right)),
        "取名为“甲乙丙”",
    ),
    (
        "it has become a place to go to",
        3,
        lambda s: bool(words.BECAME_RIGHT.match(s.right)),
        "“甲乙丙”成了孩子们的好去处",
    ),
    (
        "it is one of the means that are listed",
        3,
        lambda s: bool(words.MEANS_LEFT.search(s.left) and words.MEANS_AFTER.match(s.after)),
        "依托“甲乙丙”、“丁戊”模式等载体",
    ),
    (
        "it acts, and with a result",
        1,
        lambda s: s.left[-1:] in ("", "，") and bool(words.ACTS_RIGHT.match(s.right)),
        "“甲乙会”议定实事497件",
    ),
    ("the headline names it", 3, lambda s: s.in_title, "headline “甲乙”送到家, text 甲镇打造“甲乙”"),
    (
        "a phrase of its own that ends there",
        1,
        lambda s: bool((s.in_list or _PHRASE_END.match(s.right)) and _NAME_SHAPE.fullmatch(s.inner)),
        "推出“甲乙丙丁”，",
    ),
)


def _little_head(s: Setting) -> bool:
    return s.head is None or s.head.weak


def _in_figure(s: Setting) -> bool:
    if not _little_head(s) or words.ending_of(s.inner).plain:
        return False
    verb = words.FIGURE_LEFT.search(s.left)
    return verb is not None and not words.SETTING_UP_LEFT.search(s.left, verb.end(verb.lastindex or 0))


def _figure_tail(s: Setting) -> bool:
    if s.head is not None or s.in_title:
        return False
    return bool(words.FIGURE_TAIL.search(s.inner)) and not words.ending_of(s.inner).telling


def _only_describes(s: Setting) -> bool:
    carried_out = s.head and _linked(s.head, "", "等", "before") and s.head.kind in _CARRIED_OUT
    return not carried_out and bool(words.DESCRIPTIVE.fullmatch(s.inner))


_CARRIED_OUT = (Kind.CAMPAIGN, Kind.PROJECT, Kind.BRAND)

# What speaks against a name; weighed only where enough speaks for one.
OBJECTIONS: tuple[Evidence, ...] = (
    ("a figure of speech's verb stands before", -3, _in_figure, "打通“甲乙丙”"),
    ("it ends as figures of speech do", -3, _figure_tail, "织密“防护网”"),
    ("it only describes", -4, _only_describes, "“保姆式”服务"),
    (
        "it is a body, a person, an idea",
        -6,
        lambda s: s.head is None and names_no_initiative(s.after, 0),
        "“甲乙”志愿者",
    ),
    ("it is a prize", -6, lambda s: bool(words.PRIZE_LEFT.search(s.left)), "荣获“甲乙”称号"),
    ("a person is called so", -6, lambda s: bool(words.PERSON_LEFT.search(s.left)), "把他叫作“甲乙”"),
    ("it is speech", -6, lambda s: bool(words.SPEECH_LEFT.search(s.left)), "他说：“甲乙”"),
    ("it is a sentence", -3, lambda s: bool(_SENTENCE_SIGN.search(s.inner)), "“我们可以自己办”"),
    (
        "something big or small",
        -2,
        lambda s: s.head is None and bool(words.BIG_OR_SMALL.fullmatch(s.inner)),
        "划分“大网格”",
    ),
    ("one or two signs", -2, lambda s: len(s.inner) < 3 and _little_head(s), "“学”"),
)


def _says_nothing(s: Setting) -> bool:
    """Whether the evidence without which no quotation is a name is missing: most figures of speech."""
    return not (
        s.head
        or s.in_title
        or words.SETTING_UP_LEFT.search(s.left)
        or words.ending_of(s.inner).telling
        or words.NAMING_LEFT.search(s.left)
        or words.ending_of(s.inner).place
        or words.ON_A_TELEPHONE.fullmatch(s.inner)
        or words.MEASURE_AFTER.match(s.after)
        or words.BECAME_RIGHT.match(s.right)
        or words.MEANS_LEFT.search(s.left)
    )


def _names_by_head(s: Setting) -> bool:
    """Whether a figure of speech is a name by what follows: “领头雁”培育计划, “连心桥”工程."""
    if s.head is None or s.inner not in words.FIGURES:
        return False
    return _linked(s.head, "") and s.head.kind in _CARRIED_OUT


def weight_of(setting: Setting) -> int:
    """The sum of all evidence that holds for a quotation; nothing for formulas such as “三会一课”."""
    if (setting.inner in words.STOCK and not _names_by_head(setting)) or _says_nothing(setting):
        return 0
    weight = sum([weight for _, weight, holds, _ in OTHER_EVIDENCE if holds(setting)])
    head = setting.head
    if head:
        weight += sum([weight for _, weight, holds, _ in HEAD_EVIDENCE if holds(setting, head)])
    if weight < DOUBTED:
        return weight
    return weight + sum([weight for _, weight, holds, _ in OBJECTIONS if holds(setting)])
