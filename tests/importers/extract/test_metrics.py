"""Metrics of an article: which numbers count, their value, unit and vagueness."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.extract.context import LocatedName, Location
from importers.extract.metrics.find import find_metrics
from importers.extract.text import BodyText
from kb.vocabulary import (
    InitiativeKind,
    Qualifier,
)
from tests.chaos.pace import pace
from tests.importers.extract.metrics_world import context_of, initiative, metrics_of, organisation


def texts(body):
    return [metric.text for metric in metrics_of(body)]


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        ("修建水窖26处。", ["26处"]),
        ("走访牧户1,260户，发放１５００份手册。", ["1,260户", "１５００份"]),
        ("栽树3.5万株，投资1.2亿元。", ["3.5万株", "1.2亿元"]),
        ("值守时间达42万余小时。", ["42万余小时"]),
        ("改造危房一百二十余户，培训两千多人次。", ["一百二十余户", "两千多人次"]),
        ("近百名青年报名，十几家商户参加，数十台农机下田。", ["近百名", "十几家", "数十台"]),
        ("半数以上党员参加，三分之二的商户支持。", ["半数以上", "三分之二"]),
        ("满意度达98.6%，发病率为12‰，百分之九十的路灯修好。", ["98.6%", "12‰", "百分之九十"]),
        ("每网格200-260户，用时三至五天。", ["200-260户", "三至五天"]),
        ("罚款五万元以上，三家单位受到处罚。", ["五万元以上", "三家"]),
        ("刊登启事640多条/次，排练260余场（次）。", ["640多条/次", "260余场（次）"]),
        ("上党课60余堂次，义诊5轮次。", ["60余堂次", "5轮次"]),
        ("沿线5镇12村通车。", ["5镇", "12村"]),
        ("得分98分，占三成多，增长两倍。", ["98分", "三成多", "两倍"]),
        ("浏览量超10万，注册人数达1200。", ["超10万", "1200"]),
        ("办理时限压缩至3个工作日，仅用了8分钟。", ["3个工作日", "8分钟"]),
        ("调处纠纷7起，查看5处理论宣讲点，走进3所学校，慰问4名师生。", ["7起", "5处", "3所", "4名"]),
        ("“今年卖了80只羊。”牧民说。", ["80只"]),
        ("“卖了80只羊，”牧民说。", ["80只"]),
        ("每月开展一次义诊。", ["一次"]),
        ("小区共有12栋楼36个单元。", ["12栋", "36个"]),
        ("辖区有居民楼52栋，改造楼房30余栋。", ["52栋", "30余栋"]),
        ("栽下丁香600丛、格桑花2000余丛。", ["600丛", "2000余丛"]),
        ("发放贷款86笔，募集棉衣260件套。", ["86笔", "260件套"]),
        ("普通事项1日内办结，诉求2小时内响应。", ["1日内", "2小时内"]),
        ("班子平均年龄44.5岁，比上届下降5.2岁。", ["5.2岁"]),
        ("每周三次家访，每周三把药送上门。", ["三次"]),
        ("积满100分可兑换一袋洗衣粉。", ["100分"]),
    ],
)
def test_figures_are_quoted_as_printed(body, figures):
    assert texts(body) == figures


@pytest.mark.parametrize(
    "body",
    [
        "老支书今年78岁，有着52年党龄。",
        "2019年3月5日上午9时30分，大会开幕。",
        "第三次会议学习了第十二条，第5期简报刊出。",
        "拨打12345热线或0479-2234567。",
        "乘坐3路车，到5号楼2单元302室。",
        "坚持“三会一课”，推行“1+3+N”模式，争创“五星20强”。",
        "学习《三十条措施》。",
        "打通最后一公里，织密一张网，拧成一股绳。",
        "一批批干部、一次次走访、一系列举措。",
        "一名党员一面旗，一个支部一座堡垒。",
        "抓好四个方面，落实三项制度，这是两件大事，也是三项任务之一。",
        "镇党委在“细”“实”二字上下功夫，念好“四字诀”。",
        "网格员24小时值守，15分钟便民圈越画越圆，八小时之外也在岗。",
        "全年365天不停歇。",
        "实行一村一策，做到1户1策。",
        "他在村里干了三十年。",
        "近两年，街道围着居民转；近3个月，天天有人来。",
        "东沟村3组的王大娘来了。",
        "建立三级网络，完善四级体系。",
        "千家万户，成百上千人。",
        "中学三年级学生参加第二届运动会。",
        "在五一期间休息。",
        "几个年轻人和不少老人来了。",
        "多个部门、若干单位到场。",
    ],
)
def test_ages_dates_ordinals_names_and_figures_of_speech_are_none(body):
    assert texts(body) == []


def test_numbers_inside_names_are_none():
    body = "十二道沟乡三所社区党支部走访20户。"
    community = organisation(body, "三所社区党支部")
    assert [m.text for m in metrics_of(body, organisations=[community])] == ["20户"]
    place = LocatedName(0, 5, "十二道沟乡", Location("十二道沟乡", "township"))
    assert [m.text for m in metrics_of(body, names=(place,))][-1] == "20户"


def test_a_figure_that_opens_an_initiative_still_counts():
    body = "推出9条便民新举措。"
    named = initiative(body, "9条便民新举措", InitiativeKind.MECHANISM)
    (metric,) = metrics_of(body, [named])
    assert (metric.text, metric.initiative) == ("9条", None)


@pytest.mark.parametrize(
    ("body", "value", "upper", "unit", "qualifier"),
    [
        ("到馆2.6万余人次。", 26000, None, "人次", Qualifier.OVER),
        ("获利60多万元。", 600_000, None, "元", Qualifier.OVER),
        ("接诊超460人次。", 460, None, "人次", Qualifier.OVER),
        ("罚款五万元以上。", 50000, None, "元", Qualifier.OVER),
        ("近8.2万名牧民用上。", 82000, None, "名", Qualifier.NEARLY),
        ("占地约300平方米。", 300, None, "平方米", Qualifier.ABOUT),
        ("租金2万元左右。", 20000, None, "元", Qualifier.ABOUT),
        ("每月至少1次。", 1, None, "次", Qualifier.AT_LEAST),
        ("最迟10天答复。", 10, None, "天", Qualifier.AT_MOST),
        ("每周至少举办3次讲座。", 3, None, "次", Qualifier.AT_LEAST),
        ("讲党课不少于2次。", 2, None, "次", Qualifier.AT_LEAST),
        ("失业率控制在3.5%以内。", 3.5, None, "%", Qualifier.AT_MOST),
        ("班额不超过40人。", 40, None, "人", Qualifier.AT_MOST),
        ("每格200-260户。", 200, 260, "户", Qualifier.RANGE),
        ("补贴3-5万元。", 30000, 50000, "元", Qualifier.RANGE),
        ("票价50元-80元。", 50, 80, "元", Qualifier.RANGE),
        ("补贴标准为30元/亩。", 30, None, "元/亩", Qualifier.EXACT),
        ("提高了15个百分点。", 15, None, "个百分点", Qualifier.EXACT),
        ("劳动两个小时，为期3个月，用时2个小时。", None, None, "个小时", Qualifier.EXACT),
        ("增长3倍多。", 3, None, "倍", Qualifier.OVER),
        ("建起200千瓦光伏电站。", 200, None, "千瓦", Qualifier.EXACT),
        ("年发电30余万千瓦时。", 300_000, None, "千瓦时", Qualifier.OVER),
        ("7个工作日内办结。", 7, None, "个工作日", Qualifier.AT_MOST),
        ("百分之二十为青年。", 20, None, "%", Qualifier.EXACT),
        ("半数为青年。", 0.5, None, "", Qualifier.EXACT),
    ],
)
def test_the_value_is_read_with_its_unit_and_vagueness(body, value, upper, unit, qualifier):
    metric = metrics_of(body)[-1]
    assert (metric.upper, metric.unit, metric.qualifier) == (upper, unit, qualifier)
    assert value is None or metric.value == pytest.approx(value)


def test_growth_from_and_to_is_two_figures():
    body = "集体收入从20万元提高到65万元，同比增长12.5%。"
    assert [(m.value, m.unit, m.subject) for m in metrics_of(body)] == [
        (200_000, "元", "集体收入"),
        (650_000, "元", "集体收入"),
        (12.5, "%", "集体收入同比增长"),
    ]


_SIGNS = (
    "一二三两十百千万亿几数半多余近约超至少每月年天个名户家次场元%截至目前以来今年计划将共建成"
    "“”《》，。、；：-~（）/ 0123456789A\n"
)


@settings(deadline=None)
@given(st.text(alphabet=_SIGNS, max_size=120) | st.text(max_size=80))
def test_any_text_gives_spans_that_quote_the_body_in_order(body):
    text, context = BodyText(body), context_of(body)
    metrics, doubts = find_metrics(text, context, (), (), ())
    assert (metrics, doubts) == find_metrics(text, context, (), (), ())
    assert all(body[row.start : row.end] == row.text for row in (*metrics, *doubts))
    assert all(one.end <= other.start for one, other in pairwise(metrics))
    assert all(metric.upper is None or metric.upper > metric.value for metric in metrics)


@pytest.mark.parametrize("piece", ["9", "一", "走访9户", "“", "每月至少", "1万-"])
def test_a_hundred_thousand_signs_are_read_in_linear_time(piece):
    found = pace(metrics_of, lambda length: piece * (length // len(piece)), 25_000)
    assert found.is_linear, found
