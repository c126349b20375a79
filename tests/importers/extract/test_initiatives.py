"""find_initiatives: kinds, one name for all mentions, who, where, since when, what always holds."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.extract.initiatives.quotes import quoted_spans
from tests.chaos.pace import pace
from tests.importers.extract.initiatives_world import kinds, names, read


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("近日，旗妇联开展“缝补旧时光”活动，牧民排起长队。", "event"),
        ("旗妇联常态化开展“缝补旧时光”活动，惠及800人。", "campaign"),
        ("旗妇联开展“缝补旧时光”系列活动。", "campaign"),
        ("7月3日，支部组织“守护清水河”主题党日活动。", "event"),
        ("举办“畅想未来”演讲比赛。", "event"),
        ("实施“头羊领路”行动。", "campaign"),
        ("设立“牧民夜校”，农闲时上课。", "facility"),
        ("推行“双向考评”，奖优罚劣。", "mechanism"),
        ("打造“绿野先锋”，作风过硬。", "brand"),
        ("建设“暖心菜篮”惠民项目。", "project"),
        ("打造“牧民茶馆”，说事议事。", "facility"),
        ("推出“巡回办事窗”，每周二下乡。", "facility"),
        ("“一户一岗”清单列得明白，创新“五分钟议事法”。", "mechanism"),
        ("推行“一事一议一公开”制度。", "mechanism"),
        ("开设“书记讲政策”专栏。", "facility"),
    ],
)
def test_kinds(body, kind):
    assert list(kinds(body).values()) == [kind]


def test_all_forms_of_a_name_are_one_undertaking_with_one_row_a_mention():
    body = (
        "旗里实施“头羊领路”能力提升行动。自“头羊领路”行动开展以来，“头羊领路”成效明显，头羊领路一词人人皆知。"
    )
    found, _ = read(body)
    assert {m.name for m in found} == {"“头羊领路”能力提升行动"}
    assert [m.surface for m in found] == ["“头羊领路”"] * 3


def test_a_long_name_is_found_without_its_quotes_too():
    found, _ = read("开展“暖流涌动草原行”活动。暖流涌动草原行走过了12个苏木。")
    assert [m.surface for m in found] == ["“暖流涌动草原行”", "暖流涌动草原行"]


@pytest.mark.parametrize(
    ("body", "organisations", "organisers"),
    [
        ("近日，甲旗林草局开展“播绿”行动。", ("甲旗林草局",), ("甲旗林草局",)),
        (
            "日前，甲旗林草局、甲旗水利局联合乙镇党委开展“播绿”行动。",
            ("甲旗林草局", "甲旗水利局", "乙镇党委"),
            ("甲旗林草局", "甲旗水利局", "乙镇党委"),
        ),
        ("甲旗林草局精心谋划，深入牧区，实施“播绿”行动。", ("甲旗林草局",), ("甲旗林草局",)),
        ("甲旗林草局职责在肩。近年来，实施“播绿”行动。", ("甲旗林草局",), ("甲旗林草局",)),
        ("图为甲旗林草局“播绿”主题党日活动。", ("甲旗林草局",), ("甲旗林草局",)),
        ("“播绿”行动由甲旗林草局主办，为期一年。", ("甲旗林草局",), ("甲旗林草局",)),
        ("志愿者走进甲旗林草局开展“播绿”行动。", ("甲旗林草局",), ()),
        ("甲旗林草局局长说，今后将实施“播绿”行动。", ("甲旗林草局",), ()),
    ],
)
def test_organisers(body, organisations, organisers):
    found, _ = read(body, organisations)
    assert {m.organisers for m in found} == {organisers}


def test_a_place_that_acts_is_the_place_and_no_organiser():
    found, _ = read("多伦县扎实开展“播绿”行动。", places=("多伦县",))
    assert (found[0].organisers, found[0].places, found[0].city) == ((), ("多伦县",), "锡林郭勒盟")


@pytest.mark.parametrize(
    ("body", "organisers"),
    [
        ("滦源镇推行“板凳夜话”工作法。", ("多伦县滦源镇",)),
        ("去年，滦源镇依托党群中心建起“瓜香直播间”。", ("多伦县滦源镇",)),
        ("多伦县滦源镇还组织商户开展“亮灯”行动。", ("多伦县滦源镇",)),
        ("群众办事难。\n依托“码上议”小程序，滦源镇推行点单服务。", ("多伦县滦源镇",)),
        ("滦源镇联合中队举办“亮灯”歌咏比赛。", ("多伦县滦源镇",)),
        ("滦源镇综合执法队开展“亮灯”行动。", ()),
        ("记者在滦源镇看到，“亮灯”行动热火朝天。", ()),
    ],
)
def test_a_township_that_acts_is_an_organiser(body, organisers):
    found, _ = read(body, places=("多伦县",), townships=("滦源镇",))
    assert found[0].organisers == organisers


def test_the_last_of_a_list_acts_where_the_first_is_no_known_name():
    body = "节前，某演出队、甲旗文旅局联合在广场举办“同心颂”文艺演出。图为甲旗剧团演出。"
    found, _ = read(body, ("甲旗文旅局", "甲旗剧团"))
    assert found[0].organisers == ("甲旗文旅局",)


def test_a_lists_head_word_makes_no_second_undertaking_of_a_name():
    body = "打造“乌兰驿”“乌兰帮”等党建阵地。旗里开展“乌兰帮”帮扶行动，看望老人。"
    assert kinds(body) == {"“乌兰驿”党建阵地": "facility", "“乌兰帮”帮扶行动": "campaign"}


def test_who_arranges_is_the_organiser_where_the_sentence_has_no_subject():
    body = "甲旗党委重视学习。\n按照甲旗委组织部统一安排，此次主题党日活动的主题是“护绿我先行”。"
    found, _ = read(body, ("甲旗党委", "甲旗委组织部"))
    assert found[0].organisers == ("甲旗委组织部",)


def test_a_quoted_body_that_is_set_up_organises_nothing():
    body = "甲旗党委组建“凤凰宣讲队”11支，推出“板凳课”品牌。"
    found, _ = read(body, ("甲旗党委", "凤凰宣讲队"))
    assert found[-1].organisers == ("甲旗党委",)


def test_what_is_a_places_has_no_organiser_from_afar():
    body = "多伦县的“驼铃营地”里，游客在挤驼奶。\n正蓝旗林草局开展“播绿”行动。"
    found, _ = read(body, ("正蓝旗林草局",), ("多伦县",))
    assert [(m.name, m.organisers) for m in found] == [
        ("“驼铃营地”", ()),
        ("“播绿”行动", ("正蓝旗林草局",)),
    ]


def test_a_name_that_is_only_repeated_takes_no_organiser_from_another_paragraph():
    body = "甲旗林草局党员多。\n多伦县将每月15日定为牧民议事日。\n牧民议事日很热闹。"
    found, _ = read(body, ("甲旗林草局",), ("多伦县",))
    assert [(m.name, m.organisers) for m in found] == [("牧民议事日", ())] * 2


def test_a_place_after_in_is_where_it_is_carried_out():
    found, _ = read("正蓝旗医院党支部赴多伦县开展“送药下乡”活动。", ("正蓝旗医院党支部",), ("多伦县",))
    assert (found[0].organisers, found[0].places) == (("正蓝旗医院党支部",), ("多伦县",))


def test_of_several_places_after_in_the_last_of_the_clause_counts():
    body = "在正蓝旗多伦县，居民们坐到一起，“夜话小院”议事会开张。"
    assert read(body, (), ("正蓝旗", "多伦县"))[0][0].places == ("多伦县",)
    apart = "在正蓝旗，多伦县的客人来了，“夜话小院”议事会开张。"
    assert read(apart, (), ("正蓝旗", "多伦县"))[0][0].places == ("正蓝旗",)


def test_an_event_is_where_the_words_behind_its_name_say_it_was_held():
    held = "正蓝旗医院党支部有喜讯。一场“牧歌声声”读书会在正蓝旗多伦县的书屋举行。"
    found, _ = read(held, ("正蓝旗医院党支部",), ("正蓝旗", "多伦县"))
    assert found[0].places == ("多伦县",)
    seen, _ = read("正蓝旗办起“牧歌声声”读书会，在多伦县传开。", (), ("正蓝旗", "多伦县"))
    assert seen[0].places == ("正蓝旗",)


def test_who_has_arranged_it_tells_where_it_is_carried_out():
    body = "多伦县有20个社区。按照正蓝旗民政局统一安排，此次主题党日活动的主题是“百家宴上话团圆”。"
    (found,) = read(body, ("正蓝旗民政局",), ("多伦县",))[0]
    assert (found.organisers, found.places) == (("正蓝旗民政局",), ("正蓝旗",))


def test_the_kickers_organisation_stands_where_no_subject_does():
    body = "困难面前冲在前。\n依托网格实施“播绿”行动。\n正蓝旗林草局党员人数多。"
    found, _ = read(body, ("正蓝旗林草局",), kicker="正蓝旗林草局")
    assert found[0].organisers == ("正蓝旗林草局",)


def test_what_the_autonomous_region_sets_up_has_no_city():
    assert read("按照自治区开展的“争旗”活动要求，全县动员。")[0][0].city is None
    assert read("自治区启动“争旗”行动。", region="自治区")[0][0].city is None


@pytest.mark.parametrize(
    ("body", "issue_date", "started"),
    [
        ("2022年以来，全旗开展“护苗”行动。", None, "2022"),
        ("自2021年3月起，全旗开展“护苗”行动。", None, "2021-03"),
        ("“护苗”行动始于2019年，成效明显。", None, "2019"),
        ("2023年6月，该镇利用闲置校舍打造“护苗驿站”。", None, "2023-06"),
        ("自2024年3月开班以来，旗妇联举办的“护苗课堂”讲课20节。", None, "2024-03"),
        ("截至2023年，全旗建成“护苗驿站”12处。", None, None),
        ("2023年，全旗开展“护苗”行动12次。", None, None),
        ("2017年，镇里开展“百名党员结百户”活动，结对112户。", None, "2017"),
        ("今年4月，镇里启动“护苗”行动。", "2024-07-15", "2024-04"),
        ("今年4月，镇里启动“护苗”行动。", None, None),
        ("去年11月，镇里推出“护苗”服务品牌。", "2024-07-15", "2023-11"),
        ("今年以来，镇里推行“护苗”机制。", "2024-07-15", None),
        ("2022年，嘎查与林场签约，探索“支部牵头、牧户入股”的“共富”模式。", None, "2022"),
        ("2021年6月，街道启用“骑手驿家”便民服务点。", None, "2021-06"),
        ("2023年10月，镇里选5个嘎查试点建设“护苗”平台。", None, "2023-10"),
        ("变化始于2022年。那一年，镇里启动“护苗”行动。", None, "2022"),
        ("那一年，镇里启动“护苗”行动。", None, None),
        ("2022年以来，学校结合“护苗”志愿服务、“晨读”等工作，加强管理。", None, None),
        ("2022年以来，学校依托“护苗”平台，走访家长。", None, None),
        ("6月2日，学校结合“护苗”演讲比赛，开展走访。", "2024-06-05", "2024-06-02"),
        ("全旗开展“护苗”行动，2022年办结40件。", None, None),
        ("6月2日，学校举办“护苗”演讲比赛。", "2024-06-05", "2024-06-02"),
        ("12月20日，学校举办“护苗”演讲比赛。", "2024-01-05", "2023-12-20"),
        ("6月2日，学校举办“护苗”演讲比赛。", None, None),
        ("6月2日，学校举办“护苗”演讲比赛。", "某日", None),
        ("今年5月，学校举办“护苗”演讲比赛。", "2024-06-05", "2024-05"),
        ("2022年5月，学校组织“护苗”演讲比赛。", None, "2022-05"),
        ("2022年，学校组织“护苗”演讲比赛。", None, None),
        ("去年5月以来，学校举办“护苗”演讲比赛。", "2024-06-05", None),
        ("6月2日，学校迎来开放日。这次开展的“护苗”演讲比赛很精彩。", "2024-06-05", "2024-06-02"),
        ("6月2日，学校迎来开放日。当天，学校举办“护苗”演讲比赛。", "2024-06-05", "2024-06-02"),
        ("6月2日，学校迎来开放日。\n当天，学校举办“护苗”演讲比赛。", "2024-06-05", None),
        ("6月2日，学校迎来开放日。学校常办“护苗”演讲比赛。", "2024-06-05", None),
        ("6月2日，学校开会。这次定下的“护苗”演讲比赛6月9日开始。", "2024-06-05", None),
        ("5月30日彩排，6月2日开放。当天，学校举办“护苗”演讲比赛。", "2024-06-05", None),
        ("去年9月以来，旗医院打造“暖心家”品牌，服务老人。", "2024-03-20", "2023-09"),
        ("去年以来，旗医院打造“暖心家”品牌，服务老人。", "2024-03-20", None),
        ("2018年10月，旗医院先行先试“暖心家”工程，服务老人。", "2024-03-20", "2018-10"),
    ],
)
def test_when_it_began(body, issue_date, started):
    found, _ = read(body, issue_date=issue_date)
    assert (str(found[0].started) if found[0].started else None) == started


def test_an_undertaking_inside_an_organisations_name_is_left_to_the_organisation():
    assert read("乡里有“播绿”行动服务中心。", ("“播绿”行动服务中心",))[0] == ()


_SIGNS = st.text(
    alphabet=st.sampled_from(
        list("“”‘’《》、，。：\n开展打造推行“甲乙丙”活动品牌机制等的红色讲堂为主题2021年以来在由届首第")
    ),
    max_size=120,
)


@given(st.one_of(_SIGNS, st.text(max_size=80)))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_spans_that_quote_it_and_the_same_ones_twice(body):
    first, second = read(body), read(body)
    assert first == second
    for row in (*first[0],):
        assert row.surface == body[row.start : row.end] != ""
    for doubt in first[1]:
        assert doubt.text == body[doubt.start : doubt.end]


@given(_SIGNS)
@settings(deadline=None)
def test_mentions_never_overlap(body):
    found, _ = read(body)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(_SIGNS)
@settings(deadline=None)
def test_quotations_hold_no_sentence_end(body):
    assert not any(sign in q.inner for q in quoted_spans(body) for sign in "。！？\n")


@pytest.mark.parametrize(
    "unit", ["“", "”", "“甲”", "“甲‘乙", "开展“甲乙丙”活动，", "红色", "2021年以来", "《"]
)
def test_a_hundred_thousand_signs_take_linear_time(unit):
    found = pace(read, lambda length: unit * (length // len(unit)), 25_000)
    assert found.is_linear, found


def test_many_names_take_linear_time():
    found = pace(read, lambda count: "".join(f"开展“甲乙{i}丙”活动，" for i in range(count)), 1000)
    assert found.is_linear, found


def test_names_in_order():
    assert names("打造“甲野”品牌，推行“乙田”机制。") == ["“甲野”品牌", "“乙田”机制"]


def test_what_the_headline_names_is_carried_out_by_the_one_body_that_acts():
    body = "这份便利，来自多伦县推行的“红柳代办”机制。\n旗委组织部在村里设点，选聘代办员40名。"
    bodies, places = ("旗委组织部",), ("多伦县",)
    told = read(body, bodies, places, title="“红柳代办”跑起来")[0]
    assert told[0].organisers == bodies
    assert read(body, bodies, places, title="多伦县跑起来")[0][0].organisers == ()
    two = body + "旗医院义诊。"
    assert read(two, (*bodies, "旗医院"), places, title="“红柳代办”跑起来")[0][0].organisers == ()


def test_a_school_that_bears_the_name_does_not_set_itself_up():
    body = "这是“夜间党校”的第42节课。\n旗委组织部、旗工会联合举办的“夜间党校”培训工人80名。"
    bodies = ("夜间党校", "旗委组织部", "旗工会")
    found = read(body, bodies, title="“夜间党校”亮灯")[0]
    assert {mention.organisers for mention in found} == {("旗委组织部", "旗工会")}


@pytest.mark.parametrize(
    ("body", "organisers"),
    [
        # a bare township is the one that the article is about
        ("大北沟镇的路通了。该镇推出“蜜糖”积分制，人人争先。", ("多伦县大北沟镇",)),
        ("大北沟镇的路通了。该镇还联合旗医院开设“楼长来了”专栏。", ("多伦县大北沟镇", "旗医院")),
        # a body that joins with others who are not named
        ("今年4月，旗医院与施工企业联合成立支部，推行“日巡夜报”机制。", ("旗医院",)),
        # a name that just stands there is of who acts next, and of no one who speaks next
        ("同样的小站点叫“松涛暖屋”。旗医院把锅炉房改造成暖屋。", ("旗医院",)),
        ("同样的小站点叫“松涛暖屋”。旗医院副总裁高远说好。", ()),
        # a paragraph where nobody acts tells less than one where somebody does
        ("旗医院献血。\n在“松涛”专窗前，人来人往。\n旗工会组建“松涛”服务团，开设“松涛”专窗。", ("旗工会",)),
    ],
)
def test_who_sets_up_what_is_named_without_an_actor(body, organisers):
    found, _ = read(body, ("旗医院", "旗工会"), townships=("大北沟镇",))
    assert {mention.organisers for mention in found} == {organisers}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("“多亏了‘红柳楼长’。”去年，街道探索‘红柳楼长’制，推选楼长。“红柳楼长”解难题90件。", "mechanism"),
        ("镇党委设立“流动毡房”宣讲点，宣讲员进牧区。", "facility"),
    ],
)
def test_any_mention_may_tell_the_kind(body, kind):
    told = read(body, title="“红柳楼长”当管家")[0]
    assert {str(mention.kind) for mention in told} == {kind}
