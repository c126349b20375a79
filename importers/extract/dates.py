"""Times that the words of a sentence give: since when, until when, in which period.

A time is resolved to an ISO date where the text is explicit (`2016年以来`) or where the issue date
makes it so (`今年以来`); else its printed words are kept. What it covers is written as the two ends
`period_from` and `as_of`, each as precise as the words are.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from importers.extract.records import DateText


class TimeKind(Enum):
    """What a time says: where a period begins, where it ends, or both."""

    SINCE = "since"
    UNTIL = "until"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time named at a span of the body, and the period that it gives."""

    start: int
    end: int
    kind: TimeKind
    period_from: DateText | None = None
    as_of: DateText | None = None


@dataclass(frozen=True, slots=True)
class IssueDate:
    """The date of the newspaper, as precise as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, iso: str | None) -> "IssueDate | None":
        """The date of an ISO string (`2024-06-30`, `2024-06`, `2024`), or None for anything else."""
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso or "", re.ASCII)
        if match is None or int(match[1]) == 0:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        if (month is not None and not 1 <= month <= 12) or (day is not None and not _real(year, month, day)):
            return None
        return cls(year or 0, month, day)

    @property
    def iso(self) -> str:
        """The date as an ISO string, as precise as it is known."""
        return iso_date(self.year, self.month, self.day)


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str:
    """`2024`, `2024-06` or `2024-06-30`, as far as the parts are known."""
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _real(year: int | None, month: int | None, day: int) -> bool:
    """Whether the calendar has that day; a missing year is taken for a leap year."""
    return month is not None and 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


# --- the words ------------------------------------------------------------------------------------

_YEAR = r"(?:19|20)\d\d年"
_RELATIVE_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_RELATIVE_YEAR = "|".join(_RELATIVE_YEARS)
_MONTH = r"\d{1,2}月"
_DAY = r"\d{1,2}[日号]"
_HALF = r"上半年|下半年"
_QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_QUARTER = r"第?[一二三四]季度|前三季度"

_DATE = (
    rf"(?P<year>{_YEAR}|{_RELATIVE_YEAR})?度?(?:(?P<month>{_MONTH})份?(?P<day>{_DAY})?"
    rf"|(?P<half>{_HALF})|(?P<quarter>{_QUARTER}))?(?:年?初)?"
)
_DATE_PATTERN = re.compile(_DATE)

_SINCE_END = r"(?:以来|来(?=[，,、])|起(?=[，,、在开每对全]|$)|至今|开始(?=[，,]))"
# `自2021年7月起`, `2016年以来`, `今年3月份以来`: an explicit beginning.
_SINCE_DATE = re.compile(rf"(?:自从|自|从)?(?P<text>(?=[12今本去上前\d年第]){_DATE}){_SINCE_END}")
# `近年来`, `三年来`, `近5年来`, `入夏以来`, `年初以来`: a beginning that the words alone do not date.
_SINCE_WORDS = re.compile(
    r"(?<![党职教作伍\d])(?:近|最近|这|过去)?(?:几|[一二三四五六七八九十两]|\d{1,2})?(?:个[多]?月|年)以?来"
    r"|近年来|年初以来|入[春夏秋冬汛伏]以来|(?:今|去)[春夏秋冬]以来|年初至今"
)
# `夜校开办以来`, `自驿站启用以来`: an event from which the period counts.
_SINCE_EVENT = re.compile(r"(?:自从|自|从)?[^，。；：！？,\n]{2,40}以来")

# `截至目前`, `到目前为止`, `迄今`, or 目前 itself before what is so now: `目前，全旗有合作社60家`.
_UNTIL_NOW = re.compile(
    r"(?:截[至止]到?|到|至)(?:目前|现在|当前|今日|发稿)(?!的)(?:为止|时)?|截[至止]日前|迄今(?:为止)?|至今"
    r"|(?<![^，。；：！？\n“])目前(?!存在|面临|形势|来看|情况|阶段|状况|的)"
    r"|(?<![截到至对])目前(?:为止)?(?=[，,]|[已共全累有]|(?!存在|面临|形势|来看|情况|阶段|状况)[^，。；的]{1,16}[有达建成共已造])"
)
# `截至2018年底`, `截至去年12月`, `截至6月30日`.
_UNTIL_DATE = re.compile(
    rf"(?:截[至止]到?|[到至](?=20\d\d年[年]?[底末]))(?P<text>(?=[12今本去上前\d年]){_DATE}(?P<last>年?底|年?末)?)"
)

# `2022年`, `2021年上半年`, `去年`, `今年第一季度`, `5月23日`: a period or a day in which something was so.
_WITHIN_DATE = re.compile(rf"(?P<text>(?=[12今本去上前\d第]){_DATE}(?P<last>年?底|年?末)?)")
# `2020年至2022年`, `2019-2021年`.
_WITHIN_YEARS = re.compile(r"((?:19|20)\d\d)年?[-~—至到]{1,2}((?:19|20)\d\d)年")
_OCCASIONS = (
    "春节|两节|元旦|元宵节|清明|端午|中秋|国庆|双节|五一|七一|假期|暑假|寒假|暑期|寒假|汛期|节日|“[^”]{1,6}”"
)
_WITHIN_OCCASION = re.compile(
    rf"(?:今年|去年|20\d\d年)?(?:{_OCCASIONS})(?:假期)?期间|(?<![^，。；：！？\n（“])[^，。；、：！？\n“”]{{2,12}}期间(?=，)"
)
# `今年1至8月`, `2023年3-5月`: some months of a year.
_WITHIN_MONTHS = re.compile(
    rf"(?P<year>{_YEAR}|{_RELATIVE_YEAR})?(?P<first>\d{{1,2}})月?[-~—至到](?P<month>{_MONTH})份?"
)

_CLAUSE_START = "，。；：！？,、\n（“”)） "


# --- reading --------------------------------------------------------------------------------------


def find_times(plain: str, start: int, end: int, issue: IssueDate | None = None) -> tuple[TimeMention, ...]:
    """The times that a sentence names, in order of their start; `plain` is the body's plain form."""
    found = [*_since(plain, start, end, issue), *_until(plain, start, end, issue)]
    found += [t for t in _within(plain, start, end, issue) if not any(_overlap(t, other) for other in found)]
    return tuple(sorted(found, key=lambda time: (time.start, -time.end)))


def started(
    plain: str, sentence: int, mention: int, issue: IssueDate | None = None, *, days: bool = False
) -> DateText | None:
    """Since when the thing named at `mention` runs, from the words between `sentence` and it; else None.

    `2018年以来…推行了某制度` gives 2018. With `days`, a day named by itself counts too (an event's day).
    """
    times = find_times(plain, sentence, mention, issue)
    for time in reversed(times):
        dated = time.period_from is not None and time.period_from.iso is not None
        wanted = time.kind is TimeKind.SINCE or (time.kind is TimeKind.WITHIN and (days or _is_year(time)))
        if dated and wanted:
            return time.period_from
    return None


def _is_year(time: TimeMention) -> bool:
    """Whether the time is a bare year or month, not a single day."""
    return time.period_from is not None and len(time.period_from.iso or "") <= 7


def _overlap(one: TimeMention, other: TimeMention) -> bool:
    return one.start < other.end and other.start < one.end


def _since(plain: str, start: int, end: int, issue: IssueDate | None) -> Iterator[TimeMention]:
    """Beginnings of a period; an event's clause counts only where no date stands in it."""
    words = plain[start:end]
    if "来" not in words and "起" not in words and "至今" not in words and "开始" not in words:
        return
    taken = start
    for match in _SINCE_DATE.finditer(plain, start, end):
        date = _read_date(match, issue)
        if match["text"] and (date is not None or match["year"] or match["month"] or match["half"]):
            iso = date[0] if date else None
            text = match[0].removeprefix("自从").removeprefix("自").removeprefix("从")
            yield TimeMention(*match.span(), TimeKind.SINCE, period_from=DateText(text, iso))
            taken = match.end()
    for match in _SINCE_WORDS.finditer(plain, taken, end):
        iso = str(issue.year) if issue and match[0].startswith("年初") else None
        yield TimeMention(*match.span(), TimeKind.SINCE, period_from=DateText(match[0], iso))
        taken = match.end()
    if plain.find("以来", taken, end) >= 0:
        for match in _SINCE_EVENT.finditer(plain, taken, end):
            yield TimeMention(*match.span(), TimeKind.SINCE, period_from=DateText(match[0]))


def _until(plain: str, start: int, end: int, issue: IssueDate | None) -> Iterator[TimeMention]:
    """Ends of a period that reaches up to then."""
    words = plain[start:end]
    if (
        "前" not in words
        and "截" not in words
        and "今" not in words
        and "至" not in words
        and "到" not in words
    ):
        return
    for match in _UNTIL_NOW.finditer(plain, start, end):
        iso = issue.iso if issue else None
        yield TimeMention(*match.span(), TimeKind.UNTIL, as_of=DateText(match[0], iso))
    for match in _UNTIL_DATE.finditer(plain, start, end):
        if match["text"]:
            date = _read_date(match, issue)
            yield TimeMention(
                *match.span(), TimeKind.UNTIL, as_of=DateText(match[0], date[1] if date else None)
            )


def _within(plain: str, start: int, end: int, issue: IssueDate | None) -> Iterator[TimeMention]:
    """Periods that both begin and end."""
    words = plain[start:end]
    if "年" not in words and "月" not in words and "期间" not in words and "季度" not in words:
        return
    taken = start
    for match in _WITHIN_YEARS.finditer(plain, start, end):
        first, last = match.groups()
        yield TimeMention(
            *match.span(), TimeKind.WITHIN, DateText(match[0], first), DateText(match[0], f"{last}-12-31")
        )
        taken = match.end()
    for match in _WITHIN_MONTHS.finditer(plain, taken, end):
        yield _within_months(match, issue)
        taken = match.end()
    for match in _WITHIN_OCCASION.finditer(plain, start, end):
        yield TimeMention(*match.span(), TimeKind.WITHIN, DateText(match[0]), DateText(match[0]))
    for match in _WITHIN_DATE.finditer(plain, taken, end):
        if match["text"] and _stands_alone(plain, match, start):
            yield _within_date(match, issue)


def _within_months(match: re.Match[str], issue: IssueDate | None) -> TimeMention:
    """The time of some months of a year: `1至8月` from the first to the last day of the last."""
    first, last = int(match["first"]), int(match["month"][:-1])
    year = _year_of(match["year"], last, None, issue) if 1 <= first <= last <= 12 else None
    since = None if year is None else iso_date(year, first)
    until = None if year is None else iso_date(year, last, monthrange(year, last)[1])
    return TimeMention(*match.span(), TimeKind.WITHIN, DateText(match[0], since), DateText(match[0], until))


def _stands_alone(plain: str, match: re.Match[str], start: int) -> bool:
    """Whether a date says when, and does not name a thing: `2022年，…` against `2022年度计划`."""
    if match["year"] is None and not match["half"] and not match["quarter"] and match["day"] is None:
        return False
    after = plain[match.end() : match.end() + 1]
    before = plain[match.start() - 1 : match.start()] if match.start() > start else ""
    if match[0].endswith("度") and not match["quarter"]:
        return False
    clause_initial = not before or before in _CLAUSE_START or before in "仅在于自到至"
    # `今年计划再建8个`, `明年将…`: the year of a plan; 去年 and explicit years may follow their subject.
    explicit = bool(match["year"]) and match["year"] not in ("今年", "本年", "明年")
    if after == "的":
        # `由2019年的5万元`: the year of the figure itself.
        return plain[match.end() + 1 : match.end() + 2].isdigit()
    if plain.startswith(("同期", "相比", "比"), match.end()) or before in ("较", "比", "同"):
        return False
    return after not in ("级", "制", "版", "-") and (clause_initial or explicit or bool(match["half"]))


def _within_date(match: re.Match[str], issue: IssueDate | None) -> TimeMention:
    """The time of a date in which something was so: `2022年` from 2022 to 2022-12-31."""
    date = _read_date(match, issue)
    text = match["text"]
    first, last = date or (None, None)
    if match["year"] in ("今年", "本年") and not _narrowed(match):
        # The year is not over: only its beginning is known.
        return TimeMention(*match.span(), TimeKind.WITHIN, DateText(text, first))
    return TimeMention(*match.span(), TimeKind.WITHIN, DateText(text, first), DateText(text, last))


def _narrowed(match: re.Match[str]) -> bool:
    """Whether a part of the year is named."""
    return bool(match["month"] or match["half"] or match["quarter"])


def _read_date(match: re.Match[str], issue: IssueDate | None) -> tuple[str, str] | None:
    """First and last ISO date that a match of the date pattern covers; None where its year is unknown.

    A single day gives that day twice; a bare year gives the year and its last day.
    """
    month = int(match["month"][:-1]) if match["month"] else None
    day = int(match["day"][:-1]) if match["day"] else None
    if month is not None and not 1 <= month <= 12:
        return None
    year = _year_of(match["year"], month, match["half"], issue)
    if year is None or (day is not None and not _real(year, month, day)):
        return None
    if day is not None:
        return iso_date(year, month, day), iso_date(year, month, day)
    return _span_of(year, month, match["half"], match["quarter"])


def _span_of(year: int, month: int | None, half: str | None, quarter: str | None) -> tuple[str, str]:
    """First and last ISO date of a year or of the part of it that is named."""
    if month is not None:
        return iso_date(year, month), iso_date(year, month, monthrange(year, month)[1])
    if half:
        first, last = (1, 6) if half == "上半年" else (7, 12)
        return iso_date(year, first), iso_date(year, last, monthrange(year, last)[1])
    if quarter:
        first, last = (1, 9) if quarter.startswith("前") else _QUARTERS[quarter.removeprefix("第")[0]]
        return iso_date(year, first), iso_date(year, last, monthrange(year, last)[1])
    return iso_date(year), iso_date(year, 12, 31)


def _year_of(printed: str | None, month: int | None, half: str | None, issue: IssueDate | None) -> int | None:
    """The year of a date: as printed, or the one of the latest such month up to the issue date."""
    if printed and printed[:2].isdigit():
        return int(printed[:4])
    if issue is None:
        return None
    if printed:
        return issue.year + _RELATIVE_YEARS[printed]
    if month is not None and issue.month is not None and month > issue.month:
        return issue.year - 1
    if half == "上半年" and issue.month is not None and issue.month < 4:
        return issue.year - 1
    return issue.year


def resolve_date(text: str, issue_date: str | None = None) -> DateText:
    """A printed date with its ISO form where it has one: `6月23日`, `2021年7月`, `去年`."""
    plain = text.strip()
    match = _DATE_PATTERN.fullmatch(plain)
    date = _read_date(match, IssueDate.parse(issue_date)) if match and plain else None
    return DateText(text, date[0] if date else None)
