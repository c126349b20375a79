"""The page's home city, and what an article is about."""

import pytest

from importers.extract.situate import build_article_context, place_meant
from kb.vocabulary import ArticleKind
from tests.importers.extract.places_world import GAZETTEER, context, draft, page_of, surveyed


def official(location):
    return location.official if location else None


def home(*bodies, newspaper=None):
    return official(page_of(*map(draft, bodies), newspaper=newspaper).home_city)


def test_the_newspaper_s_name_gives_the_home_city():
    assert home("党员们上街清雪。", newspaper="锡林郭勒日报") == "锡林郭勒盟"


def test_the_banners_of_one_city_give_the_home_city_that_the_page_never_names():
    assert home("敖汉旗种谷子。", "翁牛特旗开大会。", "林西县修路。", "支部换届了。") == "赤峰市"


def test_a_page_of_several_cities_has_no_home():
    assert home("敖汉旗种谷子。", "奈曼旗开大会。", "东河区修路。") is None
    assert home("支部换届了。") is None


def test_places_outside_the_region_make_no_home_city():
    assert home("赴遵义、井冈山、上海学习。", "奈曼旗开大会。") == "通辽市"


@pytest.mark.parametrize(
    ("body", "heading", "expected"),
    [
        ("近日，宁城县天义镇的路灯亮了。宁城县还修了桥。", {}, ("赤峰市", "宁城县", "天义镇", None)),
        ("近日，支部开会。", {"kicker": "磴口县"}, ("巴彦淖尔市", "磴口县", None, None)),
        ("赴包头市学习归来，大家说收获大。", {"kicker": "东胜区"}, ("鄂尔多斯市", "东胜区", None, None)),
        (
            "近日，支部开会。",
            {"title": "多伦县蔡木山乡：支部强起来"},
            ("锡林郭勒盟", "多伦县", "蔡木山乡", None),
        ),
        ("近日，支部开会。", {"dateline": "本报阿拉善3月1日讯"}, ("阿拉善盟", None, None, None)),
        ("近日，支部开会。", {"home": "乌海市"}, ("乌海市", None, None, None)),
        ("近日，支部开会。", {}, (None, None, None, None)),
        (
            "初春，阿荣旗那吉镇靠山村的大棚绿了。",
            {"home": "呼伦贝尔市"},
            ("呼伦贝尔市", "阿荣旗", "那吉镇", "靠山村"),
        ),
        (
            "五原县、磴口县、临河区都来观摩。",
            {},
            ("巴彦淖尔市", None, None, None),
        ),
    ],
)
def test_an_article_is_about_what_its_heading_lead_or_body_names(body, heading, expected):
    found = context(body, **heading)
    assert (
        official(found.city),
        official(found.county),
        official(found.township),
        official(found.village),
    ) == expected


def test_a_commentary_that_names_no_place_has_no_city():
    assert context("讲政治是第一位的要求。", home="赤峰市", kind=ArticleKind.COMMENTARY).city is None
    found = context("从赤峰看全区，党建大有可为。", home="赤峰市", kind=ArticleKind.COMMENTARY)
    assert official(found.city) == "赤峰市"


def test_several_cities_of_equal_weight_leave_the_city_open():
    assert context("奈曼旗、敖汉旗、东河区同时开会。").city is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("该旗", "阿荣旗"),
        ("全旗", "阿荣旗"),
        ("全市", "呼伦贝尔市"),
        ("我市", "呼伦贝尔市"),
        ("该镇", "那吉镇"),
        ("该村", "靠山村"),
        ("该社区", "靠山村"),
        ("自治区", "内蒙古自治区"),
        ("我区", None),
        ("大家", None),
    ],
)
def test_words_that_point_are_resolved_to_the_place_meant(word, meant):
    found = context("初春，阿荣旗那吉镇靠山村的大棚绿了。", home="呼伦贝尔市")
    assert official(place_meant(word, found)) == meant


def test_a_district_is_what_its_words_mean():
    found = context("红山区的社区食堂开了。")
    assert official(place_meant("全区", found)) == "红山区"
    assert official(place_meant("全市", found)) == "赤峰市"


def test_a_county_level_city_is_meant_by_the_whole_city():
    assert official(place_meant("全市", context("扎兰屯市的社区食堂开了。"))) == "扎兰屯市"
    assert official(place_meant("全盟", context("突泉县的社区食堂开了。"))) == "兴安盟"


def test_a_county_s_own_paper_tells_the_county_of_articles_that_name_none():
    paper = page_of(draft("旗委组织部召开会议。"), newspaper="莫力达瓦报")
    assert paper.home_county.official == "莫力达瓦达斡尔族自治旗"
    about = build_article_context(surveyed("宝山镇党委推行积分制。"), paper, GAZETTEER)
    assert (about.county.official, about.names[0].location.parent) == ("莫力达瓦达斡尔族自治旗",) * 2
    other = build_article_context(surveyed("阿荣旗的党员来参观。"), paper, GAZETTEER)
    assert other.county.official == "阿荣旗"


def test_a_city_s_paper_tells_no_county():
    assert page_of(draft("全市召开会议。"), newspaper="通辽日报").home_county is None
