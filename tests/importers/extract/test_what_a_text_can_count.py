"""What a text can count, each way in a sentence of its own."""

import pytest

from kb.vocabulary import MetricStatus, Qualifier
from tests.importers.extract.front_door import prose


def figures(text, **known):
    return [(m.text, m.value, m.upper, m.unit, m.qualifier) for m in prose(text, **known).metrics]


class TestMetrics:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("活动发放奶粉1200袋。", ("1200袋", 1200, None, "袋", Qualifier.EXACT)),
            ("活动发放奶粉１２００袋。", ("1200袋", 1200, None, "袋", Qualifier.EXACT)),
            ("活动投入资金3.5万元。", ("3.5万元", 35000, None, "元", Qualifier.EXACT)),
            ("项目投资1.2亿元。", ("1.2亿元", 120000000, None, "元", Qualifier.EXACT)),
            ("活动走访牧户一百二十余户。", ("一百二十余户", 120, None, "户", Qualifier.OVER)),
            ("活动惠及群众两千多人。", ("两千多人", 2000, None, "人", Qualifier.OVER)),
            ("夜校吸引近百人听课。", ("近百人", 100, None, "人", Qualifier.NEARLY)),
            ("志愿者修好圈舍十几座。", ("十几座", 10, None, "座", Qualifier.OVER)),
            ("草场覆盖率达98.6%。", ("98.6%", 98.6, None, "%", Qualifier.EXACT)),
            ("贷款利率下调到12‰。", ("12‰", 12, None, "‰", Qualifier.EXACT)),
            ("满意率达百分之九十。", ("百分之九十", 90, None, "%", Qualifier.EXACT)),
            ("发放补贴1,250,000元。", ("1,250,000元", 1250000, None, "元", Qualifier.EXACT)),
            ("每网格管理200-300户。", ("200-300户", 200, 300, "户", Qualifier.RANGE)),
            ("办证只用三至五天。", ("三至五天", 3, 5, "天", Qualifier.RANGE)),
            ("受理诉求2600条/次。", ("2600条/次", 2600, None, "条/次", Qualifier.EXACT)),
            ("草场补贴标准为15元/亩。", ("15元/亩", 15, None, "元/亩", Qualifier.EXACT)),
            ("支部每月至少学习1次。", ("至少学习1次", 1, None, "次", Qualifier.AT_LEAST)),
            ("支部每月开会至少1次。", ("至少1次", 1, None, "次", Qualifier.AT_LEAST)),
        ],
    )
    def test_numerals(self, text, expected):
        found = figures(text)
        assert [(f[1:]) for f in found] == [expected[1:]]

    @pytest.mark.parametrize(
        ("text", "value", "qualifier"),
        [
            ("参加的牧民有数十人。", 10, Qualifier.OVER),
            ("半数党员住在牧区。", 0.5, Qualifier.EXACT),
            ("三分之二的党员住在牧区。", 2 / 3, Qualifier.EXACT),
        ],
    )
    def test_vague_and_partial_numbers(self, text, value, qualifier):
        (found,) = prose(text).metrics
        assert (found.value, found.qualifier) == (pytest.approx(value), qualifier)

    def test_several_figures_for_one_subject(self):
        found = prose("今年，镶黄旗税务局党支部走访牧户1200户、3600人次。").metrics
        assert [(m.value, m.unit) for m in found] == [(1200, "户"), (3600, "人次")]
        assert all("走访" in m.subject for m in found)

    def test_one_figure_for_several_subjects(self):
        (found,) = prose("党员志愿者发放宣传册、倡议书、明白卡共5000份。").metrics
        assert (found.value, found.unit) == (5000, "份")

    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("牧户收入增长12%。", [12]),
            ("投诉量同比下降30%。", [30]),
            ("投诉量同比下降30%，降至45件。", [30, 45]),
            ("牧户收入增长到3.5万元。", [35000]),
            ("牧民合作社由3家增加到9家。", [3, 9]),
        ],
    )
    def test_growth(self, text, values):
        assert [m.value for m in prose(text).metrics] == values

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("到2026年底，全旗将建成标准圈舍800座。", MetricStatus.PLANNED),
            ("要求每名党员每年走访牧户不少于20户。", MetricStatus.PLANNED),
            ("目前，全旗已建成标准圈舍800座。", MetricStatus.REPORTED),
        ],
    )
    def test_targets_and_results(self, text, status):
        assert [m.status for m in prose(text).metrics] == [status]

    @pytest.mark.parametrize(
        "text",
        [
            "今年63岁的牧民张老汉乐呵呵地说。",
            "他2008年入党，党龄15年。",
            "这是第3次来到牧区。",
            "咨询电话：0471-3300000。",
            "依照条例第12条办理。",
            "支部落实“三会一课”制度。",
            "居民可以拨打12345热线。",
            "他们打造365服务圈。",
        ],
    )
    def test_what_is_no_metric(self, text):
        assert figures(text) == []

    @pytest.mark.parametrize(
        ("text", "field", "resolved", "printed"),
        [
            ("今年以来，全旗建成圈舍80座。", "period_from", "2024", "今年以来"),
            ("截至目前，全旗建成圈舍80座。", "as_of", "2024-07-09", "截至目前"),
            ("自2021年起，全旗建成圈舍80座。", "period_from", "2021", None),
            ("上半年，全旗建成圈舍80座。", "period_from", "2024-01", "上半年"),
            ("春节期间，全旗发放年货80份。", "period_from", None, "春节期间"),
        ],
    )
    def test_periods(self, text, field, resolved, printed):
        (with_date,) = prose(text, issue_date="2024-07-09").metrics
        (without,) = prose(text).metrics
        known, unknown = getattr(with_date, field), getattr(without, field)
        if resolved:
            assert (known.iso or "").startswith(resolved)
        if printed:
            assert unknown is not None
            assert (unknown.iso, printed in unknown.text) == (None, True)
