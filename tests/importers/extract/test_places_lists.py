"""Lists of places that share their last word."""

import pytest

from tests.importers.extract.places_world import resolved, surfaces


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "科尔沁区永清街道光明、新世纪社区的居民都来看演出。",
            {"光明": "光明社区", "新世纪社区": "新世纪社区"},
        ),
        ("志愿者走进平原、安居社区。", {"平原": "平原社区", "安居社区": "安居社区"}),
        ("开鲁县东风镇金宝屯、解放、爱国村通了水。", {"金宝屯": "金宝屯村", "解放": "解放村"}),
    ],
)
def test_each_item_of_a_list_is_a_place_of_the_last_one_s_kind(body, expected):
    officials = {surface: official for surface, (official, _, _) in resolved(body, home="通辽市").items()}
    assert expected.items() <= officials.items()


def test_the_items_lie_in_the_place_before_the_list():
    found = resolved("海拉尔区胜利街道平原、安居社区的居民笑了。", home="呼伦贝尔市")
    assert [found[name][1] for name in ("平原", "安居社区")] == ["胜利街道", "胜利街道"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("慰问走进企业、学校、新华社区。", ["新华社区"]),
        ("市民政局、教育局、新华社区联合主办。", ["新华社区"]),
        ("老人、孩子、安居社区的志愿者都来了。", ["安居社区"]),
        ("大家在歌声、笑声、掌声中走进安居社区。", ["安居社区"]),
    ],
)
def test_other_items_before_a_community_are_no_places(body, expected):
    assert surfaces(body, home="赤峰市") == expected
