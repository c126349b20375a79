"""The lines of a page with those of one article marked, and what lies far from them folded."""

from collections.abc import Sequence
from dataclasses import dataclass

CONTEXT = 4
"""Lines shown before and after each part of the article."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page as it came in, or (`hidden` > 0) so many lines that are not shown."""

    number: int
    text: str = ""
    is_own: bool = False
    hidden: int = 0


def excerpt(raw_text: str, ranges: Sequence[Sequence[int]], *, whole: bool = False) -> list[Line]:
    """The lines in and around the ranges of an article (1-based, both ends included), or all.

    Lines are counted at line feeds alone, as the extractor counts them.
    """
    texts = raw_text.split("\n")
    own: set[int] = set()
    for first, last in ranges:
        own.update(range(max(first, 1), min(last, len(texts)) + 1))
    shown = set(range(1, len(texts) + 1)) if whole else _around(own, len(texts))
    found: list[Line] = []
    previous = 0
    for number in sorted(shown):
        if number > previous + 1:
            found.append(Line(previous + 1, hidden=number - previous - 1))
        found.append(Line(number, texts[number - 1].rstrip("\r"), number in own))
        previous = number
    if previous < len(texts):
        found.append(Line(previous + 1, hidden=len(texts) - previous))
    return found


def _around(own: set[int], last: int) -> set[int]:
    """The lines and their neighbours."""
    return {
        near for number in own for near in range(max(1, number - CONTEXT), min(last, number + CONTEXT) + 1)
    }
