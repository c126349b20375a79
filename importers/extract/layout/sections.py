"""Whether a headline between two pieces of prose begins an article or a section of one."""

import re

from importers.extract.layout.blocks import Block, BlockKind
from importers.extract.layout.lines import OPENER
from importers.extract.layout.state import Body, State

BULLET = re.compile("[●■◆▲★◇○▶►※☆▪•◎❖✦♦▼]")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、．.是要]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．])"
)
_NAMED = re.compile(r"[一-龥]{2,14}(?:[市县区旗盟镇乡村]|街道|社区|嘎查|苏木|局|公司|学校|医院|机关)[：:]")
_AHEAD = 30


def is_title_ahead(state: State, i: int) -> bool:
    """Whether the headlines before the prose at an index begin an article rather than a section.

    An even choice is written down as doubtful.
    """
    score = sum(evidence(state, i) for evidence in _EVIDENCE)
    if abs(score) < 0.75:
        state.result.doubtful.append(state.heads[-1])
    return score > 0


def _by_marks(state: State, i: int) -> float:
    """Where articles begin with bylines, one without is a section; a bullet (◆某某) begins a brief."""
    if BULLET.match(_head(state).text):
        return 4.0
    if state.current is not None and state.current.marked:
        return -2.0
    return -1.0 if state.markers >= 2 else 0.0


def _by_numbers(state: State, i: int) -> float:
    """一、……, （二）……: a section's."""
    return -3.0 if any(_NUMBERED.match(state.blocks[h].text) for h in state.heads) else 0.0


def _by_level(state: State, i: int) -> float:
    """A Markdown level below the title's is a section's; the title's own, where sections have a lower one."""
    level, current = _head(state).heading, state.current
    if not level or current is None or not current.level:
        return 0.0
    if level != current.level:
        return -3.0 if level > current.level else 3.0
    deeper = any(state.blocks[h].lines[0].heading > level for h in current.inner_heads)
    return 3.0 if deeper else 0.0


def _by_words(state: State, i: int) -> float:
    """A kicker, a unit's name (某某镇：……), two phrases, or a text that opens with 近日: an article's."""
    text = _head(state).text
    score = 1.5 if OPENER.match(state.blocks[i].text) else 0.0
    score += 1.0 if len(state.heads) > 1 or text.endswith(("：", ":")) else 0.0
    score += 1.0 if _NAMED.match(text) else 0.0
    return score + (0.5 if " " in text and len(text) > 12 else -0.25)


def _by_credit(state: State, i: int) -> float:
    """A name in brackets that ends the text before the next headline: an article's."""
    for block in state.blocks[i : i + _AHEAD]:
        if block.kind is BlockKind.HEAD:
            return 0.0
        if block.closing is not None or (block.kind is BlockKind.BYLINE and block.text[0] in "（("):
            return 1.0
    return 0.0


def _by_series(state: State, i: int) -> float:
    """Other headlines near it have its length and its commas, as the sections of a report do.

    Those of its own row do not count: two lines with nothing between them are no two sections.
    """
    head = _head(state)
    row = {id(state.blocks[h]) for h in state.heads}
    near = (block for block in state.blocks[max(0, i - 40) : i + 40] if block.kind is BlockKind.HEAD)
    alike = [block for block in near if len(block.text) == len(head.text) and id(block) not in row]
    return -1.5 if any(_shape(block.text) == _shape(head.text) for block in alike) else 0.0


_EVIDENCE = (_by_marks, _by_numbers, _by_level, _by_words, _by_credit, _by_series)


def _head(state: State) -> Block:
    """The last headline block before the prose in question."""
    return state.blocks[state.heads[-1]]


def _shape(text: str) -> tuple[int, ...]:
    """Lengths of a headline's clauses."""
    return tuple(len(clause) for clause in re.split("[，, ]", text))


def title_level(state: State) -> int:
    """The Markdown level of the headline before a text that begins here, 0 where there is none."""
    return next((state.blocks[h].heading for h in reversed(state.heads)), 0)


def same_text(body: Body, block: Block) -> float:
    """Share of a piece's pairs of signs that a body has as well, 0 to 1."""
    text = "".join(part.text for part in body.blocks)[-4000:]
    pairs = {block.text[n : n + 2] for n in range(min(len(block.text) - 1, 400))}
    return sum(1 for pair in pairs if pair in text) / len(pairs) if pairs else 0.0


def shares_words(line: str, text: str) -> bool:
    """Whether two signs that stand together in a line stand so in a text."""
    return any(line[n : n + 2] in text for n in range(len(line) - 1))
