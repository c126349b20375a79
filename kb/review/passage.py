"""The printed words of a doubt in their sentence, to be shown with the words marked."""

import re
from dataclasses import dataclass

from kb.models import Doubt

AROUND = 90
"""Characters that are shown on either side beyond the sentence's own, at most."""

LINES = 4
"""Lines of the newspaper page on either side of a headline."""

_ENDS = "。！？!?\n"
_LINE_NUMBER = re.compile(r"(?:第|line) ?(\d+)")


@dataclass(frozen=True, slots=True)
class Passage:
    """The marked words, their sentence around them, and what stands before and behind it."""

    lead: str
    before: str
    words: str
    after: str
    tail: str
    is_lines: bool = False
    """Whether these are lines of the page rather than a sentence."""


def passage_of(doubt: Doubt) -> Passage:
    """The passage of a doubt: in its article's body, or among the lines of its page."""
    if doubt.article is None:
        return _lines(doubt)
    body, start, end = doubt.article.body, doubt.start, doubt.end
    first = max((body.rfind(sign, 0, start) for sign in _ENDS), default=-1) + 1
    stops = [at for sign in _ENDS if (at := body.find(sign, end)) >= 0]
    last = min(stops) + 1 if stops else len(body)
    first, last = max(first, start - 2 * AROUND), min(last, end + 2 * AROUND)
    return Passage(
        lead=_cut(body[max(0, first - AROUND) : first], is_cut=first > AROUND),
        before=body[first:start],
        words=body[start:end],
        after=body[end:last],
        tail=body[last : last + AROUND].split("\n")[0] + ("…" if len(body) > last + AROUND else ""),
    )


def _cut(text: str, *, is_cut: bool) -> str:
    """What precedes a sentence within its paragraph, with a mark where more precedes it."""
    inside = text.rsplit("\n", 1)[-1]
    return ("…" if is_cut and inside == text else "") + inside


def _lines(doubt: Doubt) -> Passage:
    """The lines of the page around a headline."""
    lines = doubt.page.raw_text.split("\n")
    told = _LINE_NUMBER.search(doubt.note)
    at = int(told[1]) - 1 if told else 0
    at = at if 0 <= at < len(lines) else 0
    return Passage(
        lead="",
        before="".join(f"{line}\n" for line in lines[max(0, at - LINES) : at]),
        words=lines[at],
        after="".join(f"\n{line}" for line in lines[at + 1 : at + 1 + LINES]),
        tail="",
        is_lines=True,
    )
