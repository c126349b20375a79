"""Look-up and scan of known places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.data.tables import rows
from importers.extract.gazetteer.lookup import load_gazetteer, location

GAZETTEER = load_gazetteer()


def officials(name):
    return [entry.official for entry in GAZETTEER.named(name)]


def scanned(text):
    return [hit.name for hit in GAZETTEER.scan(text)]


def certain(text):
    return [hit.name for hit in GAZETTEER.scan(text) if hit.certain]


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("赤峰", "赤峰市"),
        ("鹿城", "包头市"),
        ("150400", "赤峰市"),
        ("科左后旗", "科尔沁左翼后旗"),
        ("察右中旗", "察哈尔右翼中旗"),
        ("西乌旗", "西乌珠穆沁旗"),
        ("莫旗", "莫力达瓦达斡尔族自治旗"),
        ("达茂旗", "达尔罕茂明安联合旗"),
        ("托县", "托克托县"),
        ("乌前旗", "乌拉特前旗"),
        ("哲里木盟", "通辽市"),
        ("察哈尔右冀后旗", "察哈尔右翼后旗"),
        ("乌拉特旗中旗", "乌拉特中旗"),
        ("阿拉善旗左旗", "阿拉善左旗"),
        ("满州里市", "满洲里市"),
        ("科尔沁右翼中期", "科尔沁右翼中旗"),
        ("阿拉善经济开发区", "阿拉善高新技术产业开发区"),
        ("海南", "海南省"),
        ("松山", "松山区"),
        ("延边", "延边朝鲜族自治州"),
        ("大同", "大同市"),
    ],
)
def test_a_name_alias_code_or_misprint_names_its_place(name, official):
    assert officials(name) == [official]


def test_a_shared_name_names_all_that_share_it():
    assert officials("苏尼特") == ["苏尼特左旗", "苏尼特右旗"]
    assert officials("阿旗") == ["阿鲁科尔沁旗", "阿荣旗"]


def test_an_unknown_name_names_none_and_near_ones_are_offered():
    assert officials("乌兰察哈市") == []
    assert "乌兰察布市" in GAZETTEER.near("乌兰察哈市")
    assert len(GAZETTEER.near("呼和", limit=2)) == 2


def test_a_place_knows_what_lies_above_it():
    (county,) = GAZETTEER.named("奈曼旗")
    assert (county.parent, county.city, county.city_code) == ("通辽市", "通辽市", "150500")
    assert GAZETTEER.parent(county) == GAZETTEER.city(county) == GAZETTEER.named("通辽市")[0]
    (zone,) = GAZETTEER.named("上海庙经济开发区")
    assert (zone.code, zone.parent, zone.city) == (None, "鄂托克前旗", "鄂尔多斯市")


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("贵州省", None),
        ("上海", "上海市"),
        ("海淀区", "北京市"),
        ("石河子市", "石河子市"),
        ("阜平县", "保定市"),
    ],
)
def test_a_place_outside_has_its_own_city(name, city):
    (entry,) = GAZETTEER.named(name)
    assert entry.city == city
    assert not entry.at_home


def test_a_location_tells_what_the_context_needs():
    known = location(GAZETTEER.named("扎区")[0])
    assert (known.official, known.code, known.level, known.city) == (
        "扎赉诺尔区",
        "150703",
        "county",
        "呼伦贝尔市",
    )


def test_the_longest_name_wins():
    assert scanned("鄂托克前旗与鄂托克旗相邻") == ["鄂托克前旗", "鄂托克旗"]
    assert scanned("兴和县城关镇") == ["兴和县"]


@pytest.mark.parametrize(
    "text",
    [
        "沿中山西路步行",
        "呼伦贝尔南路修缮一新",
        "新华大街与锡林郭勒北路交会处",
        "他承包头茬地",
        "弘扬遵义会议精神",
        "黄河南岸灌区",
        "不断扩大连片种植规模",
        "要变成都能参与的活动",
        "东西安全通道",
        "振兴和县域经济同步推进",
        "在准格尔期间",
    ],
)
def test_a_name_inside_other_words_is_none(text):
    assert certain(text) == []


@pytest.mark.parametrize(
    "text", ["会计高长春说", "大家长治久安的心愿", "光伏日照充足", "文山会海", "各位来宾", "复兴和平"]
)
def test_ordinary_words_are_at_most_uncertain(text):
    assert certain(text) == []


def test_an_uncertain_name_is_reported_as_such():
    (hit,) = GAZETTEER.scan("途经鄂托克草原")
    assert not hit.certain
    assert hit.place is None
    assert {place.official for place in hit.places} == {"鄂托克前旗", "鄂托克旗"}


@given(st.text(alphabet="兴和县旗乌拉特前期中山西路满洲里 ，。包头a1", max_size=60))
def test_hits_quote_the_text_in_order_without_overlap(text):
    end = 0
    for hit in GAZETTEER.scan(text):
        assert hit.start >= end
        assert text[hit.start : hit.end] == hit.name
        end = hit.end


def test_a_seat_is_named_alone_only_where_no_other_county_has_a_township_of_its_name():
    seats = {name: code for name, code, _ in rows("seats", 3)}
    shared = [
        (name, code)
        for code, names in rows("townships", 2)
        for name in names.split()
        if name in seats and seats[name] != code
    ]
    assert shared == []
