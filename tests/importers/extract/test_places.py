"""Mentions of places: which names count, what each stands for, and what stays open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.extract.places.find import find_places
from importers.extract.text import BodyText
from kb.vocabulary import DoubtReason, PlaceLevel
from tests.chaos.pace import pace
from tests.importers.extract.places_world import context, read, resolved, surfaces


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "通辽市奈曼旗大沁他拉镇西湖社区的居民笑了。",
            {
                "通辽市": ("通辽市", "内蒙古自治区", "通辽市"),
                "奈曼旗": ("奈曼旗", "通辽市", "通辽市"),
                "大沁他拉镇": ("大沁他拉镇", "奈曼旗", "通辽市"),
                "西湖社区": ("西湖社区", "大沁他拉镇", "通辽市"),
            },
        ),
        ("走进科左中旗，牧草青青。", {"科左中旗": ("科尔沁左翼中旗", "通辽市", "通辽市")}),
        ("在莫旗，菇娘熟了。", {"莫旗": ("莫力达瓦达斡尔族自治旗", "呼伦贝尔市", "呼伦贝尔市")}),
        ("乌拉特旗中旗的牧民盼来了雨水。", {"乌拉特旗中旗": ("乌拉特中旗", "巴彦淖尔市", "巴彦淖尔市")}),
        ("察哈尔右冀中旗的风很大。", {"察哈尔右冀中旗": ("察哈尔右翼中旗", "乌兰察布市", "乌兰察布市")}),
        (
            "他从安徽阜阳来，落户乌海。",
            {
                "安徽": ("安徽省", None, None),
                "阜阳": ("阜阳市", "安徽省", "阜阳市"),
                "乌海": ("乌海市", "内蒙古自治区", "乌海市"),
            },
        ),
        ("满洲里口岸车流不断。", {"满洲里口岸": ("满洲里口岸", "满洲里市", "呼伦贝尔市")}),
        ("和林格尔新区的厂房拔地而起。", {"和林格尔新区": ("和林格尔新区", "呼和浩特市", "呼和浩特市")}),
        ("游客沿着环湖路走进达里湖。", {"达里湖": ("达里湖", "克什克腾旗", "赤峰市")}),
    ],
)
def test_a_name_resolves_to_its_place(body, expected):
    assert resolved(body) == expected


def test_a_list_shares_the_place_before_it():
    found = resolved("开鲁县小街基镇的三星村、胜利村和建华村种上了红干椒。")
    assert {name: parent for name, (_, parent, _) in found.items()} == {
        "开鲁县": "通辽市",
        "小街基镇": "开鲁县",
        "三星村": "小街基镇",
        "胜利村": "小街基镇",
        "建华村": "小街基镇",
    }


def test_a_village_takes_its_place_from_an_earlier_mention():
    found = read("库伦旗扣河子镇五星村种荞麦。几年过去，五星村变了样。")[0]
    assert [(m.surface, m.parent) for m in found if m.surface == "五星村"] == [("五星村", "扣河子镇")] * 2


@pytest.mark.parametrize(
    ("body", "rest", "city"),
    [
        ("在突泉县，党员们忙着春耕，双山村的地里人来人往。", {}, "兴安盟"),
        ("春耕时节，双山村的地里人来人往。", {"kicker": "突泉县"}, "兴安盟"),
        ("春耕时节，双山村的地里人来人往。", {"title": "宁城县：党旗飘在田间"}, "赤峰市"),
        ("春耕时节，双山村的地里人来人往。", {"dateline": "本报乌兰察布4月2日电"}, "乌兰察布市"),
        ("春耕时节，双山村的地里人来人往。", {"home": "巴彦淖尔市"}, "巴彦淖尔市"),
    ],
)
def test_a_village_lies_where_the_context_says(body, rest, city):
    assert resolved(body, **rest)["双山村"][2] == city


def test_a_village_that_nothing_places_stays_open():
    mentions, doubts = read("春耕时节，双山村的地里人来人往。")
    assert [(m.official, m.level, m.city) for m in mentions] == [("双山村", PlaceLevel.VILLAGE, None)]
    assert [(d.text, d.reason) for d in doubts] == [("双山村", DoubtReason.UNRESOLVED)]


def test_two_cities_before_a_village_leave_it_open():
    mentions, doubts = read("赤峰市和通辽市的代表来到双山村参观。")
    assert next(m.city for m in mentions if m.surface == "双山村") is None
    assert [d.reason for d in doubts] == [DoubtReason.UNRESOLVED]


def test_a_site_called_after_a_place_lies_in_it():
    found = resolved("阿拉善左旗的游客来到敦煌市，走进敦煌景区。", home="阿拉善盟")
    assert found["敦煌景区"] == ("敦煌景区", "敦煌市", "酒泉市")


def test_the_region_before_a_village_does_not_tell_its_city():
    assert resolved("内蒙古双山村出名了。", home="赤峰市")["双山村"] == ("双山村", "赤峰市", "赤峰市")


def test_a_museum_that_acts_as_a_body_is_no_place():
    body = "集宁战役纪念馆招募讲解员。"
    assert surfaces("走进青山公园。", home="包头市") == ["青山公园"]
    assert surfaces(body, home="乌兰察布市", bodies=["集宁战役纪念馆"]) == []


def test_a_shared_short_form_takes_the_place_that_the_article_names():
    found = resolved("苏尼特右旗草场返青。在苏尼特，牧民们转场了。")
    assert found["苏尼特"] == ("苏尼特右旗", "锡林郭勒盟", "锡林郭勒盟")


def test_a_shared_short_form_with_two_readings_is_ambiguous():
    mentions, doubts = read("锡林郭勒盟来了客人。在苏尼特，牧民们转场了。")
    assert next(m for m in mentions if m.surface == "苏尼特").city == "锡林郭勒盟"
    assert [(d.reason, d.candidates) for d in doubts] == [
        (DoubtReason.AMBIGUOUS, ("苏尼特左旗", "苏尼特右旗"))
    ]


@pytest.mark.parametrize(
    "body",
    [
        "沿着中山西路一直走，就到了邮局。",
        "修缮呼伦贝尔南路的路灯。",
        "会计高长春说，账目都公开了。",
        "大家盼的就是长治久安。",
        "学习延安精神，重温遵义会议。",
        "学习《内蒙古自治区草畜平衡条例》。",
        "唱响“大美赤峰”品牌。",
        "打造‘克旗味道’品牌。",
        "争创“五星红旗村”，评选“最美嘎查”。",
        "各村、各社区、各苏木乡镇都行动起来。",
        "发展壮大嘎查村集体经济，建设宜居宜业和美乡村。",
        "推进城乡融合，缩小城镇差距。",
        "党员进社区、进小区、进楼道。",
        "整顿软弱涣散村，选优配强带头人。",
        "全旗各苏木镇的干部下沉社区报到。",
        "每到饭点，村里老人就来到社区食堂。",
        "创建自治区级示范社区和国家森林乡村。",
        "振兴和县域经济同步推进。",
        "两年里，村民的日子红火了。",
        "街道、社区、网格三级联动，走街入户。",
        "党委政府牵头，与企业、学校共建园区。",
        "当了十二年嘎查书记，带出三十名村干部。",
        "他说，明年嘎查打算建木屋，去年村里修了路。",
        "动员在外能人回村，推行一人包两村。",
        "过去的“上访村”成了“先进村”。",
        "晚上的文化广场热闹起来，老人在健身广场打拳。",
        "开展“我在赤峰学理论 ‘青春’心向党”主题党日活动。",
        "每季度举办一期村干部培训班。",
        "过去的垃圾村成了景观村，相关街道照办。",
        "民兵参与扑救草原火灾。",
        "这里是有名的马铃薯大镇，也是产粮大乡。",
    ],
)
def test_what_only_looks_like_a_place_is_none(body):
    assert surfaces(body, home="赤峰市") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("近日，记者来到永丰村采访。", ["永丰村"]),
        ("近日，党员们深入和平社区走访。", ["和平社区"]),
        ("家住二道桥社区的老人收到了药。", ["二道桥社区"]),
        ("向阳村与前进嘎查结成对子。", ["向阳村", "前进嘎查"]),
        ("据了解，白音查干苏木有牧户三百。", ["白音查干苏木"]),
        ("迎宾19号社区装上了电梯。", ["迎宾19号社区"]),
        ("北大街二道巷社区装上了电梯。", ["北大街二道巷社区"]),
        ("十二顷地村通了自来水。", ["十二顷地村"]),
        ("额尔德尼布拉格嘎查通了自来水。", ["额尔德尼布拉格嘎查"]),
        ("霍林郭勒市沙尔呼热街道办事处送来了米面。", ["霍林郭勒市", "沙尔呼热街道"]),
        ("满族屯满族乡的粘豆包出名。", ["满族屯满族乡"]),
        ("志愿者在人民公园清扫，又到南湖湿地捡拾垃圾。", ["人民公园", "南湖湿地"]),
        ("阿荣旗查巴奇鄂温克民族乡的路通了。", ["阿荣旗", "查巴奇鄂温克民族乡"]),
        ("扎赉特旗好力保镇永兴嘎查村民笑了。", ["扎赉特旗", "好力保镇", "永兴嘎查"]),
        ("科右前旗上海社区的食堂开张了。", ["科右前旗", "上海社区"]),
        ("新城区东街街道的网格员来了。", ["新城区", "东街街道"]),
        ("敖汉旗的谷子熟了，该旗长胜镇和古鲁板蒿镇增收。", ["敖汉旗", "长胜镇", "古鲁板蒿镇"]),
        ("多伦县多伦诺尔镇居民来到会盟广场。", ["多伦县", "多伦诺尔镇", "会盟广场"]),
        ("准格尔旗准格尔召镇的果子红了。", ["准格尔旗", "准格尔召镇"]),
        ("凉城县六苏木镇那只嘎村的老人住进新房。", ["凉城县", "六苏木镇", "那只嘎村"]),
        ("清水河县宏河镇只有高茂泉窑村没有通车。", ["清水河县", "宏河镇", "高茂泉窑村"]),
        ("日前，平安建设现场会在平安社区召开。", ["平安社区"]),
        ("家住兴隆小区的赵阳说，旧小区变新了。", ["兴隆小区"]),
        ("丰收乡、红旗镇和辉苏木都来了。", ["丰收乡", "红旗镇", "辉苏木"]),
        ("哈乐镇、西乌兰不浪镇的燕麦熟了。", ["哈乐镇", "西乌兰不浪镇"]),
        ("哈林格尔镇、哈业胡同镇的路通了。", ["哈林格尔镇", "哈业胡同镇"]),
        ("阿巴嘎旗别力古台镇来了客人。", ["阿巴嘎旗", "别力古台镇"]),
        ("阿荣旗位于大兴安岭东麓，宁城县分别派出两队。", ["阿荣旗", "宁城县"]),
        ("锦山镇河南东社区的食堂开张。", ["锦山镇", "河南东社区"]),
        ("双河镇东营子村村民笑了。", ["双河镇", "东营子村"]),
        ("敖尔金街道湖滨社区的灯亮了。", ["敖尔金街道", "湖滨社区"]),
        ("丰镇市南城区街道的灯亮了。", ["丰镇市", "南城区街道"]),
        ("海拉尔区正阳办胜利社区的灯亮了。", ["海拉尔区", "胜利社区"]),
        ("阿尔山国家森林公园迎来客流。", ["阿尔山国家森林公园"]),
        ("民警走访陈旗牧户，陈巴尔虎旗的雪很大。", ["陈旗", "陈巴尔虎旗"]),
    ],
)
def test_a_name_without_a_dictionary_is_cut_where_it_begins(body, expected):
    assert surfaces(body, home="呼和浩特市") == expected


def test_a_generic_stem_is_a_name_right_after_a_place():
    assert surfaces("元宝山区平庄东城街道幸福社区办起了夜校，幸福社区热闹了。")[-2:] == [
        "幸福社区",
        "幸福社区",
    ]
    assert surfaces("共建幸福社区，共享和谐社区。", home="赤峰市") == []


def test_a_place_inside_an_organisation_is_no_mention():
    body = "宁城县委组织部到宁城县税务局宣讲。"
    assert surfaces(body, bodies=["宁城县委组织部", "宁城县税务局"]) == []
    body = "宁城县委组织部部长说，宁城县的路宽了。"
    assert surfaces(body, bodies=["宁城县委组织部"]) == ["宁城县"]


def test_an_office_called_by_its_place_alone_leaves_the_places():
    body = "红山区东城街道积极探索治理新路。"
    assert surfaces(body, bodies=["红山区东城街道"]) == ["红山区", "东城街道"]


def test_an_officer_s_title_is_no_mention_even_where_no_organisation_was_found():
    assert surfaces("开鲁县委书记来到现场。") == []


@given(
    st.text(
        alphabet="在到和兴和县镇村社区嘎查苏木街道办事处公园湖东湿地“”《》、，。赤峰市奈曼旗鄂托克12号 \n",
        max_size=80,
    )
)
@settings(max_examples=300)
def test_any_text_gives_mentions_that_quote_it_in_order(body):
    mentions, doubts = read(body, home="赤峰市")
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for row in mentions:
        assert row.start < row.end
        assert body[row.start : row.end] == row.surface
    for doubt in doubts:
        assert body[doubt.start : doubt.end] == doubt.text
    assert (mentions, doubts) == read(body, home="赤峰市")


@given(st.text(max_size=120))
def test_no_text_is_an_error(body):
    find_places(BodyText(body), context(body), ())


@pytest.mark.parametrize("part", ["村", "和平社区、", "阿", "赤峰市", "《赤峰市", "“赤峰", "奈曼旗，建华村"])
def test_long_texts_take_linear_time(part):
    found = pace(read, lambda length: part * (length // len(part)), 20_000)
    assert found.is_linear, found


def test_a_street_named_like_a_verb_counts_right_before_a_community():
    assert surfaces("服务队走进建设街道和平里社区，换灯30盏。") == ["建设街道", "和平里社区"]
    assert surfaces("乡村要加强建设街道才整洁。") == []


def test_words_with_a_village_in_them_are_no_village():
    assert surfaces("组建联村党委，会同振兴局逐村把脉。") == []


@pytest.mark.parametrize(
    ("body", "surface", "official"),
    [
        ("在科尔沁右翼中旗巴彦呼硕镇，榆树成林。", "巴彦呼硕镇", "巴彦呼舒镇"),
        ("在正蓝旗桑根达莱镇，羊群归圈。", "桑根达莱镇", "桑根达来镇"),
        ("家住青山区万青街道的老人笑了。", "万青街道", "万青路街道"),
        # two signs say too little, several fit, and what no text locates stays as printed
        ("来到翁牛特旗乌旦镇看戏。", "乌旦镇", "乌旦镇"),
        ("桑根达莱镇的羊群归圈。", "桑根达莱镇", "桑根达莱镇"),
    ],
)
def test_a_misprinted_township_right_after_its_county_resolves_to_what_is_meant(body, surface, official):
    assert {p.surface: p.official for p in read(body)[0]}[surface] == official
