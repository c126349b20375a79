"""Captions: the text that a photographer's credit closes, and the bare line under a picture."""

import re

from importers.extract.layout.blocks import Block, BlockKind
from importers.extract.layout.lines import OPENER, differ

_LONGEST_CAPTION = 420
_LONGEST_LONE_LINE = 50
# 某某 文/图 under a text that says 图为: it credits a caption as 摄 does.
_WORDS_AND_PICTURE = re.compile("文[/／]图$|图[/／]文$|文[/／]摄$")
_WITHOUT_STORY = re.compile(r"[^。！？；“”]{4,50}[。.]?")


def caption_starts(blocks: list[Block]) -> set[int]:
    """Indexes of the blocks that begin a caption with a photographer's credit at its end.

    A caption of several paragraphs begins at the one that opens like a text of its own (近日，……),
    or after a headline or another credit; a long report that a credit closes is no caption.
    """
    starts = (_start(blocks, i) for i in range(len(blocks)) if _closed_by_photographer(blocks, i))
    return {start for start in starts if start is not None}


def _closed_by_photographer(blocks: list[Block], i: int) -> bool:
    """Whether a block of prose ends with 某某摄, in its own line or on the next."""
    block = blocks[i]
    if block.kind is not BlockKind.PROSE:
        return False
    if block.closing is not None:
        return block.closing.photo
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    if after is None or after.kind is not BlockKind.BYLINE or after.byline is None:
        return False
    return after.byline.photo or ("图为" in block.text and bool(_WORDS_AND_PICTURE.search(after.text)))


def _start(blocks: list[Block], last: int) -> int | None:
    """Index of the first block of the caption whose last block is given; None for a long report."""
    size, i = 0, last
    while True:
        block = blocks[i]
        size += len(block.text)
        if size > _LONGEST_CAPTION:
            return last if _stands_alone(blocks[last]) and len(blocks[last].text) < _LONGEST_CAPTION else None
        if block.opening is not None or block.bullet or OPENER.match(block.text):
            return i
        before = blocks[i - 1] if i else None
        if before is None or before.kind is not BlockKind.PROSE or before.closing is not None:
            return last if i != last and _is_one_line(blocks[last]) else i
        if not before.complete and block.text[0] in "“‘《「『" and len(before.text) < 90:
            i -= 1  # a blank line before a quotation mark cuts a sentence: ……举办⏎⏎“……”活动
            continue
        if not before.complete or differ(before.width, block.width, 1.6):
            return last if i != last and _is_one_line(blocks[last]) else i
        i -= 1


def _is_one_line(block: Block) -> bool:
    """Whether a block is one line with a whole sentence, set apart: a picture's inside a report."""
    return len(block.lines) == 1 and block.gap > 0 and block.complete


def _stands_alone(block: Block) -> bool:
    """Whether a paragraph reads as a caption by itself: 图为……, or an opening of its own."""
    return "图为" in block.text or bool(OPENER.match(block.text))


# An editor's note presents a column and is no article.
_NOTE = re.compile(
    "[【（]?(?:编者按|编者的话|开栏的话|开栏语|开篇语|编前语?)[】）]?[ :：\x1f]"
    "|[【（](?:编者按|编者的话|开栏的话)[】）]"
)


def editors_notes(blocks: list[Block]) -> list[int]:
    """Indexes of the blocks that are an editor's note (编者按 ……), where the page has other prose."""
    prose = [i for i, block in enumerate(blocks) if block.kind is BlockKind.PROSE]
    notes = [i for i in prose if _NOTE.match(blocks[i].text)]
    return notes if len(notes) < len(prose) else []


def lone_captions(blocks: list[Block]) -> list[int]:
    """Indexes of one-sentence lines under pictures, which tell nothing that could be an article.

    Such a line (某某社区举行读书会。) has no credit, no time and no figure, and stands between wide
    gaps or at an article's edge. Where a page has nothing else it is the page's text.
    """
    prose = [i for i, block in enumerate(blocks) if block.kind is BlockKind.PROSE]
    found = [i for i in prose if _is_lone(blocks, i)]
    return found if len(found) < len(prose) else []


def _is_lone(blocks: list[Block], i: int) -> bool:
    block = blocks[i]
    text = block.text
    if len(text) > _LONGEST_LONE_LINE or block.opening or block.closing or block.bullet:
        return False
    if not _WITHOUT_STORY.fullmatch(text) or OPENER.match(text) or len(block.lines) > 3:
        return False
    before = blocks[i - 1] if i else None
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    if before is not None and (before.kind in (BlockKind.BYLINE, BlockKind.HEAD) or not _whole(before)):
        return False
    above = before is None or block.gap >= 2 or before.furniture is not None
    below = after is None or after.gap >= 2 or after.kind in (BlockKind.HEAD, BlockKind.COLUMN)
    credited = after is not None and after.byline is not None
    return above and below and not credited


def _whole(block: Block) -> bool:
    """Whether a block is no prose that stops in mid-sentence."""
    return block.kind is not BlockKind.PROSE or block.complete
