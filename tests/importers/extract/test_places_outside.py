"""Counties outside the region, known by what stands before them."""

import pytest

from tests.importers.extract.places_world import resolved, surfaces


@pytest.mark.parametrize(
    ("body", "name", "parent", "city"),
    [
        ("学员赴陕西省延安市宝塔区学习。", "宝塔区", "延安市", "延安市"),
        ("学员来到山西省大同市云州区西坪镇参观。", "西坪镇", "云州区", "大同市"),
        ("代表团到河北省承德市围场县和隆化县考察。", "隆化县", "承德市", "承德市"),
        ("北京市怀柔区与四子王旗签约，干部回到怀柔区汇报。", "怀柔区", "北京市", "北京市"),
        ("他们到河北省平泉市考察。", "平泉市", "河北省", None),
        ("他们到甘肃省甘南藏族自治州夏河县考察。", "夏河县", "甘南藏族自治州", "甘南藏族自治州"),
    ],
)
def test_a_county_lies_in_the_place_outside_that_stands_before_it(body, name, parent, city):
    assert resolved(body, home="赤峰市")[name] == (name, parent, city)


def test_a_city_of_the_same_short_form_hides_no_district():
    assert surfaces("他在北京市朝阳区工作。", home="赤峰市") == ["北京市", "朝阳区"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("河北省各县区都来参观。", ["河北省"]),
        ("北京市民和天津市场都认这个品牌。", ["北京市", "天津市"]),
        ("大同市区到大同市郊区都通车。", ["大同市"]),
        ("河北省开发区来人考察。", ["河北省"]),
        ("陕西省市县三级联动。", ["陕西省"]),
    ],
)
def test_words_for_any_county_are_none(body, expected):
    found = surfaces(body, home="赤峰市")
    assert [name for name in found if name.endswith(("县", "区"))] == []
    assert set(found) <= set(expected)
