"""What a figure counts."""

import pytest

from importers.extract.metrics.find import find_metrics
from importers.extract.text import BodyText
from kb.vocabulary import (
    DoubtReason,
)
from tests.importers.extract.metrics_world import context_of, metrics_of


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        ("全乡累计修建水窖26处。", ["修建水窖"]),
        ("组建5个宣讲组。", ["组建宣讲组"]),
        ("本次活动累计发放手册60余份。", ["发放手册"]),
        ("根据辖区13个院落设立13个网格，又根据246个小区设立微网格。", ["辖区院落", "设立网格", "小区"]),
        ("承包村里的80多亩果园。", ["承包村里果园"]),
        ("建成车间3座、库房2间。", ["建成车间", "建成库房"]),
        ("建成3座车间、2间库房。", ["建成车间", "建成库房"]),
        ("各支部和青年团员组织开展义务巡逻60余次。", ["组织开展义务巡逻"]),
        ("收集问题89个，解决82个，办结率92%。", ["收集问题", "解决问题", "办结率"]),
        ("对13家企业下达了整改通知。", ["企业下达了整改通知"]),
        ("为80位老人理发。", ["老人理发"]),
        ("报名人数达600余人。", ["报名人数"]),
        ("现有居民342户876人。", ["居民", "居民"]),
        ("排队缴费，仅用了3分钟。", ["排队缴费用"]),
        ("办理“春风贷”事项81件。", ["办理“春风贷”事项"]),
        ("帮助牧户解决饮水、用电等困难95个。", ["解决困难"]),
        ("为21名80岁以上老人送餐。", ["老人送餐"]),
        ("投资额突破10亿元大关。", ["投资额"]),
        ("成立由12人组成的专班。", ["成立专班"]),
        ("设有便民服务、儿童之家等8个功能区。", ["功能区"]),
        ("28名优秀共产党员领奖。", ["优秀共产党员领奖"]),
        ("田里6台收割机来回穿梭。", ["田里收割机来回穿梭"]),
        ("邀请3名“从军30年”老兵宣讲。", ["邀请老兵宣讲"]),
        ("服务车累计行程4万公里。", ["服务车累计行程"]),
        ("志愿者每周至少上门2次。", ["志愿者每周上门"]),
        ("审批环节由14个压减到5个。", ["审批环节", "审批环节"]),
        ("调解室由7名退休矿工组成。", ["退休矿工"]),
        ("账有两种，一种记在心里。", []),
        ("记下难事120件，其中109件已经销账。", ["记下难事", "记下难事已经销账"]),
        ("招募返乡青年，前后来了58人。", ["招募返乡青年前后来"]),
        ("群里320人天天交流。", ["群里天天交流"]),
        ("几户人家一起贷款60万元建起鱼塘。", ["几户人家一起贷款"]),
        ("代办员接单后须在2个工作日内联系群众。", ["联系群众"]),
        ("从机关遴选86人到嘎查担任书记。", ["机关遴选"]),
        ("年内新建苏木镇（街道）食堂9个。", ["新建苏木镇（街道）食堂"]),
        ("7户牧民盖起了暖棚。", ["牧民盖起了暖棚"]),
        ("12个支部引领带动全镇300户牧民。", ["支部", "引领带动全镇牧民"]),
        ("16名党员每人联系8户牧民。", ["党员", "每人联系牧民"]),
        ("替4家饭馆谈下租金减免9万元。", ["替饭馆谈下租金减免"] * 2),
        ("不到15分钟，在代办员的陪同下，开业的证就办好了。", ["开业的证就办好了"]),
        ("不到15分钟，8张证全部办完。", ["", "证"]),
    ],
)
def test_the_subject_is_in_the_texts_own_words(body, subjects):
    assert [metric.subject for metric in metrics_of(body)] == subjects


def test_a_figure_without_a_subject_is_a_doubt():
    metrics, doubts = find_metrics(BodyText("30名。"), context_of("30名。"), (), (), ())
    assert metrics[0].subject == ""
    assert [doubt.reason for doubt in doubts] == [DoubtReason.NO_SUBJECT]


def test_a_round_number_is_a_doubt_and_no_metric():
    body = "百名书记同台。"
    metrics, doubts = find_metrics(BodyText(body), context_of(body), (), (), ())
    assert metrics == ()
    assert [(doubt.text, doubt.reason) for doubt in doubts] == [("百名", DoubtReason.LOW_CONFIDENCE)]
    assert doubts[0].candidates == ("exact 100 名",), "what it would be if it counted"
