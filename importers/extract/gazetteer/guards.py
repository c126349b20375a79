"""Where a known name is no name: parts of other words, streets, phrases that stand for an event."""

import re
from collections.abc import Mapping

# 兴安北路, 新华大街, 包头东街: a street is named after the place. 街道 is an office and is no street.
_STREET = r"[东南西北中]?(?:路|大?街(?!道)|大道|巷|胡同|立交)"

# 延安精神, 遵义会议, 南昌起义: history, no place of the report.
_EVENT = r"精神|会议|起义|战役|时期|会师|保卫战|烈士|话(?!题)|菜(?!园|市|地)|语(?!言)"

_LONGER = re.compile(f"{_STREET}|{_EVENT}")

# 准格尔期间 is no misprint of the banner.
_PERIOD = re.compile(r"间|内|待|望|刊|限")

# 振兴和县域, 大青山区域: the end of a county's name begins another word; 阿荣旗位于, 宁城县分别 are none.
_COUNTY_TAIL = re.compile(r"[域级际]")
_DISTRICT_TAIL = re.compile(
    r"[域级际间]|位(?![于居列处])|别(?![力出开])|分(?![局行院校会别为成布管]|公司|中心)|划(?![定分出拨入])"
)
_SPLIT_LEFT = {
    "兴和县": "振复新时",
    "化德县": "文",
    "青山区": "大",
    "红山区": "大",
    "海南区": "上",
    "新城区": "更创崭老在建是成造的为向型",
}

_SUFFIXES = frozenset("市旗县区盟省州期棋")


class Guards:
    """Decides whether a name that the automaton found is one where it stands."""

    def __init__(self, table: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
        """Takes, for a short name, the characters not before it and the words not after it."""
        self._table = table

    def allow(self, name: str, text: str, start: int, end: int) -> bool:
        """Whether the context leaves the name a name."""
        guard = self._table.get(name)
        if guard and ((start and text[start - 1] in guard[0]) or text.startswith(guard[1], end)):
            return False
        if name[-1] not in _SUFFIXES:
            return not _LONGER.match(text, end)
        if name[-1] == "期":
            return not _PERIOD.match(text, end)
        left = _SPLIT_LEFT.get(name)
        tail = _DISTRICT_TAIL if name[-1] == "区" else _COUNTY_TAIL
        return not (tail.match(text, end) or (left and start and text[start - 1] in left))
