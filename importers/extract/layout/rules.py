"""Whether a piece of prose begins a new text or goes on with one: the rules in their precedence.

Each rule answers True (a new text), a body (goes on with it) or None (says nothing).
"""

import re
from collections.abc import Callable

from importers.extract.clean import WRAP
from importers.extract.layout.blocks import Block
from importers.extract.layout.lines import OPENER, differ
from importers.extract.layout.sections import is_title_ahead, same_text, shares_words
from importers.extract.layout.state import Body, State

_UNIT = re.compile("[一-龥]{2}(?:街道|社区|嘎查|苏木|[镇乡旗县])")
_NEAR, _LEAD = 4, 60
"""A text that alternates with another stands at most so many blocks back; its lead is so long."""

Answer = Body | bool | None

# （上接第一版）……: the rest of a text that another page begins.
_FROM_ANOTHER_PAGE = re.compile(r"[（(【▲]?紧?上[接转]第?[A-D]?[一二三四五六七八九十\d]{1,3}版")

_MARKED = 2
"""On a page with so many bylines a report has one."""
_LEAST_SHARED = 0.12
"""Half of all paragraphs share more pairs of signs with their own article, one in ten with another."""

_WAITING = 6
"""How many bodies back a text may be that waits for its end."""


def _starts_by_mark(state: State, i: int, block: Block) -> Answer:
    """本报讯, a byline's line or a bullet before it; a list of figures, what another page begins."""
    if block.bullet and not _lists_in_text(state, block):
        return True
    if block.rows or _FROM_ANOTHER_PAGE.match(block.text):
        return True
    return True if block.opening is not None or state.pending is not None or state.current is None else None


def _lists_in_text(state: State, block: Block) -> bool:
    """Whether a bullet or number is one of a list inside a text (……如下： before it)."""
    current = state.current
    if current is None or current.closed or current.bullet or state.heads or state.after_column:
        return False
    return block.bullet.isdigit() or current.blocks[-1].text.endswith(("：", ":"))


def _names_another_text(state: State, i: int, block: Block) -> Answer:
    """In columns that alternate: the unit in the lead of a text just left off, and none of this one's."""
    current = state.current
    if current is None or i in state.captions or state.heads or state.after_column:
        return None
    if len(state.result.bodies) < 2 or OPENER.match(block.text):
        return None
    near = [b for b in state.result.bodies[-3:] if b is not current and not b.closed and i - b.end <= _NEAR]
    near = [body for body in near if not body.caption and not body.bullet]
    units = set(_UNIT.findall(_closed_up(block.text[:600]))) if near else set()
    return next((other for other in near if units and _is_about(units, other, current)), None)


def _is_about(units: set[str], other: Body, current: Body) -> bool:
    """Whether units are named that begin one text, and none that the other text names at all."""
    lead = _closed_up(other.blocks[0].text[: 2 * _LEAD])[:_LEAD]
    own = _closed_up("".join(block.text for block in current.blocks))
    return any(unit in lead for unit in units) and not any(unit in own for unit in units)


def _closed_up(text: str) -> str:
    """The text without wraps and spaces."""
    return text.replace(WRAP, "").replace(" ", "")


def _goes_on_in_midsentence(state: State, i: int, block: Block) -> Answer:
    """The last text stops in mid-sentence: this goes on with it, unless another one fits better."""
    current = state.current
    if current is None or not current.open or i in state.captions:
        return None
    if OPENER.match(block.text) and differ(block.width, current.width, 2.5):
        return None
    if state.heads and state.junctions.weight(current.blocks[-1].text, block.text) < 0:
        return None
    return _best_fit(state, block, [current, *_waiting(state, block)])


def _resumes_a_broken_off_text(state: State, i: int, block: Block) -> Answer:
    """An earlier text stopped in mid-sentence and still waits for its end."""
    waiting = _waiting(state, block) if i not in state.captions else []
    if not waiting:
        return None
    if state.current is not None and not state.current.closed and not state.heads:
        return _best_fit(state, block, [*waiting, state.current])
    return _best_fit(state, block, waiting)


def _waiting(state: State, block: Block) -> list[Body]:
    """The earlier texts that stop in mid-sentence and that a piece may go on with."""
    late = [body for body in state.result.bodies[-_WAITING:] if body is not state.current and body.open]
    return [body for body in late if state.junctions.weight(body.blocks[-1].text, block.text) > -1]


def _best_fit(state: State, block: Block, bodies: list[Body]) -> Body:
    """The text that a piece goes on with best: by the words at the break, the width, the words they share."""
    if len(bodies) == 1:
        return bodies[0]
    return max(bodies, key=lambda body: _fit(state, body, block))


def _fit(state: State, body: Body, block: Block) -> float:
    """How well a piece goes on with a text."""
    broken = 1.0 if body.open else 0.0
    same_width = max(0.0, 1 - abs(body.width - block.width) / 5)
    words = state.junctions.weight(body.blocks[-1].text, block.text) if body.open else 0.0
    return broken + same_width + words + 12 * same_text(body, block)


def _is_caption(state: State, i: int, block: Block) -> Answer:
    """A credit with 摄 ends the text that begins here: a photo's."""
    return True if i in state.captions else None


def _follows_a_column_name(state: State, i: int, block: Block) -> Answer:
    """The name of a column stands right before it."""
    return True if state.after_column else None


def _follows_a_closed_text(state: State, i: int, block: Block) -> Answer:
    """The last text has its closing credit: a new one, or the one that a caption had interrupted."""
    current = state.current
    if current is None or not current.closed:
        return None
    interrupted = _interrupted(state, current)
    if interrupted is not None and not OPENER.match(block.text) and _is_captions(state, interrupted, block):
        return True if differ(interrupted.width, block.width, 2.5) else interrupted
    return True


def _is_captions(state: State, interrupted: Body, block: Block) -> bool:
    """Whether no headline stands between a caption and a piece, or the picture's own title alone.

    Such a title has no words of the piece, and the piece has many of the text that the picture interrupts.
    """
    if not state.heads:
        return True
    if len(state.heads) > 1 or state.markers < _MARKED or not interrupted.marked:
        return False
    if shares_words(state.blocks[state.heads[0]].text, block.text):
        return False
    words = same_text(interrupted, block)
    others = [same_text(body, block) for body in state.result.bodies[-_WAITING:] if body is not interrupted]
    return words >= _LEAST_SHARED and words >= 1.5 * max(others, default=0.0)


def _interrupted(state: State, caption: Body) -> Body | None:
    """The text in whose middle a caption stands, if it does."""
    if not caption.caption:
        return None
    late = reversed(state.result.bodies[-2 * _WAITING :])
    before = next((body for body in late if not body.caption and not body.bullet), None)
    return before if before is not None and not before.closed and before.start < caption.start else None


def _follows_a_headline(state: State, i: int, block: Block) -> Answer:
    """A headline stands before it: an article's or a section's."""
    if not state.heads:
        return None
    return True if is_title_ahead(state, i) else state.current


def _is_set_apart(state: State, i: int, block: Block) -> Answer:
    """A column of quite another width that begins like a text of its own."""
    current = state.current
    if current is None or not block.gap or not differ(current.width, block.width, 6):
        return None
    several = len(block.lines) > 2 and len(current.blocks[-1].lines) > 2
    return True if several and OPENER.match(block.text) else None


def _goes_on(state: State, i: int, block: Block) -> Answer:
    """Nothing speaks against it: the next paragraph of the last text."""
    return state.current if state.current is not None else True


# In order: printed marks, then broken sentences, then what stands between, then the layout alone.
RULES: tuple[Callable[[State, int, Block], Answer], ...] = (
    _starts_by_mark,
    _names_another_text,
    _goes_on_in_midsentence,
    _is_caption,
    _resumes_a_broken_off_text,
    _follows_a_column_name,
    _follows_a_closed_text,
    _follows_a_headline,
    _is_set_apart,
    _goes_on,
)
