"""What is known of a page while its bodies are put together: the bodies so far, and what is pending."""

from dataclasses import dataclass, field

from importers.extract.bylines.read import Byline
from importers.extract.layout.blocks import Block, BlockKind
from importers.extract.layout.junctions import Junctions


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
    level: int = 0
    """Markdown level of the headline before it, 0 where there is none."""
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


@dataclass(slots=True)
class State:
    """A page in the middle of the pass over its blocks."""

    blocks: list[Block]
    junctions: Junctions
    captions: set[int]
    """Indexes of the blocks that begin a caption."""
    result: Bodies = field(default_factory=Bodies)
    current: Body | None = None
    """The body that the last piece of prose went to."""
    pending: Block | None = None
    """A byline's line that waits for its text."""
    heads: list[int] = field(default_factory=list)
    """Indexes of the headline blocks since the last piece of prose."""
    after_column: bool = False
    """A column's name stood since the last piece of prose."""
    markers: int = 0
    """How many bylines and 本报讯 begin a text on this page."""

    def next_block(self, i: int) -> Block | None:
        """The block after an index that is no furniture, if one of the next five is."""
        return next((b for b in self.blocks[i + 1 : i + 6] if b.kind is not BlockKind.FURNITURE), None)
