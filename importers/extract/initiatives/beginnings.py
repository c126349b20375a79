"""Since when an undertaking runs, where the words around its name say so."""

import re
from bisect import bisect_right

from importers.extract.dates.find import IssueDate, TimeKind, TimeMention, find_times, resolve_date
from importers.extract.initiatives.quoted import Candidate
from importers.extract.records import DateText
from importers.extract.text import BodyText
from kb.vocabulary import InitiativeKind

_FOUNDED = re.compile(
    "(?:始于|创建于|成立于|建成于|启动于|创办于|建于)((?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)"
)
# 2023年6月，甲镇党委打造“乙丙”: the verb tells that it began then; 2023年，开展… does not.
_PRINTED_DATE = re.compile("(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?")
# 今年3月，甲局启动“乙丙”: the issue date tells the year.
_RELATIVE_DATE = re.compile("(?:今年|去年|前年)(?!以?来|起|上半年|下半年)")
# 去年9月以来，甲局打造“乙丙”: the month tells a beginning; 去年以来 tells the report's period.
_SINCE_A_MONTH = re.compile("(?:今年|去年|前年)(?:年初|[0-9]{1,2}月)")
# 2019年…开展“甲乙”活动: a campaign of that year began then, an event or a mechanism may be older.
_CARRYING_OUT = re.compile("(?:开展|组织|举办)[了起]?[^，。；：“”]{0,6}$")
_FOUNDING = re.compile(
    "(?:打造|创建|建立|建成|建起|办起|推行|推广|推出|实行|实施|创新|设立|设置|开设|开通|开办|开发|创办|成立|启动|发起|探索|构建|搭建|创设|试行|先行先试|上线|启用|试点(?:建设|推行)?)"
    "[了起出]?(?:“[^“”]{1,30}”的)?[^，。；：“”]{0,12}$"
)
# 2019年以来，结合“甲乙”志愿服务、“丙丁”等工作: what is made use of had begun before.
_MADE_USE_OF = re.compile(
    "(?:结合|依托|围绕|借助|利用|按照|根据|落实)(?:“[^“”]{1,30}”[^，。；：“”]{0,10}、)*$"
)
# 变化始于2022年。那一年，甲旗启动“乙丙”行动: the year is the sentence's before.
_THAT_YEAR = re.compile("[“]?(?:那一?|这一|同|当)年，")
_PRINTED_YEAR = re.compile("(?:19|20)[0-9]{2}年")
# 6月17日，又逢牧民议事日。此次活动的主题是“甲乙”: the day is the sentence's before.
_THAT_DAY = re.compile("[此这本][次场]|当[天日]|这一天")
_OWN_DATE = re.compile("[0-9][日号月年]")
# 今年3月，甲局开展“乙丙”宣讲活动: an event of that month; of a year it may be one of several.
_MONTH_OF = re.compile("[0-9]{1,2}月份?$")


def started(
    found: Candidate, text: BodyText, issue: IssueDate | None, kind: InitiativeKind
) -> DateText | None:
    """When it began, where its sentence says so: 2021年以来, 自2022年3月起; an event's own day or month."""
    start, end = sentence_at(text, found.start)
    start = max(start, found.start - 120)
    before = text.plain[start : found.start]
    one_day = kind is InitiativeKind.EVENT
    if not one_day and _MADE_USE_OF.search(before):
        before = ""
    if "年" in before or (one_day and "日" in before):
        carried_out = _carried_out_first(found, text.plain, before)
        by_verb = bool(_FOUNDING.search(before)) or (kind is InitiativeKind.CAMPAIGN and carried_out)
        for time in reversed(find_times(text.plain, start, found.start, issue)):
            date = _beginning(time, by_verb or (one_day and carried_out and _is_a_month(time)), one_day)
            if date:
                return date
    if _THAT_YEAR.match(before) and _FOUNDING.search(before):
        years = _PRINTED_YEAR.findall(text.plain, max(0, start - 40), start)
        return resolve_date(years[-1]) if years else None
    if one_day and _THAT_DAY.search(before):
        return _day_before(found, text, issue)
    match = _FOUNDED.search(text.plain, found.end, min(end, found.end + 60))
    return resolve_date(match[1]) if match else None


def _carried_out_first(found: Candidate, plain: str, before: str) -> bool:
    """Whether a campaign is said to be carried out, and not how often: 开展“甲乙”行动12次."""
    end = found.head.end if found.head else found.end
    return bool(_CARRYING_OUT.search(before)) and not plain[end : end + 1].isdigit()


def _beginning(time: TimeMention, by_verb: bool, one_day: bool) -> DateText | None:
    """The date on which what is named after a time began; None where the time only tells when it ran."""
    date = time.period_from
    if date is None:
        return None
    printed = _PRINTED_DATE.search(date.text)
    if _is_one_day(time):
        return date if one_day else None
    # 今年以来 tells the report's period; a printed year tells a beginning (自2024年3月开课以来).
    if by_verb and date.iso and time.kind is TimeKind.WITHIN and _RELATIVE_DATE.match(date.text):
        return date
    if by_verb and date.iso and time.kind is TimeKind.SINCE and _SINCE_A_MONTH.match(date.text):
        return date
    if not printed or not (by_verb or time.kind is TimeKind.SINCE):
        return None
    return date if date.iso else resolve_date(printed[0])


def _is_a_month(time: TimeMention) -> bool:
    """Whether a time is one month of a year."""
    return time.kind is TimeKind.WITHIN and bool(time.period_from and _MONTH_OF.search(time.period_from.text))


def _is_one_day(time: TimeMention) -> bool:
    """Whether a time is a single day whose year is known."""
    iso = time.period_from.iso if time.period_from else None
    return time.kind is TimeKind.WITHIN and len(iso or "") == len("2024-06-30")


def _day_before(found: Candidate, text: BodyText, issue: IssueDate | None) -> DateText | None:
    """The one day of the sentence before in its paragraph, where its own sentence tells no time."""
    start, end = sentence_at(text, found.start)
    if start == 0 or text.plain[start - 1] == "\n" or _OWN_DATE.search(text.plain, start, end):
        return None
    first, _ = sentence_at(text, start - 1)
    days = [time.period_from for time in find_times(text.plain, first, start, issue) if _is_one_day(time)]
    return days[0] if len(days) == 1 else None


def sentence_at(text: BodyText, pos: int) -> tuple[int, int]:
    """The span of the sentence at a position."""
    index = bisect_right(text.sentences, (pos, len(text.plain) + 1)) - 1
    return text.sentences[max(0, index)]
