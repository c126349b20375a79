"""Blocks → bodies: which pieces of prose make one text, wherever they stand on the page.

One pass over the blocks. A piece of prose begins a new body or goes on with one that is there
already; `_RULES` says which, the first rule that speaks decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from importers.extract.bylines import Byline
from importers.extract.layout_blocks import Block, BlockKind
from importers.extract.layout_captions import caption_starts, lone_captions
from importers.extract.layout_junctions import OPENER, Junctions
from kb.vocabulary import FurnitureKind


@dataclass(slots=True)
class Body:
    """The blocks of one text in reading order and the credits that belong to it."""

    start: int
    """Index of its first block."""
    blocks: list[Block] = field(default_factory=list)
    """Prose and the sub-headlines between it."""
    bylines: list[Byline] = field(default_factory=list)
    credit_blocks: list[Block] = field(default_factory=list)
    closed: bool = False
    """A closing credit stood at its end."""
    marked: bool = False
    """A byline, 本报讯 or a bullet stood at its beginning."""
    caption: bool = False
    bullet: str = ""
    end: int = 0
    """Index of its last block."""
    inner_heads: list[int] = field(default_factory=list)
    own_head: int | None = None
    """Index of the headline block that a bullet ties to it."""

    @property
    def open(self) -> bool:
        """Whether its text stops in mid-sentence."""
        return not self.closed and not self.blocks[-1].complete

    @property
    def width(self) -> float:
        """Width of the column that its last piece stands in."""
        return self.blocks[-1].width


@dataclass(slots=True)
class Bodies:
    """What the assembly of a page yields: bodies, headline blocks left over, bylines under headlines."""

    bodies: list[Body] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    """Indexes of headline blocks that may be an article's title."""
    head_bylines: dict[int, Block] = field(default_factory=dict)
    """Byline blocks that stand under a headline whose text is elsewhere, by the headline's index."""
    doubtful: list[int] = field(default_factory=list)
    """Indexes of headline blocks that may be a title or a sub-headline."""


_BULLET = re.compile("[●■◆▲★◇○▶►※☆▪•◎❖✦♦▼]")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、．.是要]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．])"
)


class Assembly:
    """The state of one pass over a page's blocks."""

    def __init__(self, blocks: list[Block], junctions: Junctions) -> None:
        """Finds the captions first: a credit with 摄 says where a caption ends."""
        self.blocks = blocks
        self.junctions = junctions
        self.captions = caption_starts(blocks)
        self.result = Bodies()
        self.current: Body | None = None
        self.pending: Block | None = None
        self.heads: list[int] = []
        self.after_column = False
        self.markers = sum(1 for block in blocks if _marks_start(block))

    def run(self) -> Bodies:
        """The bodies of the page, in the order of their first lines."""
        for i in lone_captions(self.blocks):
            self.blocks[i].kind, self.blocks[i].furniture = BlockKind.FURNITURE, FurnitureKind.CAPTION
        for i, block in enumerate(self.blocks):
            if block.kind is BlockKind.PROSE:
                self._prose(i, block)
            elif block.kind is BlockKind.BYLINE:
                self._byline(i, block)
            elif block.kind is BlockKind.HEAD:
                self.heads.append(i)
            elif block.kind is BlockKind.COLUMN:
                self.after_column = True
            elif block.furniture is FurnitureKind.JUMP and self.current is not None and "转" in block.text:
                self.current.closed = True
        self.result.heads.extend(self.heads)
        return self.result

    # ------------------------------------------------------------ prose

    def _prose(self, i: int, block: Block) -> None:
        """Begins a body with a piece of prose or goes on with one."""
        target = next(answer for rule in _RULES if (answer := rule(self, i, block)) is not None)
        if isinstance(target, Body):
            self._continue(target, i, block)
        else:
            self._begin(i, block)
        self.heads, self.after_column, self.pending = [], False, None

    def _begin(self, i: int, block: Block) -> None:
        """A new body; the headlines since the last prose may be titles."""
        body = Body(i, [block], end=i, bullet=block.bullet, caption=i in self.captions)
        if self.heads and _BULLET.match(self.blocks[self.heads[-1]].text):
            body.own_head = self.heads.pop()
            body.bullet = self.blocks[body.own_head].text[0]
        body.marked = bool(block.opening or self.pending or block.bullet)
        if self.pending is not None and self.pending.byline is not None:
            body.bylines.append(self.pending.byline)
            body.credit_blocks.append(self.pending)
        self.result.heads.extend(self.heads)
        self.result.bodies.append(body)
        self._take_credits(body, block)

    def _continue(self, body: Body, i: int, block: Block) -> None:
        """The next piece of a body; headlines between two whole sentences of it are its sub-headlines."""
        if body is self.current and not body.open and body.end < min(self.heads, default=i):
            body.blocks.extend(self.blocks[h] for h in self.heads)
            body.inner_heads.extend(self.heads)
        else:
            self.result.heads.extend(self.heads)
        body.blocks.append(block)
        body.end = i
        self._take_credits(body, block)

    def _take_credits(self, body: Body, block: Block) -> None:
        """Hands the credits inside a piece of prose to its body."""
        body.bylines.extend(credit for credit in (block.opening, block.closing) if credit is not None)
        body.closed = block.closing is not None and not _only_reprint(block.closing)
        self.current = body

    # ------------------------------------------------------------ bylines

    def _byline(self, i: int, block: Block) -> None:
        """Ties a byline's line to the text that it opens or closes, or to the headline above it."""
        after = self._next(i)
        closes = block.byline is not None and (
            block.byline.photo or block.text[0] in "（(" or bool(block.byline.reprinted_from)
        )
        if closes and self.current is not None and not self.heads and not self.pending:
            self._close(self.current, block)
        elif after is not None and after.kind is BlockKind.PROSE and not after.opening:
            self.pending = block
        elif self.heads and not self._heads_a_text(i):
            self.result.head_bylines[self.heads[-1]] = block
        elif closes and self.current is not None:
            self._close(self.current, block)
        elif after is None or (self.current is not None and self.current.open is False and not self.heads):
            if self.current is not None:
                self._close(self.current, block)
        else:
            self.pending = block

    def _close(self, body: Body, block: Block) -> None:
        """Ends a body with the credit that follows it."""
        if block.byline is not None:
            body.bylines.append(block.byline)
            body.credit_blocks.append(block)
            body.closed = body.closed or not _only_reprint(block.byline)

    def _next(self, i: int) -> Block | None:
        """The next block that is no furniture."""
        return next((b for b in self.blocks[i + 1 : i + 6] if b.kind is not BlockKind.FURNITURE), None)

    def _heads_a_text(self, i: int) -> bool:
        """Whether the headline after a byline is at once followed by prose without a byline of its own."""
        kinds = [b.kind for b in self.blocks[i + 1 : i + 6] if b.kind is not BlockKind.FURNITURE][:2]
        return kinds == [BlockKind.HEAD, BlockKind.PROSE]

    # ------------------------------------------------------------ headline or sub-headline

    def is_title_ahead(self, i: int, block: Block) -> bool:
        """Whether the headlines before a piece of prose begin an article rather than a section of one."""
        score = self._title_score(i, block)
        if abs(score) < 0.75:
            self.result.doubtful.append(self.heads[-1])
        return score > 0

    def _title_score(self, i: int, block: Block) -> float:
        """The sum of what speaks for a new article (above 0) and for a section (below 0)."""
        head = self.blocks[self.heads[-1]]
        text = head.text
        current = self.current
        score = 4.0 if _BULLET.match(text) else 0.0
        if current is not None and current.marked:
            score -= 2.0
        elif self.markers >= 2:
            score -= 1.0
        if any(_NUMBERED.match(self.blocks[h].text) for h in self.heads):
            score -= 3.0
        if OPENER.match(block.text):
            score += 1.5
        if len(self.heads) > 1 or text.endswith(("：", ":")):
            score += 1.0
        if self._closing_ahead(i):
            score += 1.0
        score += 0.5 if " " in text and len(text) > 12 else -0.25
        if self._is_one_of_a_series(head):
            score -= 1.5
        return score

    def _closing_ahead(self, i: int) -> bool:
        """Whether a name in brackets ends the text that begins here before the next headline does."""
        for block in self.blocks[i : i + 30]:
            if block.kind is BlockKind.HEAD:
                return False
            if block.closing is not None or (block.kind is BlockKind.BYLINE and block.text[0] in "（("):
                return True
        return False

    def _is_one_of_a_series(self, head: Block) -> bool:
        """Whether other headlines of the page have its length and its commas, as sections' ones do."""
        shape = _shape(head.text)
        return sum(1 for b in self.blocks if b.kind is BlockKind.HEAD and _shape(b.text) == shape) > 1


def _shape(text: str) -> tuple[int, ...]:
    """Lengths of a headline's clauses."""
    return tuple(len(clause) for clause in re.split("[，, ]", text))


def _marks_start(block: Block) -> bool:
    """Whether a block shows that an article begins."""
    if block.kind is BlockKind.PROSE:
        return block.opening is not None
    return (
        block.kind is BlockKind.BYLINE
        and block.text[0] not in "（("
        and not (block.byline and block.byline.photo)
    )


def _only_reprint(byline: Byline) -> bool:
    """Whether a credit names a source and nobody."""
    return bool(byline.reprinted_from) and not byline.authors


# ---------------------------------------------------------------- the rules of precedence

Answer = Body | bool | None


def _starts_by_mark(state: Assembly, i: int, block: Block) -> Answer:
    """本报讯, a byline's line or a bullet before it: a new body."""
    if block.bullet and not _lists_in_text(state, block):
        return True
    if block.opening is not None and (
        block.opening.authors or block.opening.dateline or state.current is None
    ):
        return True
    return True if block.opening is not None or state.pending is not None or state.current is None else None


def _lists_in_text(state: Assembly, block: Block) -> bool:
    """Whether a bullet or number is one of a list inside a text (an introduction ending in ： before it)."""
    current = state.current
    if current is None or current.closed or state.heads or state.after_column:
        return False
    if current.bullet:
        return False
    return block.bullet.isdigit() or current.blocks[-1].text.endswith(("：", ":"))


def _goes_on_in_midsentence(state: Assembly, i: int, block: Block) -> Answer:
    """The last body stops in mid-sentence: this goes on with it, unless it is a caption by itself."""
    current = state.current
    if current is None or not current.open or i in state.captions:
        return None
    if _fits_better_elsewhere(state, block, current):
        return None
    if state.heads and state.junctions.weight(current.blocks[-1].text, block.text) < 0:
        return None
    return current


def _fits_better_elsewhere(state: Assembly, block: Block, current: Body) -> bool:
    """Whether a piece begins like a text of its own in a column of another width."""
    return bool(OPENER.match(block.text)) and abs(block.width - current.width) > 2.5


def _resumes_a_broken_off_text(state: Assembly, i: int, block: Block) -> Answer:
    """An earlier body stopped in mid-sentence and still waits for its end."""
    if i in state.captions:
        return None
    waiting = [body for body in state.result.bodies[-6:] if body.open and body is not state.current]
    waiting = [body for body in waiting if state.junctions.weight(body.blocks[-1].text, block.text) > -1]
    if not waiting:
        return None
    return max(waiting, key=lambda body: _fit(state, body, block))


def _fit(state: Assembly, body: Body, block: Block) -> float:
    """How well a piece goes on with a body: by the words at the break, and by the column's width."""
    words = state.junctions.weight(body.blocks[-1].text, block.text)
    same = 1.0 if abs(body.width - block.width) <= 1.5 else 0.0
    return words + same + 0.01 * body.end


def _is_caption(state: Assembly, i: int, block: Block) -> Answer:
    """A credit with 摄 ends the text that begins here: a photo's."""
    return True if i in state.captions else None


def _follows_a_column_name(state: Assembly, i: int, block: Block) -> Answer:
    """The name of a column stands right before it."""
    return True if state.after_column else None


def _follows_a_closed_text(state: Assembly, i: int, block: Block) -> Answer:
    """The last body has its closing credit: a new one, or the one that a caption had interrupted."""
    current = state.current
    if current is None or not current.closed:
        return None
    if current.caption and not state.heads and not OPENER.match(block.text):
        before = [body for body in state.result.bodies if not body.caption and not body.bullet]
        if before and not before[-1].closed and before[-1].start < current.start:
            same = abs(before[-1].width - block.width) <= 2.5
            return before[-1] if same else True
    return True


def _follows_a_headline(state: Assembly, i: int, block: Block) -> Answer:
    """A headline stands before it: an article's or a section's."""
    if not state.heads:
        return None
    return True if state.is_title_ahead(i, block) else state.current


def _is_set_apart(state: Assembly, i: int, block: Block) -> Answer:
    """A column of quite another width that begins like a text of its own."""
    current = state.current
    apart = current is not None and bool(current.width and block.width) and block.gap > 0
    if apart and current is not None and abs(current.width - block.width) > 6 and len(block.lines) > 2:
        return True if OPENER.match(block.text) and len(current.blocks[-1].lines) > 2 else None
    return None


def _goes_on(state: Assembly, i: int, block: Block) -> Answer:
    """Nothing speaks against it: the next paragraph of the last body."""
    return state.current if state.current is not None else True


# In order: printed marks, then broken sentences, then what stands between, then the layout alone.
_RULES: tuple[Callable[[Assembly, int, Block], Answer], ...] = (
    _starts_by_mark,
    _goes_on_in_midsentence,
    _is_caption,
    _resumes_a_broken_off_text,
    _follows_a_column_name,
    _follows_a_closed_text,
    _follows_a_headline,
    _is_set_apart,
    _goes_on,
)


def assemble(blocks: list[Block], junctions: Junctions) -> Bodies:
    """The bodies of a page and the headline blocks that are no sub-headline of one."""
    return Assembly(blocks, junctions).run()
