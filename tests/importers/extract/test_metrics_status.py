"""The time that a figure covers, and whether it is reported or planned."""

import pytest

from kb.vocabulary import (
    MetricStatus,
)
from tests.importers.extract.metrics_world import metrics_of


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
        ("一般诉求尽快答复，复杂诉求最长不超过15个工作日。", [True]),
        ("平台15分钟内派单到街道，一般问题3个工作日办结。", [True, True]),
        ("时限压缩到2个工作日。", [False]),
        ("诉求由街道包案，最迟10天答复。", [True]),
        ("光卖酸奶就能收入20多万元。", [False]),
        ("还将牧区夜校作为宣讲基地，开展宣讲35场。", [False]),
        ("还将继续开展宣讲35场。", [True]),
        ("每半年评比2次。", [True]),
        ("确保各户都有2至4名劳力。", [True]),
        ("今年计划再建8个。", [True]),
        ("今年计划把菜园扩到30亩，再吸收12户入社。", [True, True]),
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
        ("上门一次记2分，调解一起纠纷记5分。", [True, True]),
        ("比赛中他得了90分。", [False]),
        ("楼长走访3遍、每周入户不少于5家。", [False, True]),
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
