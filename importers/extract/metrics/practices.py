"""Named undertakings that figures are about although they are no initiative of the article's own list.

A figure may be about a series of activities without a quoted name, about a quoted practice, or about one
of the parts that a brand is made of. Such a name ties figures together; it asserts no initiative.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from msgspec import Struct


class Practice(Struct, frozen=True):
    """A named undertaking at a span of the body, and how surely the text is about it (3 most)."""

    name: str
    start: int
    end: int
    centrality: int


class _Pattern(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    centrality: int
    needed: tuple[str, ...]
    """Words of which the text has one, or there is nothing to find."""


_PATTERNS = (
    # `开展送戏下乡、送医下乡系列活动`: a series without a quoted name, said to be carried out.
    _Pattern(
        "series",
        re.compile(
            r"(?:开展|实施|启动|举办)了?(?P<name>[^，。；：！？“”\n]{3,20}?"
            r"(?:系列活动|专项行动|专项整治|攻坚行动|提升行动|提升工程|大走访|大排查|百日行动))"
        ),
        3,
        ("系列活动", "行动", "专项整治", "提升工程", "大走访", "大排查"),
    ),
    # `对6个院落“扩门改窗”`: what is done to the things counted.
    _Pattern(
        "done to them",
        re.compile(
            r"\d[个户家栋处条座所][^，。；、“”\n]{1,8}(?P<name>“[^“”，。]{3,8}”)(?![的等、“，。和及])"
        ),
        2,
        ("“",),
    ),
    # `推行“夜话小院”`: a quoted name behind a verb of setting up.
    _Pattern(
        "set up",
        re.compile(r"(?:开展|实施|推行|推出|打造|创建|设立|开设|组建)了?(?P<name>“[^“”，。]{3,12}”)(?!的“)"),
        2,
        ("“",),
    ),
)
# `6项行动（清渠、植树、修路）`: the parts that something is made of.
_PARTS = re.compile(r"\d{1,2}[大项个类][^，。；（\n]{1,8}（(?P<parts>[^（）。\n]{6,80})）")

_MOST_LISTS = 20


def find_practices(plain: str, taken: Iterable[tuple[int, int]]) -> Iterator[Practice]:
    """The practices that the text names outside the spans of its initiatives, in no order."""
    spans = sorted(taken)
    for _, pattern, centrality, needed in _PATTERNS:
        if not any(word in plain for word in needed):
            continue
        for match in pattern.finditer(plain):
            start, end = match.span("name")
            near = spans[max(0, bisect_left(spans, (start, start)) - 2) : bisect_left(spans, (end, end))]
            if not any(first < end and start < last for first, last in near):
                yield Practice(match["name"], start, end, centrality)


def find_parts(plain: str) -> Iterator[Practice]:
    """The parts of brands and programmes that the text lists in brackets behind their number."""
    for match in islice(_PARTS.finditer(plain), _MOST_LISTS) if "（" in plain else ():
        start = match.start("parts")
        for part in re.finditer(r"[^、，；和]{3,10}", match["parts"]):
            yield Practice(part[0], start + part.start(), start + part.end(), 0)


def names_part(part: str, words: str) -> bool:
    """Whether the words hold the part's signs in their order: `模范班组` in `模范先进班组`."""
    signs = iter(words)
    return all(sign in signs for sign in part)
