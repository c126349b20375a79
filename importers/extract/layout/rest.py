"""What is left of a page beside its articles: columns' names, furniture, and lines of no known kind."""

import re

from importers.extract.clean import WRAP, SourceLine, source_lines, tidy_title
from importers.extract.layout.blocks import Block, BlockKind
from importers.extract.layout.furniture import path_column
from importers.extract.layout.heads import Headline, is_slogan
from importers.extract.records import ArticleDraft, Furniture, PageLayout
from kb.vocabulary import FurnitureKind

# A list of links is no longer than this.
_MOST_LINKS = 20
# 全心全意为人民服务; 不忘初心 牢记使命: words that name no column wherever they stand alone.
_MOTTO = re.compile(
    "(?:(?:全心全意|忠诚)?为人民服务|不忘初心|牢记使命|牢记宗旨|永远跟党走|听党话|感党恩|跟党走|艰苦奋斗|自力更生"
    "|实事求是|[ ，、]){2,8}"
    "|全心全意为人民服务"
)
_MASTHEAD = (FurnitureKind.DATE, FurnitureKind.PAGE_NUMBER, FurnitureKind.NEWSPAPER)


def column_lines(blocks: list[Block], left: list[Headline]) -> list[tuple[int, str]]:
    """Index and name of each line that names a column: marked ones, and short headlines left over.

    A short name beside the date or the page's number is the page's own (要闻), no column's.
    """
    marked = [(i, tidy_title(block.text)) for i, block in enumerate(blocks) if block.kind is BlockKind.COLUMN]
    short = [(head.place, head.title) for head in left if 0 < len(head.title) <= 14 and not head.kicker]
    short = [(i, name) for i, name in short if not _MOTTO.fullmatch(name) and not is_slogan(name)]
    paths = [(i, name) for i, block in enumerate(blocks) if (name := path_column(block.text))]
    of_page = {i for i, name in short if len(name) <= 3 and _beside_masthead(blocks, i)}
    return sorted(marked + paths + [(i, name) for i, name in short if i not in of_page])


def _beside_masthead(blocks: list[Block], i: int) -> bool:
    """Whether a date, a page's number or a newspaper's name stands right before or after a block."""
    return any(block.furniture in _MASTHEAD for block in blocks[max(0, i - 1) : i + 2])


def furniture(
    lines: list[SourceLine], blocks: list[Block], articles: tuple[ArticleDraft, ...], columns: set[int]
) -> tuple[Furniture, ...]:
    """What no article claims, in the order of the page, and what each is; lines of icons are glyphs."""
    taken = {n for a in articles for first, last in a.lines + a.heading_lines for n in range(first, last + 1)}
    found = [
        Furniture(_furniture_kind(blocks, i, i in columns), block.text.replace(WRAP, ""), _span(block))
        for i, block in enumerate(blocks)
        if block.first not in taken
    ]
    icons = (line.number for line in lines if line.ornament and not line.text and line.number not in taken)
    found += [Furniture(FurnitureKind.GLYPH, "", ((number, number),)) for number in icons]
    return tuple(sorted(found, key=lambda piece: piece.lines))


def _span(block: Block) -> tuple[tuple[int, int], ...]:
    """The range of a block's lines."""
    return ((block.first, block.last),)


def _furniture_kind(blocks: list[Block], i: int, column: bool) -> FurnitureKind:
    """What a block outside all articles is."""
    block = blocks[i]
    if block.furniture is not None:
        return block.furniture
    if column or block.kind is BlockKind.COLUMN:
        return FurnitureKind.COLUMN
    if block.kind is not BlockKind.HEAD:
        return FurnitureKind.UNKNOWN
    if len(block.text) <= 8 and _beside_masthead(blocks, i):
        return FurnitureKind.PAGE_NUMBER
    if _under_navigation(blocks, i):
        return FurnitureKind.NAVIGATION
    return FurnitureKind.SLOGAN if len(block.text) >= 8 and len(block.lines) == 1 else FurnitureKind.UNKNOWN


def _under_navigation(blocks: list[Block], i: int) -> bool:
    """Whether a headline stands in a list of links (`相关阅读：` and the titles under it)."""
    above = reversed(blocks[max(0, i - _MOST_LINKS) : i])
    named = (b for b in above if b.kind is not BlockKind.HEAD or b.furniture is not None)
    first = next(named, None)
    return first is not None and first.furniture is FurnitureKind.NAVIGATION


def uncovered_lines(text: str, layout: PageLayout) -> tuple[int, ...]:
    """Numbers of the lines with text that belong to no article and to no furniture of a known kind."""
    known = {
        number
        for lines in (
            *(article.lines + article.heading_lines for article in layout.articles),
            *(piece.lines for piece in layout.furniture if piece.kind is not FurnitureKind.UNKNOWN),
        )
        for first, last in lines
        for number in range(first, last + 1)
    }
    return tuple(line.number for line in source_lines(text) if line.text and line.number not in known)
