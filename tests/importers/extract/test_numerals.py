"""Printed numerals: their value, the upper end of a range, and how vague they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.extract.numerals import lead_before, parse_number, read_quantity, tail_after
from kb.vocabulary import Qualifier
from tests.chaos.pace import pace

EXACT, OVER, NEARLY, ABOUT = Qualifier.EXACT, Qualifier.OVER, Qualifier.NEARLY, Qualifier.ABOUT
AT_LEAST, AT_MOST, RANGE = Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.RANGE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("37", 37),
        ("1,200", 1200),
        ("12,345,678", 12345678),
        ("98.6", 98.6),
        ("3.5万", 35000),
        ("1.1万", 11000),
        ("1.2亿", 120_000_000),
        ("2.3万亿", 2_300_000_000_000),
        ("3千", 3000),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百二十", 120),
        ("一百零五", 105),
        ("一百二", 120),
        ("两千三", 2300),
        ("两千零三", 2003),
        ("三万五", 35000),
        ("三万五千六百", 35600),
        ("一亿二千万", 120_000_000),
        ("十二万", 120_000),
        ("一千二百万", 12_000_000),
        ("三点五", 3.5),
        ("一点二万", 12000),
        ("百分之九十", 90),
        ("百分之九十八点五", 98.5),
        ("百分之百", 100),
        ("百分之85", 85),
        ("三分之二", 2 / 3),
        ("十分之一", 0.1),
        ("万", 10000),
    ],
)
def test_a_numeral_gives_its_number(text, value):
    assert parse_number(text) == pytest.approx(value)
    assert isinstance(parse_number(text), type(value))


@pytest.mark.parametrize(
    "text", ["", "六一", "五四三", "十多", "个", "点五", "一点", "百分之", "零分之一", "1,2,3万人"]
)
def test_what_is_no_numeral_gives_nothing(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value", "upper", "qualifier"),
    [
        ("64", 64, None, EXACT),
        ("35万余", 350_000, None, OVER),
        ("1.2万余", 12000, None, OVER),
        ("70多万", 700_000, None, OVER),
        ("一百二十余", 120, None, OVER),
        ("两千多", 2000, None, OVER),
        ("百余", 100, None, OVER),
        ("十余", 10, None, OVER),
        ("十几", 10, None, OVER),
        ("二十几", 20, None, OVER),
        ("十几万", 100_000, None, OVER),
        ("十来", 10, None, ABOUT),
        ("数十", 10, None, OVER),
        ("数百", 100, None, OVER),
        ("几千", 1000, None, OVER),
        ("上千", 1000, None, OVER),
        ("近百", 100, None, NEARLY),
        ("将近7.5万", 75000, None, NEARLY),
        ("接近三成", None, None, None),
        ("约30", 30, None, ABOUT),
        ("大约二百", 200, None, ABOUT),
        ("超过3000", 3000, None, OVER),
        ("超150", 150, None, OVER),
        ("逾千", 1000, None, OVER),
        ("突破10万", 100_000, None, OVER),
        ("至少1", 1, None, AT_LEAST),
        ("不少于20", 20, None, AT_LEAST),
        ("不低于40", 40, None, AT_LEAST),
        ("不超过三", 3, None, AT_MOST),
        ("至多5", 5, None, AT_MOST),
        ("最多5", 5, None, AT_MOST),
        ("180-240", 180, 240, RANGE),
        ("3~5", 3, 5, RANGE),
        ("3—5", 3, 5, RANGE),
        ("3到5", 3, 5, RANGE),
        ("三至五", 3, 5, RANGE),
        ("3-5万", 30000, 50000, RANGE),
        ("3万-5万", 30000, 50000, RANGE),
        ("10万至20万", 100_000, 200_000, RANGE),
        ("五六", 5, 6, RANGE),
        ("十五六", 15, 16, RANGE),
        ("七八十", 70, 80, RANGE),
        ("三四百", 300, 400, RANGE),
        ("两三", 2, 3, RANGE),
        ("半数", 0.5, None, EXACT),
        ("半数以上", 0.5, None, OVER),
        ("三分之二以上", 2 / 3, None, OVER),
        ("60左右", 60, None, ABOUT),
        ("60上下", 60, None, ABOUT),
        ("5以内", 5, None, AT_MOST),
        ("3000以上", 3000, None, OVER),
        ("约30余", 30, None, ABOUT),
    ],
)
def test_a_phrase_gives_its_amount(text, value, upper, qualifier):
    quantity = read_quantity(text)
    if value is None:
        assert quantity is None
        return
    assert (quantity.value, quantity.upper, quantity.qualifier) == (pytest.approx(value), upper, qualifier)


@pytest.mark.parametrize("text", ["", "户", "5-3", "八一", "近", "约约3", "3人", "-", "以上"])
def test_a_phrase_that_is_no_amount_gives_nothing(text):
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("before", "qualifier"),
    [
        ("服务近", NEARLY),
        ("超过了", OVER),
        ("占地约", ABOUT),
        ("附近", None),
        ("最近", None),
        ("预约", None),
        ("节约", None),
        ("签约", None),
        ("村规民约", None),
        ("走过", None),
        ("占比过", OVER),
    ],
)
def test_a_lead_is_read_only_as_a_word_of_its_own(before, qualifier):
    assert lead_before(before + "50", len(before))[1] is qualifier


def test_a_tail_ends_behind_its_word():
    assert tail_after("5万元以上的", 3) == (5, OVER)
    assert tail_after("5万元的", 3) == (3, None)


_SIGNS = "零一二三四五六七八九"


def chinese_below_ten_thousand(number):
    """The number as it is written in Chinese, 0 to 9999."""
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap and words else "") + _SIGNS[digit] + name
            gap = False
        elif words:
            gap = True
    return words or "零"


def chinese(number):
    """The number as it is written in Chinese, below 10^12."""
    parts, rest = "", number
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, rest = divmod(rest, power)
        if section:
            zero = "零" if parts and section < 1000 else ""
            parts += zero + chinese_below_ten_thousand(section) + name
    return parts or "零"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_chinese_is_read_back(number):
    assert parse_number(chinese(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_do_not_change_a_number(number):
    assert parse_number(f"{number:,}") == number == parse_number(str(number))


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_range_keeps_its_ends(low, more):
    quantity = read_quantity(f"{low}-{low + more}")
    assert (quantity.value, quantity.upper) == (low, low + more)


@given(
    st.text(
        alphabet="零〇一二两三四五六七八九十百千万亿点分之几数上多余来近约至少-~.,0123456789以左右",
        max_size=40,
    )
)
def test_any_signs_give_an_amount_or_nothing(text):
    quantity = read_quantity(text)
    assert quantity is None or quantity.upper is None or quantity.upper > quantity.value
    parse_number(text)


@pytest.mark.parametrize("piece", ["9", "一", "1,", "十万"])
def test_a_hundred_thousand_digits_are_read_in_linear_time(piece):
    found = pace(read_quantity, lambda length: piece * (length // len(piece)), 25_000)
    assert found.is_linear, found
