"""Blocks → bodies: which pieces of prose make one text, wherever they stand on the page.

One pass over the blocks. A piece of prose begins a new body or goes on with one that is there
already (layout_rules); bylines and credits go to the text that they open or close.
"""

from importers.extract.layout.blocks import Block, BlockKind
from importers.extract.layout.captions import caption_starts, editors_notes, lone_captions
from importers.extract.layout.junctions import Junctions
from importers.extract.layout.rules import RULES
from importers.extract.layout.sections import BULLET, title_level
from importers.extract.layout.splits import split_bodies
from importers.extract.layout.state import Bodies, Body, State
from kb.vocabulary import FurnitureKind


def assemble(blocks: list[Block], junctions: Junctions) -> Bodies:
    """The bodies of a page in the order of their first lines, and what headlines are left for them."""
    for i in lone_captions(blocks):
        blocks[i].kind, blocks[i].furniture = BlockKind.FURNITURE, FurnitureKind.CAPTION
    for i in editors_notes(blocks):
        blocks[i].kind, blocks[i].furniture = BlockKind.FURNITURE, FurnitureKind.COLUMN
    state = State(blocks, junctions, caption_starts(blocks), markers=sum(map(_marks_start, blocks)))
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.PROSE:
            _read_prose(state, i, block)
        elif block.kind is BlockKind.BYLINE:
            _read_byline(state, i, block)
        elif block.kind is BlockKind.HEAD:
            state.heads.append(i)
        elif block.kind is BlockKind.COLUMN:
            state.after_column = True
        elif block.furniture is FurnitureKind.JUMP and state.current is not None and "转" in block.text:
            state.current.closed = True
    state.result.heads.extend(state.heads)
    split_bodies(blocks, state.result)
    return state.result


def _marks_start(block: Block) -> bool:
    """Whether a block shows that an article begins."""
    if block.kind is BlockKind.PROSE:
        return block.opening is not None
    photo = block.byline is not None and block.byline.photo
    return block.kind is BlockKind.BYLINE and block.text[0] not in "（(" and not photo


# ---------------------------------------------------------------- prose


def _read_prose(state: State, i: int, block: Block) -> None:
    """Begins a body with a piece of prose or goes on with one."""
    target = next(answer for rule in RULES if (answer := rule(state, i, block)) is not None)
    if isinstance(target, Body):
        _continue(state, target, i, block)
    else:
        target = _begin(state, i, block)
    target.bylines.extend(credit for credit in (block.opening, block.closing) if credit is not None)
    target.closed = block.closing is not None
    state.current = target
    state.heads, state.after_column, state.pending = [], False, None


def _begin(state: State, i: int, block: Block) -> Body:
    """A new body; the headlines since the last prose may be titles."""
    body = Body(i, [block], end=i, bullet=block.bullet, caption=i in state.captions)
    body.level = title_level(state)
    if state.heads and BULLET.match(state.blocks[state.heads[-1]].text):
        body.own_head = state.heads.pop()
        body.bullet = state.blocks[body.own_head].text[0]
    body.marked = bool(block.opening or state.pending or block.bullet)
    if state.pending is not None and state.pending.byline is not None:
        body.bylines.append(state.pending.byline)
        body.credit_blocks.append(state.pending)
    state.result.heads.extend(state.heads)
    state.result.bodies.append(body)
    return body


def _continue(state: State, body: Body, i: int, block: Block) -> None:
    """The next piece of a body; headlines between two whole sentences of it are its sub-headlines.

    A headline under a kicker (某某旗：) is the article's, wherever it was set.
    """
    kicked = any(state.blocks[h].lines[0].text.endswith(("：", ":")) for h in state.heads)
    if body is state.current and not body.open and not kicked and body.end < min(state.heads, default=i):
        body.blocks.extend(state.blocks[h] for h in state.heads)
        body.inner_heads.extend(state.heads)
    else:
        state.result.heads.extend(state.heads)
    body.blocks.append(block)
    body.end = i


# ---------------------------------------------------------------- bylines


def _read_byline(state: State, i: int, block: Block) -> None:
    """Ties a byline's line to the text that it opens or closes, or to the headline above it."""
    after, current = state.next_block(i), state.current
    closing = _is_closing(block)
    if closing and current is not None and not state.heads and not state.pending:
        _close(current, block)
    elif (
        after is not None and after.kind is BlockKind.PROSE and not (after.opening and after.opening.authors)
    ):
        state.pending = block
    elif state.heads and not _heads_a_text(state, i):
        state.result.head_bylines[state.heads[-1]] = block
    elif current is not None and (closing or after is None or not (current.open or state.heads)):
        _close(current, block)
    elif after is not None:
        state.pending = block


def _is_closing(block: Block) -> bool:
    """Whether a credit is such as stands after a text: in brackets, with 摄, or a source's name."""
    byline = block.byline
    return byline is not None and (byline.photo or block.text[0] in "（(" or bool(byline.reprinted_from))


def _close(body: Body, block: Block) -> None:
    """Ends a body with the credit that follows it."""
    if block.byline is not None:
        body.bylines.append(block.byline)
        body.credit_blocks.append(block)
        body.closed = True


def _heads_a_text(state: State, i: int) -> bool:
    """Whether the headline after a byline is at once followed by prose without a byline of its own."""
    following = [b for b in state.blocks[i + 1 : i + 6] if b.kind is not BlockKind.FURNITURE][:2]
    if [b.kind for b in following] != [BlockKind.HEAD, BlockKind.PROSE]:
        return False
    return not (following[1].bullet or following[1].opening)
