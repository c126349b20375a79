"""When two printed texts count as the same."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

_UNSEEN = re.compile(r"[\s“”‘’「」『』\"']+")

# What belongs to the credits of an article and may or may not stand in an annotated line range:
# 本报记者某某, （记者 某某）, 某某 摄 at an end, □某某 and ● at the beginning.
_CREDITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\A□?(?:本报)?(?:见习|实习)?记者[^。，]{1,20}",
        r"\A本报讯（[^）]{0,40}）",
        r"\A本报[^。，]{1,6}\d{1,2}月\d{1,2}日[电讯]",
        r"[■□]?(?:本报)?(?:实习|见习)?记者[^。，；]{1,40}摄\Z",
        r"[一-龥]{2,12}摄(?:影报道)?\Z",
        r"（[^（）。，]{2,14}）\Z",
        r"\A●",
        r"\A□[^。，]{2,12}?(?=[近在为今日去前])",
    )
)


def plain(text: Any) -> str:
    """The text without white space and quotes, full-width forms made plain; nothing for nothing."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", str(text))) if text not in (None, "") else ""


def body_of_lines(lines: Sequence[str], ranges: Sequence[Sequence[int]]) -> str:
    """The text of annotated line ranges as an article's body has it: in one piece, without credits."""
    text = re.sub(r"\s+", "", "".join("".join(lines[begin - 1 : end]) for begin, end in ranges))
    for pattern in _CREDITS:
        text = pattern.sub("", text)
    return text


def likeness(one: str, other: str, size: int = 4) -> float:
    """How many runs of four signs two texts share, from 0 to 1."""
    runs_of_one, runs_of_other = _runs(plain(one), size), _runs(plain(other), size)
    shared = (runs_of_one & runs_of_other).total()
    return 2 * shared / max(runs_of_one.total() + runs_of_other.total(), 1)


def _runs(text: str, size: int) -> Counter[str]:
    """The runs of a text; a short text is one run."""
    return Counter(text[i : i + size] for i in range(max(len(text) - size + 1, 1)))


def same_body(annotated: dict[str, Any], wanted: str, read: str) -> bool:
    """Whether a body is whole and in order: the same text, beginning and end; short ones have more slack."""
    slack = 0.97 if len(plain(wanted)) > 200 else 0.85
    begins = plain(annotated["first"])[:6] in plain(read)[:40]
    ends = plain(annotated["last"])[-6:] in plain(read)[-40:]
    return begins and ends and likeness(wanted, read) >= slack


def alike(wanted: str, read: str) -> bool:
    """Whether two short phrases share most of the shorter one's signs; a whole clause is no phrase."""
    wanted, read = plain(wanted), plain(read)
    if not wanted or not read or len(read) > 2 * len(wanted) + 6:
        return False
    signs, others = set(wanted), set(read)
    return len(signs & others) >= 0.6 * min(len(signs), len(others))
