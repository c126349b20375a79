"""Names without quotes, and the campaigns of the whole country."""

import pytest

from tests.importers.extract.initiatives_world import kinds, names, read


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("盟委实施北疆强基工程，选派干部。", {"北疆强基工程": "campaign"}),
        ("商圈企业组建红色商户联盟，共享资源。", {"红色商户联盟": "mechanism"}),
        ("全镇建起了浑善讲堂、淖尔书屋等场所。", {"浑善讲堂": "facility", "淖尔书屋": "facility"}),
        ("首届马铃薯文化旅游节在旗里开幕。", {"首届马铃薯文化旅游节": "event"}),
        ("万名干部进牧户活动已走访3000户。", {"万名干部进牧户活动": "campaign"}),
        ("法院开展普法宣传进牧区活动。", {"普法宣传进牧区活动": "campaign"}),
        ("社区总结出“议事”经验，推行三步工作法。", {"三步工作法": "mechanism"}),
        ("乌兰牧骑演出了情景剧《草原来信》。", {"情景剧《草原来信》": "event"}),
        ("全镇有党群服务中心3处、文化活动室5个，建成党员驿站。", {}),
        ("旗里将每月15日定为牧民议事日。", {"牧民议事日": "mechanism"}),
        ("各支部每季度举行党员集中奉献日活动，参加志愿服务日活动。", {"党员集中奉献日活动": "campaign"}),
        ("镇党委全面推行牧民党员积分制管理，打分到人。", {"牧民党员积分制管理": "mechanism"}),
        ("各社区实施养老服务质量提升行动，成效好。", {"养老服务质量提升行动": "campaign"}),
        ("会议定为每周一日召开，提升行动能力。", {}),
        ("学习《中国共产党章程》，观看文艺节目。", {}),
        ("红色资源丰富，先锋作用明显。", {}),
    ],
)
def test_names_without_quotes(body, expected):
    assert kinds(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("党史学习教育开展以来，办实事20件。", ["党史学习教育"]),
        ("扎实推进“两学一做”学习教育常态化。", ["“两学一做”学习教育"]),
        ("深化“我为群众办实事”实践活动。", ["“我为群众办实事”实践活动"]),
        ("认真开展“不忘初心、牢记使命”主题教育。", ["“不忘初心、牢记使命”主题教育"]),
        ("旗里扎实开展主题教育，查摆问题。", ["主题教育"]),
        ("民族团结主题教育基地迎来新一批参观者。", []),
    ],
)
def test_campaigns_of_the_whole_country(body, expected):
    assert names(body) == expected


def test_a_name_that_a_quoted_one_goes_by_is_that_one_and_a_name_of_two_is_neither():
    day = "党员奉献日活动"
    assert names(f"支部办“晨曦、暮雪”{day}。下月，支部再办{day}。") == [f"“晨曦、暮雪”{day}"]
    both = f"支部办“晨曦、暮雪”{day}和“大漠、清泉”{day}。下月，支部再办{day}。"
    assert names(both) == [f"“晨曦、暮雪”{day}", f"“大漠、清泉”{day}", day]


def test_a_nationwide_campaign_has_no_city_and_no_organiser():
    found, _ = read("镶黄旗医院党支部扎实开展党纪学习教育。", ("镶黄旗医院党支部",))
    assert (found[0].city, found[0].organisers, str(found[0].kind)) == (None, (), "campaign")


def test_a_platform_with_a_campaigns_name_is_an_undertaking_of_its_own():
    found, _ = read(
        "旗里开展“我为群众办实事”实践活动，开通“我为群众办实事”网上平台，列出“我为群众办实事”项目清单。"
    )
    assert [(m.name, m.city) for m in found] == [
        ("“我为群众办实事”实践活动", None),
        ("“我为群众办实事”网上平台", "锡林郭勒盟"),
    ]
    assert found[1].surface == "“我为群众办实事”网上平台"
