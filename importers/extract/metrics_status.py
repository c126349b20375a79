"""Whether a figure is reported or planned: what the words before it in its sentence say last."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from importers.extract.metrics_figures import Figure
from importers.extract.metrics_units import MEASURES, MONEY, SHARES
from kb.vocabulary import MetricStatus, Qualifier

_NEXT = (
    "再|于|在|继续|进一步|陆续|逐步|持续|新|建|完成|投入|达|增|实现|开展|打造|举办|组织|为(?=全|当|村|群|企|居)|会|全面|推出|扩|"
    "培|覆盖|筹|超|有望|发放|投资|配备|选派|设立|设置|安装|招|引进|安排|表彰|评选|吸纳|力争|争取|确保|还|同步"
)
_PLANNED = re.compile(
    # `计划再建8个`, `拟投资`, `力争`, `预计`: an aim; the noun (`活动计划`) has no such verb after it.
    rf"(?:计划|规划)(?:总投资|投资|到(?=20|今|明|年)|用|{_NEXT})|(?<![模虚草比])拟|力争|预计|预期|有望|即将|"
    # `将新建`, `还将`: 将 is the future before a verb, elsewhere it means 把.
    rf"(?:还|也|又)将|将(?:{_NEXT})|下一步|接下来|今后|明年|争取(?:在|到|用|于|年|实现|完成|达)|"
    # `确保每村都有`, `目标是`, `不得少于`, `应当`: a rule.
    r"确保|目标[是为]|不得|应当|必须|原则上|要求(?=各|每|全|党|所|其|村|支|到)|规定(?=每|各|党|凡|不)|(?:可|能)望"
)
_REPORTED = re.compile(
    r"已|累计|截[至止]|目前|先后|共计|现有|完成了|建成了|发展到|达到了|实际|去年|共(?=[\d近约组开建发征收解举完清投培选])|(?<!为)了(?!解)"
)
_LIMIT = re.compile(r"至少|不少于|不低于|不得")
_POSSIBLE = re.compile(
    r"(?:可(?!支配)以?|能够?|可望)(?:[^，。；、]{0,8})(?:带来|增收|实现|增加|创收|达|节约|节省|产|减少|带动|盈利|分红|收入)"
)
# `每月开展2次`, `每网格200-260户`, `每名党员联系5户`: how it is to be; money and yields tell how it is.
_EACH = re.compile(r"(?<!平均)每(?!年为|年给|年可|天|日|次|当|逢|到|一次)[^，。；！？\d]{1,16}$")
_STANDARD_AFTER = re.compile(r"[^，。；、]{0,6}(?:标准|要求|原则|比例)")
_CLAUSE = re.compile(r"[，。；：！？\n]")
_REACH = 120


@dataclass(frozen=True, slots=True)
class SentenceStatus:
    """The words of aim and of result in a sentence, in order, ready to be asked about its figures."""

    plain: str
    planned: tuple[int, ...]
    reported: tuple[int, ...]
    clauses: tuple[int, ...]

    @classmethod
    def read(cls, plain: str, start: int, end: int) -> "SentenceStatus":
        """The marks of the sentence at a span of the plain text."""
        found = (_PLANNED, _REPORTED, _CLAUSE)
        return cls(plain, *(tuple(m.start() for m in words.finditer(plain, start, end)) for words in found))

    def of(self, figure: Figure) -> MetricStatus:
        """Planned where the last word of aim or rule before the figure is not taken back by a result."""
        planned, reported, clause = (
            _last(m, figure.start) for m in (self.planned, self.reported, self.clauses)
        )
        aimed = planned > reported and figure.start - planned <= _REACH
        if aimed or _is_rule(self.plain, figure, clause + 1, reported > clause):
            return MetricStatus.PLANNED
        return MetricStatus.REPORTED


def _last(marks: tuple[int, ...], before: int) -> int:
    """The last of the marks that stands before a place, or -1."""
    at = bisect_left(marks, before)
    return marks[at - 1] if at else -1


_FIRM = (Qualifier.EXACT, Qualifier.RANGE, Qualifier.AT_LEAST, Qualifier.AT_MOST)


def _is_rule(plain: str, figure: Figure, clause: int, done: bool) -> bool:
    """Whether the figure's own clause states a rule or a prospect."""
    words = plain[max(clause, figure.start - 40) : figure.start]
    measured = figure.unit in MONEY or figure.unit in MEASURES or figure.unit in SHARES
    if measured:
        return not done and bool(_POSSIBLE.search(plain[max(clause, figure.start - 40) : figure.end + 6]))
    if _LIMIT.search(words[-16:]) or _LIMIT.match(plain, figure.start):
        return not done
    each = _EACH.search(words)
    if each is None or done:
        return bool("每" in words and _STANDARD_AFTER.match(plain, figure.end))
    return figure.qualifier in _FIRM
