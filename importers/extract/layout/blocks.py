"""Source lines → blocks: a paragraph's piece, a headline's lines, a byline, a column's name, furniture.

A block holds lines that stand together and are of one sort. Wrapped prose is known by its lines'
equal width; where its width W is known, a last line that does not reach W ends a paragraph.
"""

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from msgspec.structs import replace

from importers.extract.bylines.inline import split_closing, split_opening
from importers.extract.bylines.read import MARKS, Byline, read_byline
from importers.extract.clean import WRAP, SourceLine
from importers.extract.layout.furniture import furniture_kind, is_column_name, marked_column
from importers.extract.layout.lines import (
    BULLET,
    LEAST_ROWS,
    column_width,
    ends_sentence,
    is_prose,
    is_row,
    joined,
    stands_over,
    stands_under,
)
from kb.vocabulary import FurnitureKind


class BlockKind(Enum):
    """What sort of thing a block of lines is."""

    PROSE = "prose"
    HEAD = "head"
    BYLINE = "byline"
    COLUMN = "column"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Block:
    """Lines of one sort that stand together, and what was read from them."""

    kind: BlockKind
    lines: list[SourceLine]
    text: str
    """Lines joined by WRAP, a paragraph's end inside the block by a line feed; no credits."""
    gap: int = 0
    """How many blank lines stand before it."""
    width: float = 0.0
    """Width of its column in full-width signs, 0 where it is not wrapped."""
    bullet: str = ""
    opening: Byline | None = None
    closing: Byline | None = None
    byline: Byline | None = None
    furniture: FurnitureKind | None = None
    rows: bool = False
    """Whether its lines are a list of figures, each a paragraph of its own."""

    @property
    def first(self) -> int:
        """Number of its first source line."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """Number of its last source line."""
        return self.lines[-1].number

    @property
    def heading(self) -> int:
        """The Markdown level of its first line, 0 where it has none."""
        return self.lines[0].heading

    @property
    def complete(self) -> bool:
        """Whether its text ends with a sentence's end."""
        return self.rows or self.closing is not None or ends_sentence(self.text)


# What begins a text of its own, whatever stands above it: a bullet, 本报讯, a 电头.
_FRESH = re.compile(BULLET.pattern + "|本报讯|本报.{0,8}月.{0,3}日[讯电]")


_PAUSE = re.compile("[，、。]")

# Credits and furniture have no full-width comma, unless a mark or a bracket sets them off.
_SPECIAL_STARTS = MARKS + "（(【[▶"


def read_blocks(lines: list[SourceLine]) -> list[Block]:
    """The blocks of a page in the order of its lines; every line that has text is in exactly one."""
    blocks: list[Block] = []
    for gap, run in _runs(lines):
        made = _split_run(run)
        made[0].gap = gap
        blocks.extend(made)
    _name_bare_bylines(blocks)
    _free_marked_titles(blocks)
    _free_lone_titles(blocks)
    return blocks


def _runs(lines: list[SourceLine]) -> list[tuple[int, list[SourceLine]]]:
    """Lines that stand together, each run with the number of blank lines before it.

    A blank line, white space before a line, a Markdown heading and a bullet begin a new run.
    """
    runs: list[tuple[int, list[SourceLine]]] = []
    run: list[SourceLine] = []
    gap, fresh = 0, True
    for line in lines:
        if not line.text:
            gap, fresh = gap + 1, True
            continue
        if fresh or _begins_a_run(line, run[-1]):
            run = [line]
            runs.append((gap, run))
        else:
            run.append(line)
        gap, fresh = 0, False
    return runs


def _begins_a_run(line: SourceLine, before: SourceLine) -> bool:
    """Whether a line begins a run of its own; the rows of a list of figures stand together."""
    if not (line.indented or line.heading or before.heading or _FRESH.match(line.text)):
        return False
    return not (is_row(line.text) and is_row(before.text))


def _split_run(run: list[SourceLine]) -> list[Block]:
    """The blocks of one run: lines that are bylines, columns or furniture stand for themselves."""
    if len(run) >= LEAST_ROWS and all(is_row(line.text) for line in run):
        return [Block(BlockKind.PROSE, run, "\n".join(line.text for line in run), rows=True)]
    blocks: list[Block] = []
    plain: list[SourceLine] = []
    for line in run:
        if "，" in line.text and line.text[0] not in _SPECIAL_STARTS:
            plain.append(line)
            continue
        # A line in mid-sentence is text, whatever it looks like by itself.
        settled = not plain or ends_sentence(plain[-1].text) or _is_set_off(line, plain[-1])
        special = _special(line, alone=len(run) == 1) if settled and len(line.text) <= 120 else None
        if special is None:
            plain.append(line)
            continue
        if plain:
            blocks += _plain_blocks(plain)
            plain = []
        blocks.append(special)
    if plain:
        blocks += _plain_blocks(plain)
    return blocks


def _is_set_off(line: SourceLine, before: SourceLine) -> bool:
    """Whether a mark or the line before (a headline's) shows that a line is not the sentence's next."""
    return line.text[0] in MARKS or (len(before.text) < 30 and not _PAUSE.search(before.text))


def _special(line: SourceLine, *, alone: bool) -> Block | None:
    """The block of a line that is a byline, a column's name or furniture by its own words."""
    text = line.text
    byline = read_byline(text)
    if byline is not None and furniture_kind(text) is not FurnitureKind.DUTY_EDITOR:
        return Block(BlockKind.BYLINE, [line], text, byline=byline)
    kind = furniture_kind(text)
    if kind is not None:
        return Block(BlockKind.FURNITURE, [line], text, furniture=kind)
    column = marked_column(line) if alone else None
    return Block(BlockKind.COLUMN, [line], column) if column else None


def _plain_blocks(lines: list[SourceLine]) -> list[Block]:
    """Headline lines, prose, headline lines: the one to three blocks that unmarked lines make."""
    if not is_prose(lines):
        return _head_blocks(lines)
    width = column_width(lines)
    top = 0
    while top < min(3, len(lines) - 1) and stands_over(lines[top], lines[top + 1 :], width):
        top += 1
    end = len(lines)
    while end - top > 1 and len(lines) - end < 3 and stands_under(lines[end - 1], lines[end - 2], width):
        end -= 1
    if not top and end == len(lines):
        return [prose_block(lines)]
    parts = [lines[:top], lines[top:end], lines[end:]]
    made = [
        [prose_block(part)] if place == 1 else _head_blocks(part) for place, part in enumerate(parts) if part
    ]
    return [block for part in made for block in part]


def _head_blocks(lines: list[SourceLine]) -> list[Block]:
    """The blocks of a headline's lines: a column's name above and a bare name below stand for themselves."""
    blocks: list[Block] = []
    column = marked_column(lines[0]) if len(lines) > 1 else None
    if column or (len(lines) > 1 and is_column_name(lines[0].text)):
        kind = BlockKind.COLUMN if column else BlockKind.HEAD
        blocks.append(Block(kind, lines[:1], column or lines[0].text))
        lines = lines[1:]
    byline = read_byline(lines[-1].text, bare_names=True) if len(lines) > 1 else None
    title = lines[:-1] if byline else lines
    blocks.append(Block(BlockKind.HEAD, title, WRAP.join(line.text for line in title)))
    if byline:
        blocks.append(Block(BlockKind.BYLINE, lines[-1:], lines[-1].text, byline=byline))
    return blocks


def prose_block(lines: list[SourceLine]) -> Block:
    """The block of running text, its opening and closing credits set apart from the text."""
    width = column_width(lines)
    text = joined(lines, width)
    bullet = BULLET.match(text)
    opening, rest = split_opening(text)
    if opening is None and bullet:
        opening, unmarked = split_opening(text[bullet.end() :])
        rest = unmarked if opening else rest
    rest, closing = split_closing(rest)
    sign = (bullet[1] or bullet[2] or "1") if bullet and not (opening and text[0] in MARKS) else ""
    return Block(BlockKind.PROSE, lines, rest, width=width, opening=opening, closing=closing, bullet=sign)


def _name_bare_bylines(blocks: list[Block]) -> None:
    """Turns a headline's block that is a bare name between headline and prose into a byline's."""
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if block.kind is BlockKind.HEAD and before.kind is BlockKind.HEAD and after.kind is BlockKind.PROSE:
            byline = read_byline(block.text, bare_names=True) if len(block.text) <= 24 else None
            if byline is not None:
                block.kind, block.byline = BlockKind.BYLINE, byline


def _free_marked_titles(blocks: list[Block]) -> None:
    """Turns columns' blocks back into headlines where one mark stands before the title of each brief.

    One ◆ before a name above a text sets off a column; two and more of six signs and longer, each
    with its text at once below, are a round-up's titles.
    """
    by_mark: dict[str, list[Block]] = {}
    for block, after in pairwise(blocks):
        if block.kind is BlockKind.COLUMN and after.kind is BlockKind.PROSE and len(block.text) >= 6:
            by_mark.setdefault(block.lines[0].text[0], []).append(block)
    for titles in by_mark.values():
        for block in titles if len(titles) > 1 else []:
            block.kind, block.text = BlockKind.HEAD, block.lines[0].text


def _free_lone_titles(blocks: list[Block]) -> None:
    """Turns columns' blocks with an icon back into headlines where the page has no other headline.

    An icon sets off a column's name; a page whose only line is set so has its title there.
    """
    if any(block.kind is BlockKind.HEAD for block in blocks):
        return
    for block in blocks:
        if block.kind is BlockKind.COLUMN and _by_icon_alone(block) and not is_column_name(block.text):
            block.kind = BlockKind.HEAD


def _by_icon_alone(block: Block) -> bool:
    """Whether nothing but an icon makes a line of six signs and more a column's name."""
    return len(block.text) >= 6 and marked_column(replace(block.lines[0], ornament=False)) is None
