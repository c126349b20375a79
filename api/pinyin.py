"""Names by their pinyin: `hhht` and `huhehaote` both lead to 呼和浩特."""

import bisect
import re
import threading
from collections.abc import Callable, Sequence

from pypinyin import lazy_pinyin

PLACE_READINGS = {
    "什": ["shi"],
    "勒": ["le"],
    "召": ["zhao"],
    "商都": ["shang", "du"],
    "成都": ["cheng", "du"],
    "单家": ["shan", "jia"],
    "乐亭": ["lao", "ting"],
    "六安": ["lu", "an"],
    "蔚县": ["yu", "xian"],
    "解家": ["xie", "jia"],
    "查家": ["zha", "jia"],
    "洪洞": ["hong", "tong"],
}
"""Readings in place names that differ from the usual ones: 克什克腾 is keshiketeng, not kesheng…"""

_READINGS = re.compile("|".join(sorted(PLACE_READINGS, key=len, reverse=True)))
NameRow = tuple[int, str, int]
"""Id of a name, the name, id of its record."""

LATIN = re.compile(r"[a-z' ]+")


def syllables(name: str) -> list[str]:
    """The syllables of a name, our own readings first: `商都县` gives shang, du, xian."""
    found: list[str] = []
    at = 0
    for match in _READINGS.finditer(name):
        found += lazy_pinyin(name[at : match.start()])
        found += PLACE_READINGS[match.group()]
        at = match.end()
    return [syllable.lower() for syllable in [*found, *lazy_pinyin(name[at:])] if syllable.isalnum()]


def spellings(name: str) -> set[str]:
    """What a name can be typed as: its initials and its whole pinyin."""
    parts = syllables(name)
    return {"".join(part[0] for part in parts), "".join(parts)} - {""}


class SpellingIndex:
    """The names of one sort of record by spelling, kept in memory and brought up to date when asked.

    A name that was deleted meanwhile may still be found: whoever asks reads the records again anyway, and
    shows only what is there.
    """

    def __init__(self) -> None:
        self._newest: NameRow | None = None
        self._entries: list[tuple[str, int]] = []
        self._lock = threading.Lock()

    def refresh(self, names_from: Callable[[int], Sequence[NameRow]]) -> None:
        """Takes in the names added since; `names_from(id)` gives those from an id on, in order.

        The newest known name is read again: if it is no longer the same, the table is another one (it was
        restored, or emptied), and everything is read anew.
        """
        with self._lock:
            known = self._newest
            rows = names_from(known[0] if known else 0)
            if known and (not rows or rows[0] != known):
                self._entries, known = [], None
                rows = names_from(0)
            fresh = rows[1:] if known else rows
            if fresh:
                found = {(spelling, owner) for _, name, owner in fresh for spelling in spellings(name)}
                self._entries = sorted({*self._entries, *found})
            self._newest = rows[-1] if rows else None

    def starting_with(self, typed: str, most: int) -> list[int]:
        """The records with a spelling that begins so, shortest spelling first."""
        entries = self._entries
        first = bisect.bisect_left(entries, (typed, 0))
        last = bisect.bisect_left(entries, (typed + "￿", 0))
        nearest = sorted(entries[first:last], key=lambda entry: (len(entry[0]), entry))
        return list(dict.fromkeys(owner for _, owner in nearest))[:most]
