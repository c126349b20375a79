"""Finding the figures of a text: number, vague words and unit, as printed and as a value."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from importers.extract.metrics.exclusions import Candidate, why_no_metric
from importers.extract.metrics.units import DURATIONS, MEASURES, MONEY, SHARES, joint_unit_at
from importers.extract.numerals import (
    NUMERAL,
    Number,
    combine,
    lead_before,
    tail_after,
)
from importers.extract.text import BodyText
from importers.extract.trie import run_of
from kb.vocabulary import Qualifier


class Figure(Struct, frozen=True):
    """A reported amount at a span of the body, its subject not yet known."""

    start: int
    end: int
    value: Number
    upper: Number | None
    unit: str
    qualifier: Qualifier


class Reading(Struct, frozen=True):
    """What a number in the text was read as: a figure, or the rule by which it is none."""

    start: int
    end: int
    figure: Figure | None
    refused: str | None = None
    instead: Figure | None = None
    """The figure that it would be if the rule were wrong here."""


# The unit may be printed with both ends of a range: `50元-100元`, `20%至30%`.
_RANGE_UNIT = r"(?P<between>[%‰元名人户个天次亩家件条斤吨]{0,2})"
_NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<low>{NUMERAL}|半数)"
    rf"(?:{_RANGE_UNIT}[-~—至到]{{1,2}}(?P<high>{NUMERAL}))?"
)
# A run of signs that a number may begin with: one search for all, the grammar is tried only there.
_RUN = re.compile(run_of("0-9零〇一二两三四五六七八九十百千万亿半"))
# What may follow a bare 一 that counts: `每月一次`, `一百`, `一点二万`; any other 一 only means "a".
_AFTER_ONE = frozenset("次场期课讲堂节轮遍篇件点")
_FRACTION = re.compile(r"[二两三四五六七八九十]分之|半数")
_LOOSE_LEAD = re.compile(r"(至少|最少|不少于|不低于|最多|至多|不超过)(?!的)[^，。；、！？\d]{1,10}$")
_LOOSE = {
    "至少": Qualifier.AT_LEAST,
    "最少": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "不低于": Qualifier.AT_LEAST,
    "最多": Qualifier.AT_MOST,
    "至多": Qualifier.AT_MOST,
    "不超过": Qualifier.AT_MOST,
}
# A grown figure is two figures, not a range: `从20户增加到60户`, `由3%提高到5%`.
_GROWTH = re.compile(r"[从由](?:最初的?|原来的?|去年的?|过去的?)?$")
_NAME_QUOTE = re.compile(r"“[^“”。！？；\n]{1,30}”|《[^《》\n]{1,60}》|‘[^‘’。！？；\n]{1,30}’")
_SPOKEN = re.compile(r"(?:[说道称问答]|介绍|表示|回忆|告诉\S{0,4})[：，]?$")
_SPOKEN_AFTER = re.compile(r"，?[^，。；！？“”\n]{0,12}(?:说|表示|介绍|坦言|感慨|算了)")
# Large amounts whose unit the text leaves out: `浏览量超10万`, `注册人数达1200`.
_COUNTED = re.compile(
    r"(?:量|数|人口|人次|总额|收入|资金|粉丝)(?:累计)?(?:已|共)?(?:超过?|达到?|为|近|突破|约|逾)?(?:了)?$"
)
_BREAK = re.compile(r"\+?(?:[，。；、！？）\n]|$)")


def read_figures(text: BodyText, names: Iterable[tuple[int, int]] = ()) -> Iterator[Reading]:
    """Every number with a unit in the body, in order; those inside names and quoted names are refused."""
    plain = text.plain
    closed = _merged([*names, *_quoted_names(plain)])
    done = 0
    for run in _RUN.finditer(plain):
        match = _number_at(plain, run) if run.start() >= done else None
        if match is None:
            continue
        reading = _read(plain, match, closed)
        done = match.end("low")
        if reading is not None:
            done = reading.end
            yield reading


def _number_at(plain: str, run: re.Match[str]) -> re.Match[str] | None:
    """The number that begins with a run of its signs, or with 几, 数 or 上 before it: `数百`."""
    start, end = run.span()
    following = plain[end : end + 1]
    if run[0] == "一" and following not in _AFTER_ONE:
        return None
    # A year or a month is no amount, and the most frequent number of all.
    if following == "月" or (following == "年" and end - start == len("2024")):
        return None
    vague = _NUMBER.match(plain, start - 1) if start and plain[start - 1] in "几数上" else None
    return vague or _NUMBER.match(plain, start)


def _quoted_names(plain: str) -> Iterator[tuple[int, int]]:
    """Spans of short quotations and titles; what somebody says is none of them."""
    for match in _NAME_QUOTE.finditer(plain):
        if not _RUN.search(plain, match.start(), match.end()):
            continue
        before = max(0, match.start() - 8)
        if match[0][-2:-1] in "，、" or _SPOKEN.search(plain, before, match.start()):
            continue
        if not _SPOKEN_AFTER.match(plain, match.end()):
            yield match.span()


def _read(plain: str, match: re.Match[str], closed: list[tuple[int, int]]) -> Reading | None:
    """The reading of one number, or None where no unit follows."""
    parts = _parts(plain, match)
    if parts is None:
        return None
    number_end, unit, low, high = parts
    start, lead = lead_before(plain, match.start())
    end = number_end + len(unit)
    tail_end, tail = _tail(plain, end, unit)
    if lead is None:
        lead = _loose_lead(plain[max(0, start - 14) : start])
    quantity = combine(low, high, lead, tail)
    if quantity is None:
        return None
    vague = quantity.qualifier is not Qualifier.EXACT
    candidate = Candidate(match.start(), end, low if high is None else low + "-" + high, unit, vague)
    if _inside(match.start(), end, closed):
        return Reading(start, tail_end, None, "name")
    refused = why_no_metric(plain, candidate)
    unit = unit or ("%" if "百分之" in low else "")
    figure = Figure(start, tail_end, quantity.value, quantity.upper, unit, quantity.qualifier)
    return Reading(start, tail_end, None, refused, figure) if refused else Reading(start, tail_end, figure)


def _loose_lead(words: str) -> Qualifier | None:
    """The vague word that governs the figure from before its verb: `至少开展1次`."""
    if "少" not in words and "多" not in words and "不" not in words:
        return None
    loose = _LOOSE_LEAD.search(words)
    return None if loose is None else _LOOSE[loose[1]]


_OVER = Qualifier.OVER
# 内 begins another word: `2小时内蒙古…`, `5天内外兼修`.
_INSIDE_WORDS = ("内蒙", "内外", "内部", "内涵", "内容")
_TAKES_MORE = SHARES | MEASURES | MONEY | DURATIONS


def _tail(plain: str, end: int, unit: str) -> tuple[int, Qualifier | None]:
    """Where the vague word behind the unit ends: `五万元以上`, `3倍多`, `5日内`."""
    if unit in DURATIONS and plain.startswith("内", end) and not plain.startswith(_INSIDE_WORDS, end):
        return end + 1, Qualifier.AT_MOST
    if unit in _TAKES_MORE and plain.startswith("多", end):
        # `3倍多` against `20亩多种作物`.
        return (
            (end, None)
            if plain.startswith(("多种", "多个", "多名", "多方", "多样"), end)
            else (end + 1, _OVER)
        )
    return tail_after(plain, end)


def _parts(plain: str, match: re.Match[str]) -> tuple[int, str, str, str | None] | None:
    """End of the number, unit, numeral and second numeral of a match; None where no unit follows."""
    low, high, end = match["low"], match["high"], match.end()
    if high is not None:
        unit = joint_unit_at(plain, end)
        between = match["between"]
        fits = unit is not None and unit.endswith(between)
        if fits and unit is not None and not _GROWTH.search(plain, max(0, match.start() - 5), match.start()):
            return end, unit, low, high
        end = match.end("low")
    unit = joint_unit_at(plain, end)
    if unit is None:
        unit = "" if _needs_no_unit(plain, match, end) else None
    return None if unit is None else (end, unit, low, None)


def _needs_no_unit(plain: str, match: re.Match[str], end: int) -> bool:
    """Whether a number counts without a printed unit: a fraction, per cent in words, `浏览量超10万`."""
    low = match["low"]
    if "百分之" in low or _FRACTION.match(low):
        return True
    alone = low[0].isdigit() and _BREAK.match(plain, end)
    return bool(alone and _COUNTED.search(plain, max(0, match.start() - 10), match.start()))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _inside(start: int, end: int, closed: list[tuple[int, int]]) -> bool:
    """Whether a figure stands inside one of the merged spans."""
    at = bisect_right(closed, (start, end))
    near = closed[at - 1 : at + 1] if at else closed[:1]
    return any(first <= start and end <= last for first, last in near)
