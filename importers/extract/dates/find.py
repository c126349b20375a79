"""Times that the words of a sentence give: since when, until when, in which period.

A time is resolved to an ISO date where the text is explicit (`2016年以来`) or where the issue date
makes it so (`今年以来`); else its printed words are kept. What it covers is written as the two ends
`period_from` and `as_of`, each as precise as the words are.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import accumulate

from msgspec import Struct

from importers.extract.dates.words import (
    CLAUSE_START,
    DATE_PATTERN,
    LATELY,
    QUARTERS,
    RELATIVE_YEARS,
    SINCE_DATE,
    SINCE_END,
    SINCE_EVENT,
    SINCE_WORDS,
    UNTIL_DATE,
    UNTIL_NOW,
    WITHIN_DATE,
    WITHIN_MONTHS,
    WITHIN_OCCASION,
    WITHIN_YEARS,
)
from importers.extract.records import DateText


class TimeKind(Enum):
    """What a time says: where a period begins, where it ends, or both."""

    SINCE = "since"
    UNTIL = "until"
    WITHIN = "within"


class TimeMention(Struct, frozen=True):
    """A time named at a span of the body, and the period that it gives."""

    start: int
    end: int
    kind: TimeKind
    period_from: DateText | None = None
    as_of: DateText | None = None


class IssueDate(Struct, frozen=True):
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


_FOUNDED = {
    "中国共产党成立": 1921,
    "建党": 1921,
    "新中国成立": 1949,
    "中华人民共和国成立": 1949,
    "内蒙古自治区成立": 1947,
}
# 为庆祝建党98周年: an anniversary that is being kept tells the year; one that is awaited does not.
_KEPT = re.compile(rf"(?:庆祝|纪念)(?P<founded>{'|'.join(_FOUNDED)})(?P<years>\d{{2,3}})周年")

# 2011年，为庆祝建党90周年: the year is told beside it, and may be long past.
_LOOKING_BACK = re.compile(r"(?:19|20)\d\d年|[去前当那]年")


def anniversary_year(plain: str) -> IssueDate | None:
    """The year of a text that keeps an anniversary; None where it keeps none, or several."""
    kept = _KEPT.finditer(plain) if "周年" in plain else ()
    years = {
        _FOUNDED[match["founded"]] + int(match["years"])
        for match in kept
        if not _LOOKING_BACK.search(plain, plain.rfind("。", 0, match.start()) + 1, match.start())
    }
    return IssueDate(years.pop()) if len(years) == 1 else None


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str:
    """`2024`, `2024-06` or `2024-06-30`, as far as the parts are known."""
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _real(year: int | None, month: int | None, day: int) -> bool:
    """Whether the calendar has that day; a missing year is taken for a leap year."""
    return month is not None and 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def find_times(plain: str, start: int, end: int, issue: IssueDate | None = None) -> tuple[TimeMention, ...]:
    """The times that a sentence names, in order of their start; `plain` is the body's plain form."""
    found = [*_since(plain, start, end, issue), *_until(plain, start, end, issue)]
    within = list(_within(plain, start, end, issue))
    if found and within:
        is_taken = _taken(found)
        within = [time for time in within if not is_taken(time)]
    return tuple(sorted(found + within, key=lambda time: (time.start, -time.end)))


def _taken(found: list[TimeMention]) -> Callable[[TimeMention], bool]:
    """What tells whether a time overlaps one of these; a search for each, so that many cost no square."""
    spans = sorted((time.start, time.end) for time in found)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max))

    def is_taken(time: TimeMention) -> bool:
        before = bisect_left(starts, time.end)
        return before > 0 and furthest[before - 1] > time.start

    return is_taken


def _since(plain: str, start: int, end: int, issue: IssueDate | None) -> Iterator[TimeMention]:
    """Beginnings of a period; an event's clause counts where no time stands in it alone."""
    taken = start
    dated = SINCE_END.search(plain, start, end) is not None
    for match in SINCE_DATE.finditer(plain, start, end) if dated else ():
        date = _read_date(match, issue)
        if match["text"] and (date is not None or match["year"] or match["month"] or match["half"]):
            iso = date[0] if date else None
            text = match[0].removeprefix("自从").removeprefix("自").removeprefix("从")
            yield TimeMention(*match.span(), TimeKind.SINCE, period_from=DateText(text, iso))
            taken = match.end()
    for match in SINCE_WORDS.finditer(plain, taken, end) if LATELY.search(plain, start, end) else ():
        iso = str(issue.year) if issue and match[0].startswith("年初") else None
        yield TimeMention(*match.span(), TimeKind.SINCE, period_from=DateText(match[0], iso))
        taken = match.end()
    if plain.find("以来", taken, end) >= 0:
        for match in SINCE_EVENT.finditer(plain, taken, end):
            date = _read_date(match, issue) if match["year"] or match["month"] else None
            yield TimeMention(
                *match.span(), TimeKind.SINCE, period_from=DateText(match[0], date[0] if date else None)
            )


# Of these UNTIL_NOW has one.
_NOW = ("目前", "现在", "当前", "今日", "发稿", "日前", "迄今", "至今")


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
    for match in UNTIL_NOW.finditer(plain, start, end) if any(now in words for now in _NOW) else ():
        iso = issue.iso if issue else None
        yield TimeMention(*match.span(), TimeKind.UNTIL, as_of=DateText(match[0], iso))
    for match in UNTIL_DATE.finditer(plain, start, end) if "截" in words or "20" in words else ():
        if match["text"]:
            date = _read_date(match, issue)
            yield TimeMention(
                *match.span(), TimeKind.UNTIL, as_of=DateText(match[0], date[1] if date else None)
            )


def _within(plain: str, start: int, end: int, issue: IssueDate | None) -> Iterator[TimeMention]:
    """Periods that both begin and end."""
    taken = start
    if plain.find("期间", start, end) >= 0:
        for match in WITHIN_OCCASION.finditer(plain, start, end):
            yield TimeMention(*match.span(), TimeKind.WITHIN, DateText(match[0]), DateText(match[0]))
    words = plain[start:end]
    if ("年" not in words and "月" not in words and "季度" not in words) or not _DATED.search(words):
        return
    for match in WITHIN_YEARS.finditer(plain, start, end):
        first, last = match.groups()
        yield TimeMention(
            *match.span(), TimeKind.WITHIN, DateText(match[0], first), DateText(match[0], f"{last}-12-31")
        )
        taken = match.end()
    for match in WITHIN_MONTHS.finditer(plain, taken, end) if _REACHING.search(words) else ():
        yield _within_months(match, issue)
        taken = match.end()
    for match in WITHIN_DATE.finditer(plain, taken, end):
        if match["text"] and _stands_alone(plain, match, start):
            yield _within_date(match, issue)


# What every date has: a sentence without it needs no closer look.
_DATED = re.compile(r"\d[年月]|[今本去上前明半]年|季度")
# What some months of a year have: `1至8月`.
_REACHING = re.compile(r"[-~—至到]\d")


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
    clause_initial = not before or before in CLAUSE_START or before in "仅在于自到至"
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
        first, last = (1, 9) if quarter.startswith("前") else QUARTERS[quarter.removeprefix("第")[0]]
        return iso_date(year, first), iso_date(year, last, monthrange(year, last)[1])
    return iso_date(year), iso_date(year, 12, 31)


def _year_of(printed: str | None, month: int | None, half: str | None, issue: IssueDate | None) -> int | None:
    """The year of a date: as printed, or the one of the latest such month up to the issue date."""
    if printed and printed[:2].isdigit():
        return int(printed[:4])
    if issue is None:
        return None
    if printed:
        return issue.year + RELATIVE_YEARS[printed]
    if month is not None and issue.month is not None and month > issue.month:
        return issue.year - 1
    if half == "上半年" and issue.month is not None and issue.month < 4:
        return issue.year - 1
    return issue.year


def resolve_date(text: str, issue_date: str | None = None) -> DateText:
    """A printed date with its ISO form where it has one: `6月23日`, `2021年7月`, `去年`."""
    plain = text.strip()
    match = DATE_PATTERN.fullmatch(plain)
    date = _read_date(match, IssueDate.parse(issue_date)) if match and plain else None
    return DateText(text, date[0] if date else None)
