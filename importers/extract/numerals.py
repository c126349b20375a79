"""Printed numerals and what they say: Arabic, Chinese and mixed ones, vague ones, fractions, ranges.

The grammar of a printed amount, as newspapers write it (the unit is not part of it):

    lead     近 约 超过 至少 …          `近百`, `至少3`
    numeral  `1,200`, `3.5万`, `一百二十`, `数十`, `三分之二`, `百分之九十`
    vague    多 余 来 几                 `70多万`, `35万余`, `十几`
    range    numeral - numeral           `40-60`, `三至五`, `五六`
    tail     以上 左右 以内 …            `五万元以上` (after the unit)
"""

import re
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from kb.vocabulary import Qualifier

Number = int | float

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_SCALE = _POWERS | _GROUPS

# 千 belongs to a unit in `80千瓦`, `300千克`.
_POWER = r"(?:[十百万亿]|千(?![瓦克米卡伏安焦]))"
_ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d)|\d{{1,15}}(?!\d))(?:\.\d{{1,6}})?{_POWER}{{0,3}}"
# 数 and 上 only before a power of ten, and not as the end of another word: `总人数百余名`, `网上百家`.
_VAGUE_POWER = (
    r"(?:(?<![人户总次件个参少多])数|几|(?<![以线网晚早会街路身马车山台地世手头之])上)[十百千万亿]{1,3}"
)
_CHINESE = (
    r"(?:百分之|(?:[二三四五六七八九十]|两)分之)?"
    r"[零〇一二两三四五六七八九十百千万亿]{1,16}(?:点[零〇一二三四五六七八九]{1,4}[百千万亿]{0,2})?"
)
_VAGUE = rf"[多余来几]?{_POWER}{{0,2}}[多余]?"

NUMERAL = rf"(?:(?:百分之)?{_ARABIC}|{_VAGUE_POWER}|{_CHINESE}){_VAGUE}"
"""Source of the pattern of one numeral, vague words inside it included: `1.2万余`, `十几`, `70多万`."""

_PLAIN_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([十百千万亿]*)")
_FRACTION = re.compile(r"(百|[二两三四五六七八九十])分之(.+)")
_VAGUE_SIGN = re.compile(r"[多余来几]")
# Two neighbouring digits are an estimate: `五六` 5 to 6, `十七八` 17 to 18, `三四百` 300 to 400.
_PAIR = re.compile(r"(.*[十百千万亿])?(一两|两三|三五|二三|三四|四五|五六|六七|七八|八九)([十百千万亿]{0,3})")


class Quantity(Struct, frozen=True):
    """An amount as vague as it is printed: `upper` is set for a range alone."""

    value: Number
    upper: Number | None = None
    qualifier: Qualifier = Qualifier.EXACT


def parse_number(text: str) -> Number | None:
    """The number that a numeral without vague words gives, else None: `3.5万` 35000, `一百二十` 120.

    Fractions give their value (`三分之二` 0.666…), per cent the printed figure (`百分之九十` 90).
    """
    if match := _PLAIN_ARABIC.fullmatch(text):
        return _arabic(match[1], match[2])
    if match := _FRACTION.fullmatch(text):
        return _fraction(match[1], match[2])
    return _chinese(text)


def _arabic(digits: str, powers: str) -> Number:
    """The number of Arabic digits (thousands commas allowed) times the powers printed after them."""
    number = Decimal(digits.replace(",", ""))
    for power in powers:
        number *= _SCALE[power]
    return _plain(number)


def _plain(number: Decimal) -> Number:
    """The number as an int where it is whole, else as a float."""
    return int(number) if number == number.to_integral_value() else float(number)


def _fraction(below: str, above: str) -> Number | None:
    """`百分之九十` 90, the unit being %; `三分之二` 2/3."""
    number = parse_number(above)
    if number is None or below == "百":
        return number
    divisor = _chinese(below)
    return number / divisor if divisor else None


def _chinese(text: str) -> Number | None:
    """The number of a Chinese numeral; None for what is none, such as two digits in a row (`六一`)."""
    whole, point, decimals = text.partition("点")
    number = _chinese_whole(whole)
    if number is None or not point:
        return number
    digits = decimals.rstrip("百千万亿")
    if not digits or any(sign not in _DIGITS for sign in digits):
        return None
    shown = f"{number}.{''.join(str(_DIGITS[sign]) for sign in digits)}"
    return _arabic(shown, decimals[len(digits) :])


def _chinese_whole(text: str) -> int | None:
    """The whole number of `一百二十`, `两千三` (2300), `一亿零五万`; None where it is no number."""
    if not text:
        return None
    total = section = 0
    digit: int | None = None
    power = 0
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit, power = _DIGITS[sign], (0 if sign in "零〇" else power)
        elif sign in _POWERS:
            power = _POWERS[sign]
            section, digit = section + (1 if digit is None else digit) * power, None
        elif sign in _GROUPS:
            power = _GROUPS[sign]
            # 万 inside 亿: `一亿二千万` adds up, `三千万亿` multiplies.
            head = section + (digit or 0)
            if not head and not total:
                head = 1
            if total and total < power:
                total = (total + head) * power
            else:
                total += head * power
            section, digit = 0, None
        else:
            return None
    last = digit or 0
    # A single digit after a power counts in tenths of it: `一百二` 120, `三万五` 35000.
    return total + section + (last * power // 10 if last and power > 10 else last)


def read_numeral(text: str) -> Quantity | None:
    """The amount of one numeral with its vague words: `70多万` over 700000, `十几` over 10, `五六` 5 to 6."""
    if text.isdecimal() and len(text) < 16:
        return Quantity(int(text))
    if text == "半数":
        return Quantity(0.5)
    if pair := _PAIR.fullmatch(text):
        return _read_pair(pair[1] or "", pair[2], pair[3])
    if text[:1] in "数几上" and text[1:2] in _SCALE:
        return _vague(_VAGUE_SIGN.sub("", text[1:]), Qualifier.OVER)
    sign = _VAGUE_SIGN.search(text)
    if sign is None:
        number = parse_number(text)
        return None if number is None else Quantity(number)
    qualifier = Qualifier.ABOUT if sign[0] == "来" else Qualifier.OVER
    number = parse_number(text[: sign.start()])
    return None if number is None else _vague(_VAGUE_SIGN.sub("", text[sign.end() :]), qualifier, number)


def _vague(powers: str, qualifier: Qualifier, number: Number = 1) -> Quantity | None:
    """The vague amount of a number times the powers that are printed after its vague word."""
    if powers.strip("十百千万亿"):
        return None
    return Quantity(_arabic(str(number), powers), qualifier=qualifier)


def _read_pair(before: str, pair: str, after: str) -> Quantity | None:
    """The range of two neighbouring digits between the powers before and after them."""
    low, high = (_chinese(before + digit + after) for digit in pair)
    return None if low is None or high is None else Quantity(low, high, Qualifier.RANGE)


class Wording(NamedTuple):
    """A word beside a numeral that makes it vague, and how."""

    word: str
    qualifier: Qualifier


LEADS = (
    Wording("不少于", Qualifier.AT_LEAST),
    Wording("不低于", Qualifier.AT_LEAST),
    Wording("不小于", Qualifier.AT_LEAST),
    Wording("不下于", Qualifier.AT_LEAST),
    Wording("不得少于", Qualifier.AT_LEAST),
    Wording("不得低于", Qualifier.AT_LEAST),
    Wording("不下", Qualifier.AT_LEAST),
    Wording("至少", Qualifier.AT_LEAST),
    Wording("最少", Qualifier.AT_LEAST),
    Wording("起码", Qualifier.AT_LEAST),
    Wording("不超过", Qualifier.AT_MOST),
    Wording("不得超过", Qualifier.AT_MOST),
    Wording("不多于", Qualifier.AT_MOST),
    Wording("不高于", Qualifier.AT_MOST),
    Wording("不大于", Qualifier.AT_MOST),
    Wording("至多", Qualifier.AT_MOST),
    Wording("最多", Qualifier.AT_MOST),
    Wording("最迟", Qualifier.AT_MOST),
    Wording("最晚", Qualifier.AT_MOST),
    Wording("不到", Qualifier.AT_MOST),
    Wording("不足", Qualifier.AT_MOST),
    Wording("低于", Qualifier.AT_MOST),
    Wording("少于", Qualifier.AT_MOST),
    Wording("将近", Qualifier.NEARLY),
    Wording("接近", Qualifier.NEARLY),
    Wording("近", Qualifier.NEARLY),
    Wording("大约", Qualifier.ABOUT),
    Wording("大概", Qualifier.ABOUT),
    Wording("约为", Qualifier.ABOUT),
    Wording("约", Qualifier.ABOUT),
    Wording("超过", Qualifier.OVER),
    Wording("突破", Qualifier.OVER),
    Wording("多于", Qualifier.OVER),
    Wording("高于", Qualifier.OVER),
    Wording("大于", Qualifier.OVER),
    Wording("逾", Qualifier.OVER),
    Wording("超", Qualifier.OVER),
    Wording("过", Qualifier.OVER),
)
"""Words before a numeral; a longer word stands before the one that it ends with (`将近` before `近`)."""

TAILS = (
    Wording("及以上", Qualifier.OVER),
    Wording("以上", Qualifier.OVER),
    Wording("之多", Qualifier.EXACT),
    Wording("有余", Qualifier.OVER),
    Wording("以内", Qualifier.AT_MOST),
    Wording("之内", Qualifier.AT_MOST),
    Wording("及以下", Qualifier.AT_MOST),
    Wording("以下", Qualifier.AT_MOST),
    Wording("左右", Qualifier.ABOUT),
    Wording("上下", Qualifier.ABOUT),
    Wording("不到", Qualifier.AT_MOST),
)
"""Words after the unit: `五万元以上`, `3天以内`, `10分钟左右`."""

_LEAD_QUALIFIERS = {wording.word: wording.qualifier for wording in LEADS}
_TAIL_QUALIFIERS = {wording.word: wording.qualifier for wording in TAILS}
# Most figures have no such word before them: its last sign tells at once.
_LEAD_ENDS = frozenset(wording.word[-1] for wording in LEADS) | {"了"}
_TAIL = re.compile("|".join(_TAIL_QUALIFIERS))
# A lead is none where it ends another word: `附近5家`, `最近3次`, `预约10人`, `节约20元`, `走过3个村`.
_LEAD = re.compile(
    rf"(?:{'|'.join(w.word for w in LEADS if len(w.word) > 1)}"
    r"|(?<![附最临靠就邻亲远新])近|(?<![预节签条合制契违公村履失邀民相])约|(?<![赶反高])超|逾"
    r"|(?<=[占有超比])过)了?$"
)


def lead_before(plain: str, start: int) -> tuple[int, Qualifier | None]:
    """Where the vague word that ends at `start` begins, and what it means; (`start`, None) without one."""
    if plain[start - 1 : start] not in _LEAD_ENDS:
        return start, None
    match = _LEAD.search(plain, max(0, start - 5), start)
    if match is None:
        return start, None
    return match.start(), _LEAD_QUALIFIERS[match[0].removesuffix("了")]


def tail_after(plain: str, end: int) -> tuple[int, Qualifier | None]:
    """Where the vague word that begins at `end` ends, and what it means; (`end`, None) without one."""
    match = _TAIL.match(plain, end)
    return (end, None) if match is None else (match.end(), _TAIL_QUALIFIERS[match[0]])


_PHRASE = re.compile(rf"({NUMERAL}|半数)(?:[-~—至到]{{1,2}}({NUMERAL}))?")


def read_quantity(text: str) -> Quantity | None:
    """The amount of a printed phrase without a unit, or None: `近百`, `40-60`, `十几`, `3000以上`."""
    match = None
    for wording in (None, *LEADS):
        rest = text if wording is None else text.removeprefix(wording.word)
        if (wording is None or rest != text) and (match := _PHRASE.match(rest)):
            break
    if match is None:
        return None
    end, tail = tail_after(match.string, match.end())
    lead = None if wording is None else wording.qualifier
    return combine(match[1], match[2], lead, tail) if end == len(match.string) else None


def combine(
    first: str, second: str | None, lead: Qualifier | None = None, tail: Qualifier | None = None
) -> Quantity | None:
    """The amount of one numeral or a range of two, with the words before and after it weighed in."""
    low = read_numeral(first)
    if low is None:
        return None
    if second is not None:
        return _range(first, low, second)
    if low.upper is not None:
        return low
    # `至少3`, `近百` say more than `余` or `以上` beside them: `至少3人以上` is a lower limit.
    qualifier = lead or (tail if tail not in (None, Qualifier.EXACT) else None) or low.qualifier
    return Quantity(low.value, None, qualifier)


def _range(first: str, low: Quantity, second: str) -> Quantity | None:
    """The range of two numerals; a power printed at the end alone counts for both: `3-5万`."""
    high = read_numeral(second)
    if high is None:
        return None
    value = low.value
    power = second[-1:]
    if (
        value < high.value
        and power in _SCALE
        and first[-1:] not in _SCALE
        and value * _SCALE[power] < high.value
    ):
        value *= _SCALE[power]
    return Quantity(value, high.value, Qualifier.RANGE) if value < high.value else None
