"""Two texts that ran into one body, told apart by the headline and byline that follow the second.

Where headlines stand after their texts and bylines under the headlines, nothing marks the start of
the second text; a headline with a byline right after a body that has a byline already shows that
there are two, and its words show where the second begins.
"""

import re
from itertools import pairwise

from importers.extract.layout.blocks import Block, BlockKind
from importers.extract.layout.furniture import is_column_name
from importers.extract.layout.heads import is_broken_off, is_slogan
from importers.extract.layout.lines import OPENER, differ
from importers.extract.layout.state import Bodies, Body

_MOST_PARAGRAPHS = 20
_PARTED = 0.4
"""Of either headline's words so many more must stand in its own part than in the other one."""
_WORDS = re.compile("[一-龥]{2,}")


def split_bodies(blocks: list[Block], made: Bodies) -> None:
    """Divides each body that a second headline with a byline follows, where a second text begins."""
    for head in sorted(made.head_bylines):
        before = [body for body in made.bodies if body.end < head and not body.bullet]
        if before and before[-1].marked and not before[-1].caption:
            body = before[-1]
            if not any(body.end < other.start < head for other in made.bodies):
                _split(blocks, made, body, _headline(blocks, head))
    for body in list(made.bodies):
        if _under_two_headlines(blocks, made, body):
            _split_by_row(blocks, made, body)


def _under_two_headlines(blocks: list[Block], made: Bodies, body: Body) -> bool:
    """Whether a text of a few paragraphs without any mark stands below a row of just two headlines."""
    if body.marked or body.caption or body.inner_heads or not 2 <= len(body.blocks) <= _MOST_PARAGRAPHS:
        return False
    above = [block.kind is BlockKind.HEAD for block in blocks[max(0, body.start - 3) : body.start]]
    if above[-2:] != [True, True] or above == [True, True, True]:
        return False
    one, two = (blocks[body.start - n].text for n in (2, 1))
    if any(len(text) < 6 or "：" in text or is_column_name(text) or is_slogan(text) for text in (one, two)):
        return False
    return not is_broken_off(one, two)


def _split_by_row(blocks: list[Block], made: Bodies, body: Body) -> None:
    """Divides a body where the words of one headline above it end and those of the other begin."""
    one, two = (blocks[body.start - n].text for n in (2, 1))
    starts = [n for n in range(1, len(body.blocks)) if body.blocks[n - 1].complete]
    parted = {
        n: max(
            min(-_gain(body, n, first), _gain(body, n, second)) for first, second in ((one, two), (two, one))
        )
        for n in starts
    }
    best = max(parted, key=lambda n: parted[n], default=0)
    if best and parted[best] >= _PARTED:
        _divide(blocks, made, body, best)


def _headline(blocks: list[Block], head: int) -> str:
    """The words of a headline's block and of the ones right above it."""
    words = [blocks[head].text]
    while head > 0 and blocks[head - 1].kind is BlockKind.HEAD:
        head -= 1
        words.append(blocks[head].text)
    return "\n".join(words)


def _split(blocks: list[Block], made: Bodies, body: Body, headline: str) -> None:
    """Divides a body before the paragraph that begins the headline's text, if one does."""
    starts = [n for n in range(1, len(body.blocks)) if _may_start(body.blocks[n - 1], body.blocks[n])]
    # Of starts that gain as much, the last one: what stands before it says nothing of the headline.
    best = max(starts, key=lambda n: (_gain(body, n, headline), n), default=0)
    if not best or _gain(body, best, headline) < 0.3:
        return
    _divide(blocks, made, body, best)


def _divide(blocks: list[Block], made: Bodies, body: Body, best: int) -> None:
    """Makes two bodies of one, the second from its block with a number on."""
    late = Body(blocks.index(body.blocks[best]), body.blocks[best:], end=body.end)
    late.inner_heads = [h for h in body.inner_heads if h > late.start]
    body.inner_heads = [h for h in body.inner_heads if h < late.start]
    body.blocks = body.blocks[:best]
    body.end = blocks.index(body.blocks[-1])
    made.bodies.insert(made.bodies.index(body) + 1, late)


def _may_start(before: Block, block: Block) -> bool:
    """Whether a text may begin with a block: after a whole sentence, with an opening or a new width."""
    if block.kind is not BlockKind.PROSE or not before.complete:
        return False
    return bool(OPENER.match(block.text)) or differ(before.width, block.width, 1.2)


def _gain(body: Body, start: int, headline: str) -> float:
    """How much more of a headline's words stand in the second part of a body than in the first."""
    first, second = ("".join(b.text for b in part) for part in (body.blocks[:start], body.blocks[start:]))
    pairs = {a + b for word in _WORDS.findall(headline) for a, b in pairwise(word)}
    found = sum((pair in second) - (pair in first) for pair in pairs)
    return found / len(pairs) if pairs else 0.0
