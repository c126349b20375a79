"""A text cut where records begin and end, so that nested and overlapping spans can be shown side by side.

Pure: positions are Unicode code points as the tables count them; the browser, which counts UTF-16,
never sees a position.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LANES = 4
"""Underlines that fit beneath a line; deeper records share the last one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A record's span in the text: `start` of the first sign, `end` after the last."""

    key: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that the same records cover, the innermost (shortest) record first."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    """The underlines: lane (0 is next to the text) and kind."""
    is_first: bool = False
    """Whether it is the first segment in which its innermost record is the innermost."""

    @property
    def classes(self) -> str:
        """The names that the style sheet draws the underlines by: `u0-place u1-organisation`."""
        return " ".join(f"u{lane}-{kind}" for lane, kind in self.lines)

    @property
    def keys(self) -> str:
        """The records that cover it, by key."""
        return " ".join(mark.key for mark in self.marks)


def lanes(marks: Iterable[Mark]) -> dict[str, int]:
    """The lane of each record's underline: short records close to the text, no two overlapping in one.

    In `新城区石榴花志愿服务队` the place 新城区 has lane 0 and the organisation lane 1.
    """
    taken: list[list[tuple[int, int]]] = [[] for _lane in range(LANES - 1)]
    found = {}
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start, mark.key)):
        lane = next((n for n, row in enumerate(taken) if _fits(row, mark)), LANES - 1)
        if lane < LANES - 1:
            insort(taken[lane], (mark.start, mark.end))
        found[mark.key] = lane
    return found


def _fits(row: list[tuple[int, int]], mark: Mark) -> bool:
    """Whether a span is free in a row of spans that do not overlap."""
    at = bisect_left(row, (mark.start, mark.end))
    before_ends = at == 0 or row[at - 1][1] <= mark.start
    return before_ends and (at == len(row) or mark.end <= row[at][0])


def paragraphs(body: str, marks: Sequence[Mark]) -> list[list[Segment]]:
    """The paragraphs of a body, each as its segments in order; empty paragraphs are left out."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(body)]
    lane = lanes(inside)
    found, begin, seen = [], 0, set[str]()
    for paragraph in body.split("\n"):
        end = begin + len(paragraph)
        if paragraph.strip():
            here = [mark for mark in inside if mark.start < end and begin < mark.end]
            found.append(_cut(body, begin, end, here, lane, seen))
        begin = end + 1
    return found


def _cut(
    body: str, begin: int, end: int, marks: list[Mark], lane: dict[str, int], seen: set[str]
) -> list[Segment]:
    """The segments of `body[begin:end]`; `seen` gathers the records that have had a segment of their own."""
    edges = {max(mark.start, begin) for mark in marks} | {min(mark.end, end) for mark in marks}
    cuts = sorted(edges | {begin, end})
    waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    segments, over = [], list[Mark]()
    for start, stop in pairwise(cuts):
        over = [mark for mark in over if mark.end > start]
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        over.sort(key=lambda mark: (mark.end - mark.start, lane[mark.key], mark.key))
        lines = {lane[mark.key]: mark.kind for mark in reversed(over)}
        is_first = bool(over) and over[0].key not in seen
        seen.update(mark.key for mark in over[:1])
        lined = tuple(sorted(lines.items()))
        segments.append(Segment(start, body[start:stop], tuple(over), lined, is_first))
    return segments
