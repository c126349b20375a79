import datetime
from decimal import Decimal

import pytest

from kb.models import Metric
from kb.web.numbers import amount, date, number


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("350000.000000"), "350,000"), (Decimal("2.500000"), "2.5"), (Decimal("1E+3"), "1,000"),
     (1200, "1,200"), (Decimal(0), "0"), (None, "")],
)  # fmt: skip
def test_numbers(value, text):
    assert number(value) == text


def test_amounts():
    assert amount(Metric(value=Decimal(300), upper=Decimal(500), unit="平方米")) == "300–500 平方米"
    assert amount(Metric(value=Decimal("12.50"), unit="")) == "12.5"


@pytest.mark.parametrize(
    ("precision", "text"), [("year", "2024"), ("month", "2024-12"), ("day", "2024-12-31")]
)
def test_dates_are_as_precise_as_they_are_known(precision, text):
    assert date(datetime.date(2024, 12, 31), precision) == text


def test_no_date_is_empty():
    assert date(None, "") == ""
