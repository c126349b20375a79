from decimal import Decimal

import pytest

from kb.evidence.figures import figure


@pytest.mark.parametrize(
    ("text", "value", "upper", "qualifier", "unit"),
    [
        ("35万余小时", 350_000, None, "over", "小时"),
        ("12人", 12, None, "exact", "人"),
        ("近1,200人次", 1200, None, "nearly", "人次"),
        ("约2.5亿元", 250_000_000, None, "about", "元"),
        ("300-500平方米", 300, 500, "range", "平方米"),
        ("至少3次", 3, None, "at_least", "次"),
        ("20多万册", 200_000, None, "over", "册"),
        ("98.6%", Decimal("98.6"), None, "exact", "%"),
    ],
)
def test_a_figure_is_read_as_printed(text, value, upper, qualifier, unit):
    assert figure(text) == {"value": value, "upper": upper, "qualifier": qualifier, "unit": unit}


@pytest.mark.parametrize("text", ["六家单位", "", "志愿服务", "第3名", "３人"])
def test_what_it_does_not_know_stays_empty(text):
    assert figure(text) == {} or figure(text)["value"] >= 0
