"""Figures as people read them."""

from decimal import Decimal

from kb.models import Metric
from kb.vocabulary import DatePrecision


def number(value: Decimal | int | None) -> str:
    """A number with its thousands set apart and no empty decimals: `350,000`, `2.5`; empty for none."""
    if value is None:
        return ""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(metric: Metric) -> str:
    """A figure's value with its unit: `350,000 小时`, `300–500 平方米`."""
    ends = [number(metric.value), number(metric.upper)]
    return f"{'–'.join(end for end in ends if end)} {metric.unit}".strip()


def date(on: object, precision: str) -> str:
    """A date as precise as it is known: `2023`, `2023-06`, `2023-06-01`; empty for none."""
    if on is None:
        return ""
    length = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7}.get(precision, 10)
    return str(on)[:length]
