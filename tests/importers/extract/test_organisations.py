"""The organisations of an article: full names, categories, cities and parents from invented sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.extract.organisations.find import find_organisations
from importers.extract.text import BodyText
from kb.vocabulary import DoubtReason, OrganisationCategory
from tests.chaos.pace import pace
from tests.importers.extract.organisations_world import PLACES, context, found, names

TONGLIAO = {"city": "通辽市"}
NAIMAN = {"city": "通辽市", "county": "奈曼旗"}
DAQIN = NAIMAN | {"township": "大沁他拉镇"}
HONGSHAN = {"city": "赤峰市", "county": "红山区"}
DONGCHENG = HONGSHAN | {"township": "东城街道"}
XILINHOT = {"city": "锡林郭勒盟", "county": "锡林浩特市"}

# Sentences, what the article is about, and the full names that they give, in order.
FULL_NAMES = [
    ("连日来，旗委统战部牵头，会同旗民委走进大沁他拉镇宣讲。", NAIMAN, ["奈曼旗委统战部", "奈曼旗民委"]),
    ("科左中旗教体局党组书记参加。", TONGLIAO, ["科尔沁左翼中旗教体局党组"]),
    ("赤峰市红山区第二中学党总支组织师生参观。", HONGSHAN, ["红山区第二中学党总支"]),
    ("街道党工委书记李伟介绍了情况。", DONGCHENG, ["红山区东城街道党工委"]),
    ("大沁他拉镇中心卫生院组建服务团队。", DAQIN, ["奈曼旗大沁他拉镇中心卫生院"]),
    ("大沁他拉镇柳条沟村党支部书记王海说。", DAQIN, ["大沁他拉镇柳条沟村党支部"]),
    ("自治区党委组织部、自治区人社厅印发通知。", TONGLIAO, ["内蒙古自治区党委组织部", "内蒙古自治区人社厅"]),
    ("宁夏银川市金凤区委组织部考察团来访。", TONGLIAO, ["金凤区委组织部"]),
    ("中共红山区委组织部印发通知。", HONGSHAN, ["红山区委组织部"]),
    ("武警内蒙古总队通辽支队官兵训练。", TONGLIAO, ["武警内蒙古总队通辽支队"]),
    ("国网赤峰供电公司检查线路。", HONGSHAN, ["国网赤峰供电公司"]),
    (
        "锡林郭勒边境管理支队锡林浩特边境派出所民警走访。",
        XILINHOT,
        ["锡林郭勒边境管理支队锡林浩特边境派出所"],
    ),
    ("通辽经济技术开发区党工委书记主持会议。", TONGLIAO, ["通辽经济技术开发区党工委"]),
    ("党中央对此高度重视。", TONGLIAO, ["中共中央"]),
    ("奈曼旗“石榴籽”宣讲团走进校园。", NAIMAN, ["奈曼旗“石榴籽”宣讲团"]),
    ("奈曼旗关工委“五老”志愿服务队走进校园。", NAIMAN, ["奈曼旗关工委“五老”志愿服务队"]),
    ("依法治理，北京大成（通辽）律师事务所党支部体检。", TONGLIAO, ["北京大成（通辽）律师事务所党支部"]),
    (
        "中国铁路沈阳局集团有限公司通辽车务段党委抢险。",
        TONGLIAO,
        ["中国铁路沈阳局集团有限公司通辽车务段党委"],
    ),
    ("建设银行奈曼支行发放贷款。", TONGLIAO, ["建设银行奈曼支行"]),
    ("旗委党建工作领导小组办公室下发通知。", NAIMAN, ["奈曼旗委党建工作领导小组办公室"]),
    ("柳条沟村党支部领办的众兴种植专业合作社增收。", DAQIN, ["柳条沟村党支部", "众兴种植专业合作社"]),
    ("内蒙古自治区通辽市开鲁县公安局交通管理大队党支部录制。", TONGLIAO, ["开鲁县公安局交通管理大队党支部"]),
    ("中共通辽市委员会印发意见。", TONGLIAO, ["通辽市委"]),
    ("民革通辽市委会、九三学社通辽市委员会服务。", TONGLIAO, ["民革通辽市委会", "九三学社通辽市委员会"]),
    ("奈曼旗税务局大沁他拉税务分局党支部走访。", NAIMAN, ["奈曼旗税务局大沁他拉税务分局党支部"]),
    ("奈曼旗第一幼儿园教师党支部开展主题党日。", NAIMAN, ["奈曼旗第一幼儿园教师党支部"]),
    ("通辽职业学院马克思主义学院党总支宣讲。", TONGLIAO, ["通辽职业学院马克思主义学院党总支"]),
    ("红山区纪委监委第一派驻纪检监察组到会。", HONGSHAN, ["红山区纪委监委第一派驻纪检监察组"]),
    ("大沁他拉镇吉和社区党支部清扫积雪。", NAIMAN, ["奈曼旗大沁他拉镇吉和社区党支部"]),
    ("市委“两新”工委研究部署。", TONGLIAO, ["通辽市委“两新”工委"]),
    ("红山区应急管理局会同区消防救援大队排查。", HONGSHAN, ["红山区应急管理局", "红山区消防救援大队"]),
    ("旗环卫中心负责人致谢。", NAIMAN, ["奈曼旗环卫中心"]),
    ("中央组织部印发通知，国务院作出部署。", TONGLIAO, ["中央组织部", "国务院"]),
    (
        "市住房和城乡建设局、市文化和旅游局联合检查。",
        TONGLIAO,
        ["通辽市住房和城乡建设局", "通辽市文化和旅游局"],
    ),
]

LISTS = [
    ("红山、松山区委组织部共同举办比武。", HONGSHAN, ["红山区委组织部", "松山区委组织部"]),
    ("福宁、福泰社区党委携手共建。", DONGCHENG, ["福宁社区党委", "福泰社区党委"]),
    ("红山区委组织部、宣传部联合印发方案。", HONGSHAN, ["红山区委组织部", "红山区委宣传部"]),
    ("红山区委常委、组织部部长张三参加活动。", HONGSHAN, ["红山区委", "红山区委组织部"]),
    ("旗人社局、医保局、税务局等部门下沉。", NAIMAN, ["奈曼旗人社局", "奈曼旗医保局", "奈曼旗税务局"]),
    ("镇党委、政府召开会议。", DAQIN, ["奈曼旗大沁他拉镇党委", "奈曼旗大沁他拉镇政府"]),
    ("市总工会、团市委、市妇联慰问。", TONGLIAO, ["通辽市总工会", "共青团通辽市委", "通辽市妇联"]),
    ("旗文旅局、住建局党支部结对。", NAIMAN, ["奈曼旗文旅局党支部", "奈曼旗住建局党支部"]),
    ("大沁他拉镇妇联、团委慰问。", DAQIN, ["奈曼旗大沁他拉镇妇联", "奈曼旗大沁他拉镇团委"]),
    ("依托蒙鑫市场、百盛商厦等6家非公企业建立联合党支部。", TONGLIAO, ["蒙鑫市场", "百盛商厦"]),
    (
        "奈曼旗直属机关工委确定图书馆、乐康养老服务中心等两家单位。",
        NAIMAN,
        ["奈曼旗直属机关工委", "奈曼旗图书馆", "乐康养老服务中心"],
    ),
]

SHORT_FORMS = [
    ("记者从市农牧局获悉，农牧局今年安排资金。", TONGLIAO, "农牧局", "通辽市农牧局"),
    ("库伦旗人社局举办培训班，该局还组织招聘会。", NAIMAN, "该局", "库伦旗人社局"),
    (
        "奈曼旗公安局交管大队执勤，该大队党支部设立岗位。",
        NAIMAN,
        "该大队党支部",
        "奈曼旗公安局交管大队党支部",
    ),
    ("东城街道工会联合会成立，街道工会吸纳会员。", DONGCHENG, "街道工会", "红山区东城街道工会联合会"),
    ("内蒙古蒙源生态科技有限公司成立，蒙源公司增产。", TONGLIAO, "蒙源公司", "内蒙古蒙源生态科技有限公司"),
    (
        "内蒙古康源食品有限公司（以下简称“康食公司”）增产，康食公司党支部获奖。",
        TONGLIAO,
        "康食公司党支部",
        "内蒙古康源食品有限公司党支部",
    ),
    (
        "通辽市公交公司开通专线，通辽市公交公司的“小橘灯”志愿服务队上岗。",
        TONGLIAO,
        "“小橘灯”志愿服务队",
        "通辽市公交公司“小橘灯”志愿服务队",
    ),
]

KINDS = [
    "各级党组织要认真落实，各党支部书记带头学习，村党支部作用明显。",
    "全市各旗县区委组织部高度重视，各苏木镇党委逐级压实责任。",
    "餐饮、住宿、快递等企业纷纷加入。",
    "社区党组织、物业公司、业委会三方协商。",
    "要不断拓展服务格局，把握发展大局，围绕中心、服务大局，布局新产业。",
    "党支部委员会、党员大会、党小组会按期召开。",
    "加强班子建设，明确党支部职责，发挥党委核心作用。",
    "非公企业党支部、社会组织党支部覆盖率达100%，机关党支部率先垂范。",
    "组建了32支青年先锋志愿服务队，成立了巾帼志愿服务队。",
    "形成“街道党工委—社区党组织—网格党支部”架构。",
    "大学生和中学生集中学习。",
    "选树示范党支部20个，机关党支部占全部党支部的三成。",
    "组织部门主动作为，公安机关严厉打击，教育系统积极响应。",
    "组织部分党员参观，开展工作协调会。",
    "在通辽市中心广场举行，围绕服务中心工作。",
]

CATEGORIES = [
    ("奈曼旗委书记", OrganisationCategory.PARTY_COMMITTEE),
    ("奈曼旗教育局党总支", OrganisationCategory.PARTY_GENERAL_BRANCH),
    ("奈曼旗教育局党支部", OrganisationCategory.PARTY_BRANCH),
    ("奈曼旗委党校", OrganisationCategory.PARTY_DEPARTMENT),
    ("奈曼旗人武部", OrganisationCategory.GOVERNMENT),
    ("奈曼旗消防救援大队", OrganisationCategory.GOVERNMENT),
    ("共青团奈曼旗委", OrganisationCategory.MASS_ORGANISATION),
    ("奈曼旗残联", OrganisationCategory.MASS_ORGANISATION),
    ("奈曼旗乌兰牧骑", OrganisationCategory.INSTITUTION),
    ("奈曼旗疾控中心", OrganisationCategory.INSTITUTION),
    ("奈曼旗农村信用社", OrganisationCategory.ENTERPRISE),
    ("柳条沟村村委会", OrganisationCategory.COMMUNITY),
    ("奈曼旗应急救援队", OrganisationCategory.VOLUNTEER_TEAM),
    ("奈曼旗融媒体中心", OrganisationCategory.MEDIA),
    ("奈曼旗防汛抗旱指挥部", OrganisationCategory.OTHER),
]


@pytest.mark.parametrize(("body", "about", "wanted"), FULL_NAMES + LISTS)
def test_full_names(body, about, wanted):
    assert names(body, **about) == wanted


@pytest.mark.parametrize(("body", "about", "surface", "name"), SHORT_FORMS)
def test_short_forms_carry_the_full_name(body, about, surface, name):
    assert (surface, name) in [(m.surface, m.name) for m in found(body, **about)[0]]


def test_a_short_form_means_the_body_that_its_paragraph_names_before_it():
    township, county = "奈曼旗大沁他拉镇区域化联合党委", "奈曼旗区域化联合党委"
    acts = "区域化联合党委挂牌，联合党委议事。"
    body = f"大沁他拉镇{acts}\n奈曼旗的{acts}\n联合党委议事。"
    mentions, (doubt,) = found(body, **NAIMAN)
    assert [mention.name for mention in mentions] == [township, township, county, county]
    assert doubt.reason is DoubtReason.AMBIGUOUS
    assert (doubt.start, set(doubt.candidates)) == (body.rindex("联合党委"), {township, county})


@pytest.mark.parametrize(
    ("body", "surfaces"),
    [
        ("红山区东城街道的综合执法大队清雪。", [("综合执法大队", "红山区东城街道综合执法大队")]),
        ("红山区的社区综合服务中心、红山区的党委和全区的公安局动起来。", []),
    ],
)
def test_a_place_may_be_printed_as_the_owner_of_a_body(body, surfaces):
    assert [(mention.surface, mention.name) for mention in found(body)[0]] == surfaces


@pytest.mark.parametrize(
    ("body", "doubtful"),
    [
        ("“牧野讲师团”开讲，“书香机关·满意政协”评选揭晓。", []),
        ("“讲师团”开讲。", ["讲师团"]),
        ("“你们找讲师团，他们管。”他说。", ["讲师团"]),
    ],
)
def test_a_department_s_word_inside_a_quoted_name_is_no_doubt(body, doubtful):
    assert [doubt.text for doubt in found(body)[1]] == doubtful


@pytest.mark.parametrize("body", KINDS)
def test_kinds_of_bodies_are_none(body):
    assert names(body, **DONGCHENG) == []


@pytest.mark.parametrize(("printed", "category"), CATEGORIES)
def test_category_follows_the_tail(printed, category):
    (mention,), _ = found(f"近日，{printed}开展活动。", **NAIMAN)
    assert mention.category is category


def test_city_place_and_parent():
    (mention,), _ = found("松山区教育局党支部开展活动。", **HONGSHAN)
    assert (mention.city, mention.place, mention.parent) == ("赤峰市", "松山区", "松山区教育局")


def test_a_body_of_the_whole_country_has_no_city():
    mentions, _ = found("中共中央印发条例，自治区人社厅转发。", **NAIMAN)
    assert [m.city for m in mentions] == [None, None]


def test_a_community_is_a_body_where_it_acts():
    assert names("福泰社区联合辖区单位开展清扫。", **HONGSHAN) == ["福泰社区"]
    assert names("福泰社区居民王某说。", **HONGSHAN) == []


def test_only_the_longest_body_is_a_mention():
    assert names("奈曼旗委宣传部机关党支部开展活动。", **NAIMAN) == ["奈曼旗委宣传部机关党支部"]


def test_a_department_of_no_known_place_is_a_doubt():
    mentions, doubts = found("经过水利局的协调，水渠修好了。", **TONGLIAO)
    assert mentions == ()
    assert [(d.text, d.reason) for d in doubts] == [("水利局", DoubtReason.UNRESOLVED)]


def test_a_short_form_of_two_bodies_is_a_doubt_with_both():
    _, doubts = found("奈曼旗税务局和开鲁县税务局结对，税务局干部认领心愿。", **TONGLIAO)
    assert [(d.reason, d.candidates) for d in doubts] == [
        (DoubtReason.AMBIGUOUS, ("奈曼旗税务局", "开鲁县税务局"))
    ]


_WORDS = [
    *PLACES,
    *"市旗县区、，。（）“”和与的",
    "党支部",
    "公司",
    "联合",
    "局",
    "志愿服务队",
    "中心",
    "该局",
    "等3家企业",
    "委",
    "组织部",
]


@given(
    st.lists(st.sampled_from(_WORDS), max_size=40).map("".join),
    st.sampled_from([TONGLIAO, DAQIN, DONGCHENG, {}]),
)
def test_spans_quote_the_body_and_results_repeat(body, about):
    where = context(body, **about)
    mentions, doubts = find_organisations(BodyText(body), where)
    for row in mentions:
        assert body[row.start : row.end] == row.surface != ""
        assert row.name
    for doubt in doubts:
        assert body[doubt.start : doubt.end] == doubt.text
    assert (mentions, doubts) == find_organisations(BodyText(body), where)


@given(st.text(max_size=200))
def test_any_text_gives_a_result(body):
    find_organisations(BodyText(body), context(body))


@pytest.mark.parametrize(
    "piece", ["党支部", "福宁、", "“组", "市", "公司、", "一", "旗委书记、", "（以下简称", "等企业", "党员"]
)
def test_time_grows_with_the_length_only(piece):
    found = pace(
        lambda body: find_organisations(BodyText(body), context(body[:60], **DAQIN)),
        lambda length: piece * (length // len(piece)),
        15_000,
    )
    assert found.is_linear, found


def test_a_townships_committee_is_of_the_township_that_its_paragraph_is_about():
    body = "大沁他拉镇是旗府所在地。\n青龙山镇把产业纳入治理。镇党委推出新模式。\n镇党委还建起大棚。"
    wanted = ["奈曼旗青龙山镇党委", "奈曼旗大沁他拉镇党委"]
    assert names(body, city="通辽市", county="奈曼旗", township="大沁他拉镇") == wanted


def test_the_committee_of_a_trade_is_named_by_its_trade():
    body = "青龙山镇党委成立土豆产业链党委。全旗组建产业链党委12个。"
    assert names(body, city="通辽市", county="奈曼旗") == ["奈曼旗青龙山镇党委", "土豆产业链党委"]


def test_a_would_be_school_in_quotes_is_no_body():
    body = "旗委组织部办起“田间学院”和6个“好事银行”，请奈曼旗委党校的老师讲课。"
    assert names(body, city="通辽市", county="奈曼旗") == ["奈曼旗委组织部", "奈曼旗委党校"]
