"""Metrics of an article: which numbers count, what they count, for when, and about what."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.extract.context import ArticleContext, LocatedName, Location, PageContext
from importers.extract.metrics import find_metrics
from importers.extract.records import ArticleDraft, InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import (
    ArticleKind,
    DoubtReason,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Qualifier,
)


def context_of(body, issue_date=None, **known):
    draft = ArticleDraft("", ArticleKind.REPORT, body, ((1, 1),))
    return ArticleContext(draft, PageContext(issue_date=issue_date), **known)


def metrics_of(body, initiatives=(), organisations=(), issue_date=None, **known):
    context = context_of(body, issue_date, **known)
    return find_metrics(BodyText(body), context, tuple(organisations), tuple(initiatives))[0]


def initiative(body, surface, kind=InitiativeKind.CAMPAIGN):
    start = body.index(surface)
    return InitiativeMention(surface, surface, start, start + len(surface), kind)


def organisation(body, surface):
    start = body.index(surface)
    return OrganisationMention(
        surface, surface, start, start + len(surface), OrganisationCategory.PARTY_BRANCH
    )


def texts(body):
    return [metric.text for metric in metrics_of(body)]


# --- which numbers count ---------------------------------------------------------------------------


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
        "网格员24小时值守，15分钟便民圈越画越圆，八小时之外也在岗。",
        "全年365天不停歇。",
        "实行一村一策，做到1户1策。",
        "他在村里干了三十年。",
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


# --- value, unit, qualifier ------------------------------------------------------------------------


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


# --- subject ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        ("全乡累计修建水窖26处。", ["修建水窖"]),
        ("组建5个宣讲组。", ["组建宣讲组"]),
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
        ("几户人家一起贷款60万元建起鱼塘。", ["几户人家一起贷款"]),
    ],
)
def test_the_subject_is_in_the_texts_own_words(body, subjects):
    assert [metric.subject for metric in metrics_of(body)] == subjects


def test_a_figure_without_a_subject_is_a_doubt():
    metrics, doubts = find_metrics(BodyText("30名。"), context_of("30名。"), (), ())
    assert metrics[0].subject == ""
    assert [doubt.reason for doubt in doubts] == [DoubtReason.NO_SUBJECT]


def test_a_round_number_is_a_doubt_and_no_metric():
    body = "百名书记同台。"
    metrics, doubts = find_metrics(BodyText(body), context_of(body), (), ())
    assert metrics == ()
    assert [(doubt.text, doubt.reason) for doubt in doubts] == [("百名", DoubtReason.LOW_CONFIDENCE)]


# --- time and status -------------------------------------------------------------------------------


def periods(body, issue_date=None):
    return [
        (m.period_from and str(m.period_from), m.as_of and str(m.as_of))
        for m in metrics_of(body, issue_date=issue_date)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("截至目前，接诉80件；办结79件，回访60次。", [(None, "截至目前")] * 3),
        ("截至目前，接诉80件。同时，修路3公里。", [(None, "截至目前"), (None, None)]),
        ("年初以来，接诉80件。其中，办结79件。", [("年初以来", None)] * 2),
        ("接诉80件。截至2022年底，办结79件。", [(None, None), (None, "2022-12-31")]),
        ("2019年以来，截至目前，接诉80件。", [("2019", "截至目前")]),
        ("仅2020年，接诉80件。", [("2020", "2020-12-31")]),
        ("收入由2019年的5万元增加到2023年的86万元。", [("2019", "2019-12-31"), ("2023", "2023-12-31")]),
        ("接诉80件，目前已办结79件。", [(None, None), (None, "目前")]),
        ("自2023年5月开馆以来，接待600人。", [("2023-05", None)]),
        ("2020年嘎查“两委”换届以来，选派书记14名。", [("2020", None)]),
        ("夜市开张以来，接待600人。", [("夜市开张以来", None)]),
    ],
)
def test_a_time_holds_for_the_figures_behind_it_in_its_sentence(body, expected):
    assert periods(body) == expected


def test_the_issue_date_resolves_the_times_of_figures():
    assert periods("今年以来，接诉80件，目前办结79件。", "2024-09-12") == [
        ("2024", None),
        ("2024", "2024-09-12"),
    ]


@pytest.mark.parametrize(
    ("body", "planned"),
    [
        ("每网格200-260户。", [True]),
        ("每月开展2次义诊。", [True]),
        ("每半年评比2次。", [True]),
        ("确保各户都有2至4名劳力。", [True]),
        ("今年计划再建8个。", [True]),
        ("已建成6个，今年计划再建8个，已落实资金3万元。", [False, True, False]),
        ("力争新建车间3座，带动就业60人。", [True, True]),
        ("将新建车间3座。", [True]),
        ("把闲置房舍改造成车间3座，已投产2座。", [False, False]),
        ("制定活动计划，开展活动20场。", [False]),
        ("来年可为合作社带来六万元以上的分红。", [True]),
        ("每年给农场节省30多万元。", [False]),
        ("村民人均可支配收入达2.1万元。", [False]),
        ("每天接待群众60人次。", [False]),
        ("志愿服务时长不少于40小时。", [True]),
        ("每名党员志愿服务不少于40次。", [True]),
        ("为了这条路，修了3年零4个月，铺路26公里。", None),
        ("每名党员干部每月走访2户以上困难家庭，每季度上报1篇心得。", [True, True]),
        ("会议要求，各支部在8月底前完成3次集中研讨，提交5条整改建议。", [True, True]),
        ("对考核优秀的网格员一次性奖励300元，对查实的举报给予50元至200元奖励。", [True, True]),
        ("评出能手20名，给予每人300元奖励。", [False, False]),
        ("按照每个支部5000元的标准拨付活动经费。", [True]),
        ("“秋后我打算再买20头母牛。”牧民说。", [True]),
        ("今年全区要打造示范支部15个，培育特色品牌10个。", [True, True]),
        ("以前办证要跑3趟，主要材料有6份。", [False, False]),
        ("低于60分的要作检讨。", [True]),
        ("为确保全镇560名老人吃上热饭，社区开办食堂12家。", [False, False]),
        ("力争让全旗32个苏木的驿站全覆盖，建成站点200个以上。", [False, True]),
        ("下一步，将把这一做法向全县15个乡镇推广。", [True]),
        ("每网格配备专职网格员1名、兼职网格员2至3名。", [True, True]),
        ("每辆宣讲车配有2名讲解员。", [False]),
        ("“一亩地能产900斤，每斤卖3块。”种植户说。", [False, False]),
        ("今年将种树3万株、修渠12公里，去年完成了2万株和9公里。", [True, True, False, False]),
        ("将收集到的32条意见分给5个科室。", [False, False]),
        ("将参加学习、志愿服务等8个方面量化打分。", [False]),
        ("到2026年底前，全市80%以上的嘎查村收入要超过15万元。", [True, True]),
        ("实施能人计划吸引回乡青年16名。", [False]),
        ("项目建成后可改善灌溉面积3万亩。", [True]),
        ("3日内答复，3天内解决了积案7件。", [True, False, False]),
        ("争取到帮扶资金50万元。", [False]),
        ("区里规定，凡引进企业的，给予10万元奖励。", [True]),
        ("计划年内选派干部210名，首批70名已经到岗。", [True, False]),
        ("工作队将用一年时间走访1700户居民。", [True]),
        ("将梳理出的55个问题交由12个部门整改。", [False, False]),
        ("预计全旗将有85%的嘎查达标，去年这一比例为62%。", [True, False]),
    ],
)
def test_targets_and_rules_are_planned(body, planned):
    found = [metric.status is MetricStatus.PLANNED for metric in metrics_of(body)]
    assert found == planned if planned is not None else not any(found)


# --- links -----------------------------------------------------------------------------------------


def linked(body, *mentions):
    return [metric.initiative for metric in metrics_of(body, mentions)]


def test_a_figure_is_about_the_initiative_that_it_counts():
    body = "开展“敲门行动”，建成4家“暖蜂小站”，开设“星空夜校”课程26期。"
    mentions = [
        initiative(body, "“敲门行动”"),
        initiative(body, "“暖蜂小站”", InitiativeKind.FACILITY),
        initiative(body, "“星空夜校”", InitiativeKind.FACILITY),
    ]
    assert linked(body, *mentions) == ["“暖蜂小站”", "“星空夜校”"]


def test_a_figure_is_about_what_its_sentence_carries_out():
    body = "积极开展“敲门行动”，动员青年担任“银发管家”，走访老人120户、修灯60盏。"
    mentions = [
        initiative(body, "“敲门行动”"),
        initiative(body, "“银发管家”", InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == ["“敲门行动”", "“敲门行动”"]


def test_the_sentences_behind_go_on_about_it_and_another_paragraph_does_not():
    body = "开展“敲门行动”。成立3个小组，入户摸底。截至目前，走访120户。\n村里修路26公里。"
    other = "另有“夜谈会”。"
    mentions = [initiative(body, "“敲门行动”")]
    assert linked(body, *mentions) == ["“敲门行动”", "“敲门行动”", None]
    assert linked(body + other, *mentions, initiative(body + other, "“夜谈会”")) == [
        "“敲门行动”",
        "“敲门行动”",
        None,
    ]


def test_a_sentence_that_says_the_activity_refers_back_over_a_paragraph():
    body = "学校举办“夜谈会”。\n活动累计发放手册300份。\n活动开展以来，共有12个班参加。\n另有“敲门行动”。"
    mentions = [initiative(body, "“夜谈会”"), initiative(body, "“敲门行动”")]
    assert linked(body, *mentions) == ["“夜谈会”"] * 2


def test_a_figure_is_about_the_platform_that_its_clause_calls_by_its_kind():
    body = "依托“码上议”小程序，街道推行“扫码提、网格办”机制，平台注册用户2.1万人，受理诉求3300件。"
    mentions = [
        initiative(body, "“码上议”小程序", InitiativeKind.FACILITY),
        initiative(body, "“扫码提、网格办”机制", InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == ["“码上议”小程序"] * 2


@pytest.mark.parametrize(
    ("body", "surface", "tied"),
    [
        ("镇党委组织40名党员走进敬老院，开展“情暖重阳”活动，打扫房间16间。", "“情暖重阳”活动", [True, True]),
        ("镇党委整合周边5个村的资源，打造“长城下”线路，接待游客800人。", "“长城下”线路", [True, True]),
        ("针对65名外出党员，支部建立“红云”微信群。", "“红云”微信群", [True]),
        ("镇里投资60万元，建起“花开”大院，演出33场。", "“花开”大院", [True, True]),
        ("购置3辆面包车，打造“移动大厅”。", "“移动大厅”", [True]),
        ("去年修路26公里，今年开展“情暖重阳”活动。", "“情暖重阳”活动", [False]),
        ("组织40名党员开会。随后，开展“情暖重阳”活动。", "“情暖重阳”活动", [False]),
    ],
)
def test_a_figure_is_about_the_undertaking_that_begins_with_it(body, surface, tied):
    assert [name is not None for name in linked(body, initiative(body, surface))] == tied


def test_a_nationwide_campaign_that_only_says_since_when_is_not_what_a_figure_is_about():
    body = "党史学习教育开展以来，街道组织6个社区的党员开展“敲门行动”，走访120户。"
    mentions = [initiative(body, "党史学习教育"), initiative(body, "“敲门行动”")]
    assert linked(body, *mentions) == ["“敲门行动”"] * 2


def test_a_name_that_comes_back_outweighs_a_mechanism_set_up_on_the_way():
    body = "镇里启动“红柳先锋”项目。\n建立“村民点题”机制，与42家单位结成“红柳先锋”伙伴，解难题130个。"
    again = body.rindex("“红柳先锋”")
    mentions = [
        InitiativeMention("“红柳先锋”项目", "“红柳先锋”", at, at + 6, InitiativeKind.PROJECT)
        for at in (body.index("“红柳先锋”"), again)
    ]
    mechanism = initiative(body, "“村民点题”机制", InitiativeKind.MECHANISM)
    assert linked(body, *mentions, mechanism) == ["“红柳先锋”项目"] * 2


def test_a_sentence_that_turns_to_something_else_is_about_its_own_undertaking():
    body = "实施“能人回乡”计划，动员27名能人返乡。同时，选派12名技术员，挂牌成立“田间学堂”，累计开课58期。"
    mentions = [initiative(body, "“能人回乡”计划"), initiative(body, "“田间学堂”", InitiativeKind.FACILITY)]
    assert linked(body, *mentions) == ["“能人回乡”计划", "“田间学堂”", "“田间学堂”"]


def test_the_figures_of_another_body_are_not_tied_to_what_the_sentence_before_carries_out():
    body = "旗工会开展“敲门行动”，走访120户。旗医院免费体检420人次。"
    bodies = [organisation(body, "旗工会"), organisation(body, "旗医院")]
    found = metrics_of(body, [initiative(body, "“敲门行动”")], bodies)
    assert [metric.initiative for metric in found] == ["“敲门行动”", None]


def test_a_word_of_the_name_ties_figures_of_a_later_paragraph():
    body = "旗委推行“1+3”联户制度。\n今年以来，全旗联户干部代办事项940件。\n村里修路26公里。"
    mentions = [initiative(body, "“1+3”联户制度", InitiativeKind.MECHANISM)]
    assert linked(body, *mentions) == ["“1+3”联户制度", None]


def test_a_list_of_a_campaign_stands_for_the_campaign():
    body = "推进“敲门行动”。分类建立“敲门行动”清单，干部收集困难71条。"
    listed = body.index("“敲门行动”清单")
    mentions = [
        initiative(body, "“敲门行动”"),
        InitiativeMention("“敲门行动”清单", "“敲门行动”清单", listed, listed + 8, InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == ["“敲门行动”"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("旗里开展送戏下乡、送医下乡系列活动，演出60场。", ["送戏下乡、送医下乡系列活动"]),
        ("对6个院落“扩门改窗”整修。新铺地砖80平方米。", ["“扩门改窗”", "“扩门改窗”"]),
        ("推行“夜话小院”，收到建议60条。", ["“夜话小院”"]),
        ("以5项行动（青年书屋、模范班组、安全岗哨）为载体，建成模范先进班组16个。", [None, "模范班组"]),
        ("疏通“毛细血管”，收到建议60条。", [None]),
    ],
)
def test_a_practice_ties_figures_together_without_being_an_initiative(body, names):
    assert linked(body)[-len(names) :] == names


def test_organisation_place_and_city_come_from_the_sentence_then_from_the_article():
    body = "红柳湾镇党支部走访20户。修桥3座。"
    party = organisation(body, "红柳湾镇党支部")
    home = Location("锡林郭勒盟", PlaceLevel.CITY)
    town = Location("红柳湾镇", PlaceLevel.TOWNSHIP, city="锡林郭勒盟")
    name = LocatedName(0, 4, "红柳湾镇", town)
    first, second = metrics_of(body, organisations=[party], city=home, names=(name,))
    assert (first.organisation, first.place, first.city) == ("红柳湾镇党支部", "红柳湾镇", "锡林郭勒盟")
    assert (second.organisation, second.place, second.city) == (None, "锡林郭勒盟", "锡林郭勒盟")


# --- any text --------------------------------------------------------------------------------------

_SIGNS = (
    "一二三两十百千万亿几数半多余近约超至少每月年天个名户家次场元%截至目前以来今年计划将共建成"
    "“”《》，。、；：-~（）/ 0123456789A\n"
)


@settings(deadline=None)
@given(st.text(alphabet=_SIGNS, max_size=120) | st.text(max_size=80))
def test_any_text_gives_spans_that_quote_the_body_in_order(body):
    text, context = BodyText(body), context_of(body)
    metrics, doubts = find_metrics(text, context, (), ())
    assert (metrics, doubts) == find_metrics(text, context, (), ())
    assert all(body[row.start : row.end] == row.text for row in (*metrics, *doubts))
    assert all(one.end <= other.start for one, other in pairwise(metrics))
    assert all(metric.upper is None or metric.upper > metric.value for metric in metrics)


@pytest.mark.parametrize(
    "body",
    ["9" * 100_000, "一" * 100_000, "走访9户" * 20_000, "“" * 100_000, "每月至少" * 25_000, "1万-" * 30_000],
)
def test_a_hundred_thousand_signs_are_read_in_linear_time(body):
    started = time.perf_counter()
    metrics_of(body)
    assert time.perf_counter() - started < 8
