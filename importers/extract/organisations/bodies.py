"""A body found in a text, as the steps hand it on before it becomes a record."""

from bisect import bisect_left

from msgspec import Struct

from importers.extract.organisations.heads import Head
from importers.extract.organisations.tails import Tail
from kb.vocabulary import OrganisationCategory as Category


class Body(Struct, frozen=True):
    """A stretch of text that ends in a body's tail, and what was found before the tail."""

    start: int
    end: int
    tail_start: int
    tail: Tail
    text: str
    """The printed words without spaces."""
    category: Category
    name: str = ""
    """The full name, or nothing where the words tell only a kind of body."""
    head: Head | None = None
    inner: "Body | None" = None
    """The body that the name begins with: 教育局 in 教育局党支部."""

    carried: bool = False
    """Whether the head is that of the item before in a list (`市教育局、民政局`)."""

    @property
    def root(self) -> Head | None:
        """The head of the outermost body in the name."""
        return self.head or (self.inner.root if self.inner else None)

    @property
    def unresolved(self) -> bool:
        """Whether the name begins with a level whose place the article does not tell."""
        root = self.root
        return root is not None and not root.resolved


class Taken:
    """The stretches of a text that named bodies take up."""

    def __init__(self, bodies: list[Body]) -> None:
        """Keeps the spans in order; bodies come sorted by their start and do not nest."""
        spans = sorted((body.start, body.end) for body in bodies if body.name)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a stretch shares a sign with a named body."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start


def bare(text: str) -> str:
    """The text without spaces, as names are written."""
    return text.replace(" ", "").replace("\n", "")
