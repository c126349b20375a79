"""When a figure belongs to what the headline names, though its own sentence names nothing."""

import re
from collections.abc import Iterable

from importers.extract.metrics.comings import core_of
from importers.extract.text import plain_form

# `全旗现有嘎查村516个`, `镇里地处山区，辖12个村`: how things are, whatever was undertaken.
_BACKGROUND = re.compile(
    "(?:地处|位于|辖区?|现有|设有|总人口|常住|总?面积|海拔|距离|毗邻|散居|地广人稀|共有(?:居民|住户|人口|牧户|农户|党员))|^[^，。；！？\\n]{1,14}(?<![没只还拥所建已共中])有[^，。；！？\\n\\d]{0,12}(?:\\d|$)"
)
_PARAGRAPH_END = re.compile("[一-龥]{0,8}。\n")
_FAR = 300
_SPOKEN = re.compile("[“”]")


def named_above(title: str, names: Iterable[str]) -> str | None:
    """The one initiative whose quoted core the headline has, or None."""
    title = plain_form(title)
    found = {name for name in names if core_of(name) and f"“{core_of(name)}”" in title}
    return found.pop() if len(found) == 1 else None


def ends_a_paragraph(plain: str, end: int, paragraph: int) -> bool:
    """Whether a name that ends at a position is what the paragraph before comes to: `…建的“甲乙屋”。`."""
    return bool(_PARAGRAPH_END.fullmatch(plain, end, paragraph))


def tells_what_is_done(plain: str, paragraph: int, sentence: int, start: int) -> bool:
    """Whether a figure is the reporter's and its sentence does not tell how things are."""
    marks = _SPOKEN.findall(plain, max(paragraph, start - _FAR), start)
    spoken = bool(marks) and marks[-1] == "“"
    return not spoken and _BACKGROUND.search(plain[sentence : min(start, sentence + _FAR)]) is None
