"""The credits inside a text: the one that opens it (本报讯（记者 某某）) and those that close it."""

import re

from importers.extract.bylines.read import (
    MARKS,
    NO_CREDIT,
    REPRINT,
    Byline,
    hints_at_credit,
    read_names,
    source_name,
)
from importers.extract.clean import HAN, WRAP
from importers.extract.records import Credit

# ---------------------------------------------------------------- the credit that opens a text

_AGENCY = (
    r"(?:据)?(?:本[报网刊台]|新华[社网]|中新[社网]|中国新闻网|人民网|央视网"
    r"|[一-龥]{2,6}(?:日报|晚报|晨报|时报|新闻网|融媒)(?=讯|消息|[ \x1f]*\d))"
)
_DATED = (
    r"(?P<dateline>[一-龥·\x1f]{0,14}[ \x1f]{0,2}\d{1,2}[ \x1f]?月[ \x1f]?\d{1,2}[ \x1f]?日)"
    r"[ \x1f]?(?:专?[电讯]|消息)"
)
_BRACKET = r"(?:[ \x1f]*[（(](?P<names>[^（）()。]{2,80})[）)])"
# In order: a dated 电头, 本报讯, a credit in brackets, a credit set off by a mark.
_OPENINGS = (
    re.compile(f"{_AGENCY}{_DATED}{_BRACKET}?[ \x1f：:]*"),  # 本报海拉尔5月6日电（记者 某某）
    re.compile(  # 本报讯（记者 某某）, 本报讯 记者某某报道：
        f"(?:{_AGENCY}[ \x1f]?(?:讯|消息)|[一-龥]{{2,6}}讯(?=[ \x1f（(])|讯(?=[（(]))"
        f"(?:{_BRACKET}|[ \x1f]+(?P<row>(?:本报)?(?:见习|实习)?记者[^，。：]{{2,40}}?)报道[：: ]+)?"
        "[ \x1f：:]*"
    ),
    re.compile(  # （本报记者 某某）
        r"[（(](?P<names>(?:本报|全媒体|首席|见习|实习){0,3}(?:记者|通讯员|实习生)[^（）()。]{2,60})[）)]"
        r"[ \x1f：:]*"
    ),
    re.compile(r"[□■◎](?P<row>[^，。：；“”]{2,40}?)[ \x1f]+(?=[^ \x1f]{15})"),  # □本报记者 某某 近日，……
    re.compile(  # □某某近日，……
        rf"[□■◎](?P<row>(?:本报)?(?:见习|实习)?(?:记者|通讯员)?[ \x1f]?[{HAN}]{{2,4}}?)"
        r"(?=[近在为今日去前连自]\S)"
    ),
    re.compile(r"(?P<row>本报(?:首席|见习|实习)?记者[ \x1f]?[一-龥·]{2,4})[ \x1f]+(?=[^ \x1f]{15})"),
)


def split_opening(text: str) -> tuple[Byline | None, str]:
    """The credit or dateline that a text begins with, and the text after it.

    Wraps (`WRAP`) may stand in the credit. (None, text) where the text begins with neither.
    """
    head = text[:160]
    if head[:1] not in "□■◎（(本据新中讯人央" and "讯" not in head[:12] and "电" not in head[:30]:
        return None, text
    for pattern in _OPENINGS:
        match = pattern.match(head)
        byline = match and _opening_byline(match)
        if match and byline:
            return byline, text[match.end() :].lstrip(WRAP + " ")
    return None, text


def _opening_byline(match: re.Match[str]) -> Byline | None:
    """What an opening says, None where its names are none: the match was no credit then."""
    found = match.groupdict()
    row = found.get("names") or found.get("row")
    read = read_names(row.strip(WRAP + " "), marked=True, bare_names=True) if row else Byline()
    if read is None and found.get("row"):
        return None
    dateline = found.get("dateline")
    clean = re.sub(f"[ {WRAP}]", "", dateline) if dateline else None
    return Byline(read.authors if read else (), dateline=clean)


# ---------------------------------------------------------------- the credit that closes a text

_CLOSING_BRACKET = re.compile(r"[ \x1f]*[（(]([^（）()。]{2,60})[）)][ \x1f]*$")
_CLOSING_ROW = re.compile(
    r"(?<=[。！？”’》）…\n])[ \x1f]*([■□◎]?[^，。；！？：“”（）\n]{2,60}?"
    r"(?:摄影报道|摄影|摄|文[/／]图|图[/／]文|文并摄))[ \x1f]*$"
)
_CLOSING_ROLE = re.compile(
    r"(?<=[。！？”’》）…\n])[ \x1f]*((?:[■□◎][ \x1f]?)?(?:本报|全媒体|见习|实习){0,3}(?:记者|通讯员)"
    r"[^，。；！？：“”（）\n]{2,40})$"
)
_CLOSING_SOURCE = re.compile(r"(?<=[。！？”’）》…\n])[ \x1f]*((?:转自|来源|摘自)[:：《][^。（）\n]{2,30})$")
_CLOSINGS = (_CLOSING_BRACKET, _CLOSING_ROW, _CLOSING_ROLE, _CLOSING_SOURCE)


def split_closing(text: str) -> tuple[str, Byline | None]:
    """The text before the credits that close it, and what they say together; (text, None) if none do.

    Closing credits are （某某 某某）, （转自《……》）, 本报记者 某某 摄; up to three in a row are read.
    """
    authors: list[Credit] = []
    source, photo, found = None, False, False
    for _ in range(3):
        rest, byline = _one_closing(text)
        if byline is None:
            break
        text, found = rest, True
        authors[:0] = byline.authors
        source, photo = byline.reprinted_from or source, byline.photo or photo
    if not found:
        return text, None
    return text, Byline(tuple(dict.fromkeys(authors)), source, photo=photo)


def _one_closing(text: str) -> tuple[str, Byline | None]:
    """The text before its last credit, and that credit."""
    start = max(0, len(text) - 120)
    tail = text[start:]
    if tail[-1:] in "。！？”" or not (tail[-1:] in "）) " or hints_at_credit(tail)):
        return text, None
    for pattern in _CLOSINGS:
        match = pattern.search(tail)
        if not match or (pattern is _CLOSING_BRACKET and tail[: match.start()].endswith(tuple("，、：；"))):
            continue
        byline = _closing_byline(match[1], bracket=pattern is _CLOSING_BRACKET)
        if byline is not None:
            return text[: start + match.start()].rstrip(WRAP + " \n"), byline
    return text, None


def _closing_byline(inner: str, *, bracket: bool) -> Byline | None:
    """What the words of a closing credit say, None where they are a part of the text."""
    inner = inner.strip(WRAP + " ")
    reprint = REPRINT.fullmatch(inner)
    if reprint:
        return Byline(reprinted_from=source_name(reprint[1]))
    if bracket and NO_CREDIT.match(inner):
        return Byline()
    return read_names(inner.lstrip(MARKS + " "), marked=False, bare_names=bracket)
