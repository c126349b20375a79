"""A text made ready for the search of names: its tails, its places, and what no word may cut."""

import re
from dataclasses import dataclass, field

from importers.extract.organisations.heads import Places
from importers.extract.organisations.tails import Tail, find_tails
from importers.extract.organisations.words import MASK, PLACE_MASK, last_cut

REACH = 45
"""How many signs before its tail a name may begin."""

# 蒙源（内蒙古）环保…公司: a bracketed place inside a company's name is no end of it.
_BRACKET = re.compile("（[一-鿿]{2,5}）(?=[一-鿿]{1,20}(?:公司|集团|合作社|事务所))")


@dataclass(frozen=True)
class Ground:
    """A text made ready for the search of boundaries."""

    plain: str
    places: Places
    tails: list[tuple[int, int, Tail]] = field(init=False)
    backwards: str = field(init=False)

    def __post_init__(self) -> None:
        """Finds the tails and masks what no word may cut."""
        tails = find_tails(self.plain)
        object.__setattr__(self, "tails", tails)
        spans = [(start, end, MASK) for start, end, _ in tails]
        spans += [(name.start, name.end, PLACE_MASK) for name in self.places.names]
        if "）" in self.plain:
            spans += [(*match.span(), MASK) for match in _BRACKET.finditer(self.plain)]
        object.__setattr__(self, "backwards", _masked(self.plain, spans)[::-1])

    def reach(self, end: int, stop: int) -> int:
        """How far left a name that ends before `end` may begin."""
        length = len(self.plain)
        return length - last_cut(self.backwards, length - end, length - max(stop, end - REACH, 0))


def _masked(plain: str, spans: list[tuple[int, int, str]]) -> str:
    """The text with every sign of the spans replaced by their mask, which no word holds."""
    pieces, position = [], 0
    for start, end, mask in sorted(spans):
        if end > position:
            start = max(start, position)
            pieces += [plain[position:start], mask * (end - start)]
            position = end
    return "".join([*pieces, plain[position:]])
