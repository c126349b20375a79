"""Page text → numbered source lines without print and OCR debris; the tidying of prose and titles.

Signs that print means as text stay as they are: half-width commas, straight quotes and full-width
digits reach the body as printed (`text.plain_form` folds them for matching).
"""

import html
import re
import unicodedata

from msgspec import Struct

from importers.extract.trie import run_of

WRAP = "\x1f"
"""Stands where a printed line was wrapped, until a paragraph is tidied; no cleaned line holds one."""

SPACES = " \t\u3000\u00a0\u2002\u2003\u2009"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"

# Icons of a newspaper's own font come out of a PDF in the private-use areas (a column's name
# followed by three arrows), zero-width signs and controls out of web pages.
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# A PDF may print 人 as the radical ⼈ (U+2F08): the same sign under another number.
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")

# The supplement's radicals have no such tie in Unicode.
_RADICALS = str.maketrans(
    "⺠⻓⻅⻆⻉⻋⻔⻘⻚⻛⻝⻢⻥⻦⻨⻩⻬⻰⻳⻄⻁⻣⺟⻙⻜⻮",
    "民长见角贝车门青页风食马鱼鸟麦黄齐龙龟西虎骨母韦飞齿",
)

_ENTITY = re.compile("&#?[A-Za-z0-9]{1,10};")
_IMAGE = re.compile(r"!\[[^\]]{0,200}\]\([^)]{0,500}\)")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?<=##))(?!#)")
_QUOTE_OR_ITEM = re.compile(r"(?:>\s?|[-*+]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|(?<![*\w])\*(?=\S)|(?<=\S)\*(?![*\w])")
_RULE = re.compile(r"[-*_=—…·.~ ]{3,}")

_QUOTED = re.compile('([“‘《「『"][^”’》」』"\n]{0,80}[”’》」』"])')
_GAP = re.compile(run_of(SPACES + WRAP))
_SPACE_RUN = re.compile(run_of(SPACES))
_SPACE_SIGNS = tuple(SPACES + WRAP)
_LATIN = re.compile("[A-Za-z0-9]")
_BETWEEN_WORDS = re.compile(f"{WRAP}(?<=[A-Za-z].)(?=[A-Za-z])")
_TWO_HAN = re.compile(f"[{HAN}]{{2}}")
# 学 党 史 悟 思 想: three or more single signs in a row are spaced out to fill a line.
_SPACED_OUT = re.compile(f"(?<![{HAN}])[{HAN}](?: [{HAN}](?![{HAN}])){{2,}}")
_SPACE_BY_SIGN = re.compile("(?<=[（《“‘「『]) +| +(?=[，。、；：！？）》”’」』])")


class SourceLine(Struct, frozen=True):
    """A line of the page as its text is read, and how it stood on the page."""

    number: int
    """1-based number in the source file."""
    text: str
    indented: bool = False
    """White space stood before it: the start of a paragraph, or of another block of the page."""
    heading: int = 0
    """The Markdown level (`##` is 2), 0 for none."""
    ornament: bool = False
    """An icon or a rule without a meaning of its own stood in it."""
    width: float = 0.0
    """Printed width in full-width signs; spaces that fill a line are not counted."""


def printed_width(text: str) -> float:
    """The width of a text in full-width signs, an ASCII sign counting half and a space nothing."""
    # The spaces are among the ASCII signs, so that each takes its whole width off in two halves.
    return len(text) - (len(text.encode("ascii", "ignore")) + text.count(" ")) / 2


# Of these most pages have none.
_ODD_SIGN = re.compile(_INVISIBLE.pattern[:-1] + _PRIVATE_USE.pattern[1:-1] + _COMPATIBLE.pattern[1:])


def source_lines(text: str) -> list[SourceLine]:
    """Every line of a page, blank ones too (with empty text), numbered from 1 at each line feed."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\n", " "), text)
    if not _ODD_SIGN.search(text):
        return [_source_line(number, raw, False) for number, raw in enumerate(text.split("\n"), 1)]
    text = _INVISIBLE.sub("", text)
    if _COMPATIBLE.search(text):
        text = text.translate(_RADICALS)
        text = _COMPATIBLE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    icons = bool(_PRIVATE_USE.search(text))
    return [_source_line(number, raw, icons) for number, raw in enumerate(text.split("\n"), 1)]


def _source_line(number: int, raw: str, icons: bool) -> SourceLine:
    """One line without icons and Markdown's marks, its spaces made single ones."""
    if not raw:
        return SourceLine(number, "")
    text, ornaments = _PRIVATE_USE.subn("", raw) if icons else (raw, 0)
    indented = text[:1] in SPACES
    text = " ".join(text.split())
    heading = 0
    if text and text[0] in "#>-*+!_=—…·.~":
        text, heading = _without_block_marks(text)
        ornaments += not text
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub("", text).strip()
    return SourceLine(number, text, indented and bool(text), heading, ornaments > 0, printed_width(text))


def _without_block_marks(text: str) -> tuple[str, int]:
    """The text without Markdown's image, quote, list and heading marks, and the heading's level."""
    text = _IMAGE.sub("", text)
    if _RULE.fullmatch(text):
        return "", 0
    quote = _QUOTE_OR_ITEM.match(text)
    text = text[quote.end() :] if quote else text
    heading = _HEADING.match(text)
    if heading:
        return text[heading.end() :].strip(" #"), len(heading[1])
    return text.strip(), 0


def tidy_prose(text: str) -> str:
    """A paragraph with its wraps undone and without spaces that only fill a line.

    Chinese prose has no spaces: `今年 已 建 3 个站点` → `今年已建3个站点`. Inside quotation marks and
    book-title marks a space between two phrases is meant (`“春雨润苗 薪火相传”`) and stays one.
    """
    if WRAP in text:
        text = _unwrapped(text)
    if len(text.split(None, 1)) < 2:
        return text.strip()
    parts = _QUOTED.split(text)
    parts[::2] = [_GAP.sub(_prose_gap, part) for part in parts[::2]]
    parts[1::2] = [_GAP.sub(_quoted_gap, part) for part in parts[1::2]]
    return "".join(parts).strip()


def _unwrapped(text: str) -> str:
    """The text with its wraps undone: nothing between Chinese signs, a space between two words."""
    return _BETWEEN_WORDS.sub(" ", text).replace(WRAP, "")


def _prose_gap(gap: re.Match[str]) -> str:
    """What a gap in running text becomes: a space between Latin words or figures, else nothing."""
    text, start, end = gap.string, gap.start(), gap.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (_LATIN.match(before) and _LATIN.match(after)):
        return ""
    # 共 4 0 余 台: figures of a line that is spaced out are spaced out as well.
    spaced = text[start - 2 : start - 1] in _SPACE_SIGNS or text[end + 1 : end + 2] in _SPACE_SIGNS
    return "" if before.isdigit() and after.isdigit() and spaced else " "


def _quoted_gap(gap: re.Match[str]) -> str:
    """What a gap inside quotation marks becomes: a space where a phrase stands on both sides."""
    text, start, end = gap.string, gap.start(), gap.end()
    if _TWO_HAN.fullmatch(text[max(0, start - 2) : start]) and _TWO_HAN.fullmatch(text[end : end + 2]):
        return " "
    return _prose_gap(gap)


def tidy_title(text: str) -> str:
    """A headline in one line: its meaningful spaces kept as one, spaced-out words closed up."""
    text = _SPACE_RUN.sub(" ", text.replace(WRAP, "")).strip()
    if " " not in text:
        return text
    text = _SPACED_OUT.sub(lambda run: run[0].replace(" ", ""), text)
    return _SPACE_BY_SIGN.sub("", text)
