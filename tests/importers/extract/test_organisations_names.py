"""Full names of bodies in real places: the chain of places above a village, brackets, lists, committees."""

import pytest

from importers.extract.organisations.find import find_organisations
from importers.extract.text import BodyText
from tests.importers.extract.places_world import context


def names(body, home):
    rows, _ = find_organisations(BodyText(body), context(body, home))
    return list(dict.fromkeys(row.name for row in rows))


@pytest.mark.parametrize(
    ("body", "home", "expected"),
    [
        (
            "海勃湾区新华街道海馨社区党委创新做法。海馨社区居委会主任负责。",
            "乌海市",
            ["海勃湾区新华街道海馨社区党委", "海勃湾区新华街道海馨社区居委会"],
        ),
        (
            "走进呼和浩特市赛罕区大学西路街道桥华社区，处处整洁。桥华社区开展义诊。",
            "呼和浩特市",
            ["赛罕区大学西路街道桥华社区"],
        ),
        (
            "开鲁县东风镇金宝屯村的椒红了。金宝屯村党支部领着干。",
            "通辽市",
            ["开鲁县东风镇金宝屯村党支部"],
        ),
        ("临河区的葵花开了。新华镇新丰村党支部领着干。", "巴彦淖尔市", ["新华镇新丰村党支部"]),
        ("平地泉镇党委召开会议。", "乌兰察布市", ["平地泉镇党委"]),
        # a misprinted place, and one with its short form as the office writes it
        ("正蓝旗桑根达莱镇党委开展义诊。", "锡林郭勒盟", ["正蓝旗桑根达来镇党委"]),
        ("青山区万青街道党工委开展义诊。", "包头市", ["青山区万青街道党工委"]),
        ("李井滩生态移民示范区党工委开展义诊。", "阿拉善盟", ["孪井滩生态移民示范区党工委"]),
        # one officer of one bureau, and a little step that is no school
        ("红山区政务服务局党组书记、局长李某说，窗口前移一小步。", "赤峰市", ["红山区政务服务局党组"]),
        (
            "红山区水利局局长李某来到渠头，红山区教育局局机关党支部送来书。",
            "赤峰市",
            ["红山区水利局", "红山区教育局局机关党支部"],
        ),
        ("协同农商银行奈曼支行办实事。", "通辽市", ["农商银行奈曼支行"]),
        # a counted kind, and a verb before a name
        (
            "奈曼旗教育局机关党委会同库伦旗教育局机关党委义诊。",
            "通辽市",
            ["奈曼旗教育局机关党委", "库伦旗教育局机关党委"],
        ),
        ("减免农牧民合作社税费40万元。", "通辽市", []),
        ("奈曼旗绿野旅行社送来游客。", "通辽市", ["奈曼旗绿野旅行社"]),
        ("镇里成立肉羊产业联合党委，联合党委开会6次。", "赤峰市", ["肉羊产业联合党委"]),
        ("几个村成立联合党委，定了规矩。", "赤峰市", []),
        ("旗里组建联村党委12个，成立帮村服务队6支。", "赤峰市", []),
        (
            "“热心嫂”帮办服务队有20人。年底前实现帮办服务队全覆盖。",
            "赤峰市",
            ["“热心嫂”帮办服务队"],
        ),
        (
            "科尔沁区永清街道光明、新世纪社区联合开展义诊。",
            "通辽市",
            ["科尔沁区永清街道新世纪社区"],
        ),
        (
            "满洲里市东山街道北斗社区、敖尔金街道湖滨社区组织党员清雪。",
            "呼伦贝尔市",
            ["满洲里市敖尔金街道湖滨社区"],
        ),
        (
            "喀喇沁旗王爷府镇杏山村党总支盖棚。在牛家营子镇北坡村，村党总支建厂。",
            "赤峰市",
            ["喀喇沁旗王爷府镇杏山村党总支", "牛家营子镇北坡村党总支"],
        ),
        ("察哈尔高新技术产业开发区党工委部署。", "乌兰察布市", ["察哈尔高新技术产业开发区党工委"]),
    ],
)
def test_a_village_s_body_bears_the_places_that_the_text_prints_above_it(body, home, expected):
    assert names(body, home) == expected


def test_the_place_where_others_act_is_no_body():
    assert names("志愿者在乌达区三道坎社区设立义诊点。", "乌海市") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("市康复医院（第三人民医院）开放。", ["通辽市康复医院（第三人民医院）"]),
        (
            "通辽市精神卫生中心（第六人民医院）义诊。孩子们来到精神卫生中心，第六人民医院的医生讲课。",
            ["通辽市精神卫生中心（第六人民医院）"],
        ),
        ("开鲁县民政局（乡村振兴局）部署。", ["开鲁县民政局"]),
    ],
)
def test_an_institution_s_second_name_belongs_to_its_name(body, expected):
    assert names(body, "通辽市") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("杭锦旗锡尼镇党委落实旗委“双提升”行动。", ["杭锦旗锡尼镇党委", "杭锦旗委"]),
        ("围绕落实市委以人才兴市的部署，干部下沉。", ["鄂尔多斯市委"]),
        ("组织对他委以重任。", []),
        ("五名年轻人被市委以重任相托。", []),
    ],
)
def test_a_committee_that_acts_is_a_body_of_its_own(body, expected):
    assert names(body, "鄂尔多斯市") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("内蒙古团区委、赤峰团市委慰问。", ["共青团内蒙古自治区委", "共青团赤峰市委"]),
        ("化德县人社局、农科局承办。", ["化德县人社局", "化德县农科局"]),
        ("宁城县新希望乳业公司与县医院共建。", ["宁城县新希望乳业公司", "宁城县医院"]),
        ("到汐子镇西五十家村听取村党支部意见。", ["汐子镇西五十家村党支部"]),
        ("丽苑小区业委会议事。", ["丽苑小区业委会"]),
        ("宁城县总工会组织30名职工清雪。", ["宁城县总工会"]),
        ("兴安盟行署印发方案。", ["兴安盟行署"]),
        ("专家来自沈阳农业大学。", ["沈阳农业大学"]),
        ("他请来沈阳农业大学专家。", ["沈阳农业大学"]),
        ("社区有“三老”调解团，镇里有“蒲公英”宣讲队。", ["“三老”调解团", "“蒲公英”宣讲队"]),
        ("宁城县八里罕镇“候鸟”流动党支部成立。", ["宁城县八里罕镇“候鸟”流动党支部"]),
        (
            "宁城县供电公司党委组织“红电工”服务队下乡。",
            ["宁城县供电公司党委", "宁城县供电公司“红电工”服务队"],
        ),
        ("宁城县八里罕镇党委组建“热心姐”帮帮团。", ["宁城县八里罕镇党委", "“热心姐”帮帮团"]),
    ],
)
def test_other_ways_to_write_a_name(body, expected):
    assert names(body, "赤峰市") == expected


@pytest.mark.parametrize(
    "body",
    [
        "宁城县党支部领办合作社的经验传开。",
        "镇里争创“五星级”党支部。",
        "推行“积分银行”，建起爱心超市。",
        "各级工会组织和妇联组织行动起来，村工会组织健全。",
        "企业和学校医院都建起工作站。",
        "宣讲员由镇干部和村党支部书记担任，来自宁城县汐子镇西榆树林子村。",
    ],
)
def test_what_only_looks_like_a_body_is_none(body):
    assert names(body, "赤峰市") == []


def test_items_of_unlike_levels_share_no_tail():
    found = names("包头稀土高新区万水泉镇、希望园区街道办事处投放物资。", "包头市")
    assert [name for name in found if "镇街道" in name] == []


@pytest.mark.parametrize(
    "unit", ["“三老”调解团", "公司组织“红”服务队", "康复中心（第三医院）", "光明、新华社区"]
)
def test_repeated_names_end_without_an_error(unit):
    assert isinstance(names(unit * 2000, "赤峰市"), list)


def test_a_district_is_meant_by_its_level_word_and_not_a_community():
    body = "福泰社区老旧小区多。街道党工委找来福泰社区党委、区城市管理综合执法局开会。松山区不错。"
    found = names(body, "赤峰市")
    assert found[-1] == "松山区城市管理综合执法局"
