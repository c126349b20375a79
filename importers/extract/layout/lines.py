"""Lines that stand together: whether they are prose or a headline, how wide they are, how they join."""

import re
from itertools import pairwise

from importers.extract.clean import WRAP, SourceLine

# How a text of its own begins: 近日, 今年以来, 5月6日; a caption's 图为 goes with what stands before it.
OPENER = re.compile(
    r"[“\"]?(?:[一-龥“”\"、（）()]{0,30}?[，,])?(?:近日|日前|近期|连日来|近年来|年初以来|今年以来|前不久|不久前|这几天|眼下|当前)"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日[，,上下]|今年[，,是\d春夏秋冬]|为(?:了|进一步|深入|切实|扎实|全面|持续)"
)
_SENTENCE_END = re.compile(r"(?:[。！？!?…]|(?<=[一-龥])\.)[”’」』）)》\"']{0,3}[ \x1f]*$")
_ENDS = frozenset("。！？!?…")
# A text with yet another sign at its end needs no closer look.
_LAST_SIGNS = frozenset("。！？!?….”’」』）)》\"' \x1f\n")
BULLET = re.compile(r"([●■◆▲★◇○▶►※☆▪•◎❖✦♦▼■])[ ]?(?=\S)|([①-⑳❶-❿])[ ]?|(\d{1,2})[.．、](?!\d)[ ]?")
# ★建成幸福食堂 36 个: a figure and what it counts, as boxes of figures list them.
_ROW = re.compile(
    r"[●■◆▲★◇○▶►※☆▪•◎❖✦♦▼·][ ]?[一-龥A-Za-z“”]{2,18}[ ：:]{0,2}"
    r"\d[\d.,，]{0,11}[ ]?[余多万亿千百]{0,3}[ ]?[一-龥%]{1,8}"
)
LEAST_ROWS = 3
_SENTENCE_SIGN = re.compile("[。；;]")
_INNER_STOP = re.compile('[！？!?](?=[^”’」』）)！？!?"])')
_PROSE_START = re.compile("[●]?本报讯|[●]?本报.{0,8}月.{0,3}日[讯电]|图为")
_HEADING_END = re.compile("[。，、；,;：:]$")
_SUBTITLE = re.compile("—|--|－－|──")
_HALTING = re.compile("[。，、；：！？,;:]")
_CLAUSE_END = re.compile("[，,]")
_QUOTED_WORDS = re.compile("“[^“”，。、]{2,8}”")
_PUNCTUATED = re.compile("[。，、；：！？“”,;:]")


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a sentence's end, closing quotation marks and brackets after it."""
    last = text[-1:]
    return last in _ENDS or (last in _LAST_SIGNS and _SENTENCE_END.search(text[-8:]) is not None)


def differ(one: float, other: float, by: float) -> bool:
    """Whether two columns' widths are both known and differ by more than so many signs."""
    return bool(one and other) and abs(one - other) > by


def is_prose(lines: list[SourceLine]) -> bool:
    """Whether lines that stand together are running text rather than a headline."""
    if lines[0].heading:
        return False
    text = lines[0].text if len(lines) == 1 else "".join([line.text for line in lines])
    if _SENTENCE_SIGN.search(text) or _INNER_STOP.search(text) or _PROSE_START.match(text):
        return True
    bullet = BULLET.match(text)
    opener = OPENER.match(text, bullet.end() if bullet else 0)
    if opener and ("，" in text or "," in text):
        return True
    if len(text) > 64 or len(lines) > 4 or _runs_on(text):
        return True
    # Three wrapped lines of one width with a comma: a piece of a paragraph that blank lines cut out.
    width = column_width(lines)
    filled = lines[0].width >= width - 4.6 and all(line.width >= width - 2 for line in lines[1:-1])
    return len(lines) >= 3 and len(text) >= 36 and filled and any(sign in text for sign in "，,、")


def _runs_on(text: str) -> bool:
    """Whether three and more uneven clauses are a sentence broken off, not a headline."""
    clauses = _CLAUSE_END.split(text) if len(text) >= 26 else []
    sizes = [len(clause) for clause in clauses if clause]
    return len(sizes) >= 3 and max(sizes) - min(sizes) >= 3


def column_width(lines: list[SourceLine]) -> float:
    """The width that wrapped lines fill, 0 for lines that are whole paragraphs."""
    if len(lines) < 2:
        cut = 8 <= lines[0].width <= 48 and not ends_sentence(lines[0].text)
        return lines[0].width if cut else 0.0
    widths = sorted([line.width for line in lines])
    width = widths[int(len(widths) * 0.7)]
    return width if width <= 60 and widths[-1] < 1.5 * width else 0.0


def stands_over(line: SourceLine, below: list[SourceLine], width: float) -> bool:
    """Whether a first line is a headline over the prose that follows: it neither fills nor ends.

    `width` is that of the lines' column, 0 for unwrapped text.
    """
    if _SENTENCE_SIGN.search(line.text) or line.width > 34 or not is_prose(below):
        return False
    if _SUBTITLE.match(line.text) or (BULLET.match(line.text) and not width):
        return True
    if _HEADING_END.search(line.text):
        return False
    return not width or _is_short(line, width) or _stands_over_an_indent(line, below, width)


def _is_short(line: SourceLine, width: float) -> bool:
    """Whether a line is too short to be the first of a wrapped paragraph.

    Such a line is indented by two signs, and a figure or a bracket may take up to three more.
    """
    return line.width < width - (4.5 if width <= 14 else 5.5)


def _stands_over_an_indent(line: SourceLine, below: list[SourceLine], width: float) -> bool:
    """Whether the second line is an indented one, so that the first is no part of its paragraph."""
    second = below[0]
    indented = width - 4 <= second.width <= width - 2 and second.text.isalpha()
    if not indented or len(below) < 4:
        return False
    filled = all(other.width >= width - 1.5 for other in below[1:-1])
    return filled and not _HALTING.search(line.text)


def stands_under(line: SourceLine, above: SourceLine, width: float) -> bool:
    """Whether a last line is a headline set under prose that has come to its end."""
    if not ends_sentence(above.text) or _SENTENCE_SIGN.search(line.text) or line.width > 34:
        return False
    return not ends_sentence(line.text) and (not width or line.width < width - 3)


def joined(lines: list[SourceLine], width: float) -> str:
    """Lines joined as one text, a paragraph's end as a line feed and any other line's as WRAP.

    A short line that ends a sentence ends a paragraph; one that does not is a section's headline.
    """
    parts = [lines[0].text]
    section = False
    for before, line in pairwise(lines):
        whole = ends_sentence(before.text)
        ended = whole and before.width < (width - 2.5 if width else 1e9)
        ended, section = ended or section, whole and _is_section(line, width)
        parts.append(("\n" if ended or section else WRAP) + line.text)
    return "".join(parts)


def _is_section(line: SourceLine, width: float) -> bool:
    """Whether a line behind a sentence's end in wrapped prose is a section's headline: bare."""
    if not width or not _is_short(line, width):
        return False
    return line.width >= 4 and not _PUNCTUATED.search(_QUOTED_WORDS.sub("", line.text))


def is_row(text: str) -> bool:
    """Whether a line is a row of a list of figures (`★建成幸福食堂 36 个`)."""
    return len(text) <= 48 and _ROW.fullmatch(text) is not None
