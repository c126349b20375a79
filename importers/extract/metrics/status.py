"""Whether a figure is reported or planned: what the words before it in its sentence say last."""

import re
from bisect import bisect_left

from msgspec import Struct

from importers.extract.metrics.figures import Figure
from importers.extract.metrics.status_words import (
    CONDITION,
    DEADLINE_AFTER,
    DONE_AFTER,
    DUE,
    EACH,
    FIRST_SIGNS,
    LIMIT,
    NAMED_PLAN,
    PLANNED,
    POSSIBLE,
    REPORTED,
    SCORED,
    STANDARD_AFTER,
    STOCK_BEFORE,
    THRESHOLD_AFTER,
)
from importers.extract.metrics.units import MEASURES, MONEY, SHARES
from kb.vocabulary import MetricStatus, Qualifier

_MARK = re.compile(
    f"(?=[{FIRST_SIGNS}])(?:(?P<planned>{PLANNED})|(?P<reported>{REPORTED})|(?P<clause>[，。；：！？\n]))"
)
_REACH = 120
# `挣3200块`, `每斤卖5块`: money without 钱.
_MEASURED = MONEY | MEASURES | SHARES | {"块", "毛"}
_POINTS = frozenset({"分", "积分"})
_DEADLINES = frozenset({"日", "天", "小时", "个小时", "分钟", "个工作日", "工作日"})
_FIRM = (Qualifier.EXACT, Qualifier.RANGE, Qualifier.AT_LEAST, Qualifier.AT_MOST)


class SentenceStatus(Struct, frozen=True):
    """The words of aim and of result in a sentence, in order, ready to be asked about its figures."""

    plain: str
    planned: tuple[int, ...]
    reported: tuple[int, ...]
    clauses: tuple[int, ...]

    @classmethod
    def read(cls, plain: str, start: int, end: int) -> "SentenceStatus":
        """The marks of the sentence at a span of the plain text."""
        marks: dict[str, list[int]] = {"planned": [], "reported": [], "clause": []}
        for match in _MARK.finditer(plain, start, end):
            at = match.start()
            if match[0][0] in "计规" and NAMED_PLAN.search(plain, max(start, at - 16), at):
                continue
            marks[match.lastgroup or "clause"].append(at)
        return cls(plain, tuple(marks["planned"]), tuple(marks["reported"]), tuple(marks["clause"]))

    def of(self, figure: Figure, previous: tuple[Figure, MetricStatus] | None = None) -> MetricStatus:
        """Planned where the last word of aim or rule before the figure is not taken back by a result.

        `previous` is the figure before it in the sentence; a list shares one status (`每村1名、…2至3名`).
        """
        planned, reported = _last(self.planned, figure.start), _last(self.reported, figure.start)
        clause = _last(self.clauses, figure.start)
        unmarked = previous is not None and max(planned, reported, clause) < previous[0].start
        limited = LIMIT.match(self.plain, figure.start) is not None
        listed = (
            unmarked and not limited and "、" in self.plain[previous[0].end : figure.start]
            if previous
            else False
        )
        if previous is not None and listed:
            return previous[1]
        aimed = planned > reported and figure.start - planned <= _REACH
        done = _is_stock(self.plain, figure) or DONE_AFTER.match(self.plain, figure.end)
        if aimed and not done:
            return MetricStatus.PLANNED
        ruled = _is_rule(self.plain, figure, clause + 1, reported > clause)
        return MetricStatus.PLANNED if ruled else MetricStatus.REPORTED


def _last(marks: tuple[int, ...], before: int) -> int:
    """The last of the marks that stands before a place, or -1."""
    at = bisect_left(marks, before)
    return marks[at - 1] if at else -1


def _is_stock(plain: str, figure: Figure) -> bool:
    """Whether the figure tells how many there are: `全镇402名党员`."""
    if figure.unit in _MEASURED or "全" not in plain[max(0, figure.start - 6) : figure.start]:
        return False
    return bool(STOCK_BEFORE.search(plain, max(0, figure.start - 6), figure.start))


def _is_rule(plain: str, figure: Figure, clause: int, done: bool) -> bool:
    """Whether the figure's own clause states a rule or a prospect."""
    words = plain[max(clause, figure.start - 40) : figure.start]
    if figure.unit in _POINTS:
        return (
            (figure.qualifier is not Qualifier.EXACT and plain.startswith("的", figure.end))
            or (words.endswith("满") and bool(THRESHOLD_AFTER.match(plain, figure.end)))
            or bool(SCORED.search(words))
        )
    if done:
        return "每" in words and bool(STANDARD_AFTER.match(plain, figure.end))
    if figure.unit in _MEASURED:
        return _is_due(plain, figure, words) or bool(
            POSSIBLE.search(words + plain[figure.start : figure.end + 6])
        )
    if figure.unit.endswith("工作日") and DEADLINE_AFTER.match(plain, figure.end):
        return True
    if figure.unit in _DEADLINES and plain[figure.end - 1] == "内":
        return bool(DEADLINE_AFTER.match(plain, figure.end))
    if figure.qualifier is Qualifier.AT_MOST and words.endswith(("最长", "最多", "最迟", "最晚")):
        return True
    if LIMIT.search(words[-16:]) or LIMIT.match(plain, figure.start):
        return True
    return "每" in words and _is_rhythm(plain, figure, words)


def _is_due(plain: str, figure: Figure, words: str) -> bool:
    """Whether money is what is paid under a condition: `每场补助200元`, `每支部5000元的标准`."""
    if figure.unit not in MONEY or not CONDITION.search(words):
        return False
    return bool(DUE.search(words[-12:]) or DUE.search(plain, figure.end, figure.end + 6)) or bool(
        STANDARD_AFTER.match(plain, figure.end)
    )


def _is_rhythm(plain: str, figure: Figure, words: str) -> bool:
    """Whether it is how often or how many each time or each one: `每月2次`, `每名党员联系5户`."""
    if EACH.search(words):
        least = plain.startswith("以上", figure.end - 2)
        return figure.qualifier in _FIRM or (least and figure.qualifier is Qualifier.OVER)
    return bool(STANDARD_AFTER.match(plain, figure.end))
