"""Whether one piece of text goes on in another: the evidence where a line, a column or a page breaks.

A piece of a sentence may stand alone between blank lines and look like a headline; what shows the
difference is its width, its commas, an unclosed quotation mark, and whether the two signs at the
break stand together elsewhere on the page (鄂|托克 where the page has 鄂托克 in other lines).
"""

import re

from importers.extract.clean import WRAP
from importers.extract.layout.blocks import Block, BlockKind, prose_block
from importers.extract.layout.lines import OPENER

_CUT_TAIL = re.compile("[，、,：:；;—]$")
_FIGURE = re.compile(r"\d+[余多]?[个名人次件户家项条元万亿场处支]")
# 在……中，/ 通过…… / 会上，: words that sentences begin with and headlines seldom do.
_SENTENCE_HEAD = re.compile(
    "在[^，,]{2,24}[中上里下后时前]，|通过|经过|随着|自从?|据|目前|同时|此外|此次|其中|会上|截至|如今|不仅"
)
# 在 山 前 村 的 果 园 里 村 民 们: a long line spaced out to the column's width is prose; headlines that are
# spaced out are short.
_SPACED_OUT = re.compile(r"(?:[^\s\w]?\w[^\s\w]? ){11}")
_READ = 40_000
_OPENING_SIGNS = "“‘《（「『("
_CLOSING_SIGNS = "”’》）」』)"


class Junctions:
    """The pairs of signs that stand together on a page."""

    def __init__(self, blocks: list[Block]) -> None:
        """Keeps the lines' text, as much as a newspaper's page has."""
        self._text = "\n".join([line.text for block in blocks[:2000] for line in block.lines])[:_READ]
        self._known: dict[str, bool] = {}

    def attested(self, before: str, after: str) -> bool:
        """Whether the last sign of one text and the first of another stand together elsewhere."""
        return self._stands(before[-1:] + after[:1])

    def _stands(self, signs: str) -> bool:
        """Whether signs stand together somewhere on the page."""
        if signs not in self._known:
            self._known[signs] = signs in self._text
        return self._known[signs]

    def weight(self, before: str, after: str) -> float:
        """How well a text goes on in another, from -2 to about 4; above 0 speaks for it."""
        if OPENER.match(after):
            return -2.0
        score = 1.5 if self.attested(before, after) else 0.0
        if score and (self._stands(before[-2:] + after[:1]) or self._stands(before[-1:] + after[:2])):
            score += 1.0
        if unclosed(before[-80:]) and _closes_first(after[:60]):
            score += 2.0
        if _CUT_TAIL.search(before):
            score += 0.5
        return score - (0.5 if after[:1] in _OPENING_SIGNS else 0.0)


def unclosed(text: str) -> bool:
    """Whether a quotation mark or bracket that the text opens is still open at its end."""
    depth = 0
    for sign in text:
        if sign in _OPENING_SIGNS:
            depth += 1
        elif sign in _CLOSING_SIGNS:
            depth = max(0, depth - 1)
    return depth > 0


def _closes_first(text: str) -> bool:
    """Whether a text closes a quotation mark or bracket before it opens one."""
    sign = next((sign for sign in text if sign in _OPENING_SIGNS + _CLOSING_SIGNS), "")
    return bool(sign) and sign in _CLOSING_SIGNS


def reclaim_prose(blocks: list[Block], junctions: Junctions) -> list[Block]:
    """The blocks with those pieces of sentences that looked like headlines turned into prose."""
    result = _with_whole_credits(blocks)
    blocks = list(result)
    for i in range(len(blocks) - 2, -1, -1):
        block, after = blocks[i], result[i + 1]
        if block.kind is BlockKind.HEAD and after.kind is BlockKind.PROSE and not block.lines[0].heading:
            before = blocks[i - 1] if i else None
            if not (after.opening or after.bullet) and _is_piece(block, before, after, junctions):
                result[i] = prose_block(block.lines)
                result[i].gap = block.gap
    return result


def _with_whole_credits(blocks: list[Block]) -> list[Block]:
    """The blocks with an opening credit that a blank line cut in two (本报讯（记者 张|某））put together."""
    result: list[Block] = []
    for block in blocks:
        before = result[-1] if result else None
        prose = before is not None and before.kind is block.kind is BlockKind.PROSE
        if (
            prose
            and before is not None
            and before.opening
            and len(before.lines) < 3
            and unclosed(before.text)
        ):
            result[-1] = prose_block(before.lines + block.lines)
            result[-1].gap = before.gap
        else:
            result.append(block)
    return result


def _is_piece(block: Block, before: Block | None, after: Block, junctions: Junctions) -> bool:
    """Whether a block without a sentence's end is the beginning of the prose that follows."""
    text = block.text
    if _CUT_TAIL.search(text) and not text.endswith(("：", ":", "—")) and len(text) > 16:
        return True
    score = junctions.weight(text, after.text)
    width = after.width or 0.0
    if width >= 10 and width - 4.6 <= block.lines[-1].width <= width + 2:
        score += 1.0
        score += 1.5 if len(block.lines) > 2 else 0.0
    elif len(text) > 40 and not width:
        score += 1.5
    elif not width or block.lines[-1].width < width - 6:
        score -= 1.5
    if before is not None and before.kind is BlockKind.PROSE and before.width and not before.complete:
        score += 1.0 if abs(before.width - block.lines[-1].width) <= 2 else 0.0
    score += 1.0 if _FIGURE.search(text) else 0.0
    score += 1.0 if _SENTENCE_HEAD.match(text) else 0.0
    if _SPACED_OUT.search(text):
        return score >= 0.0
    return score + _clause_score(text) >= 2.0


def _clause_score(text: str) -> float:
    """Uneven clauses are prose's (1), clauses of one length (某某聚合力，某某谋新篇) a headline's (-1.5)."""
    clauses = re.split("[，,]| ", text.replace(WRAP, ""))
    if len(clauses) == 1:
        return 0.0
    difference = abs(len(clauses[0]) - len(clauses[1]))
    if difference == 1 and len(text) > 20:
        return 0.0
    return 1.0 if difference > 1 else -1.5
