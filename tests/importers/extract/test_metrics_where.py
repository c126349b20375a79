"""Where a figure holds: the place that acts or is acted in, the one that a word stands for, the article's."""

import pytest

from tests.importers.extract.front_door import only, prose


def places(text):
    return [metric.place for metric in prose(text).metrics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("阿荣旗那吉镇靠山村新打机井3眼。", ["靠山村"]),
        ("连日来，在阿荣旗那吉镇，党员走访群众40户。", ["那吉镇"]),
        ("阿荣旗那吉镇靠山村种树9万株，六合镇东山村种树2万株。", ["靠山村", "东山村"]),
        ("阿荣旗那吉镇走访群众40户。修桥3座，通水5公里。", ["那吉镇", "那吉镇", "那吉镇"]),
        ("阿荣旗那吉镇与莫力达瓦达斡尔族自治旗尼尔基镇签约，投入资金80万元。", ["那吉镇"]),
        ("队员们走进阿荣旗那吉镇靠山村，为牧民维修网围栏6公里。", ["靠山村"]),
        ("阿荣旗那吉镇靠山村党支部帮助困难群众12户。", ["靠山村"]),
        ("阿荣旗委组织部与扎兰屯市柴河旅游有限公司签约，选派干部20名。", ["阿荣旗"]),
    ],
)
def test_the_place_that_acts_or_is_acted_in_tells_where_a_figure_holds(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，阿荣旗那吉镇靠山村的大棚绿了。该旗建成大棚800座，全镇有60座。", ["阿荣旗", "那吉镇"]),
        ("阿荣旗六合镇东山村通了路。那吉镇靠山村有了厂房，村里吸纳务工者30人。", ["靠山村"]),
        ("阿荣旗那吉镇靠山村缺水。旗水利局送来水泵，村“两委”发动群众修渠2公里。", ["靠山村"]),
        ("阿荣旗那吉镇靠山村盖起厂房。全旗11个村党支部领办合作社，吸纳社员900户。", ["阿荣旗", "阿荣旗"]),
        ("呼伦贝尔市阿荣旗向阳街道东风社区开了食堂。街道投入资金80万元。", ["向阳街道"]),
        ("“如今咱村盖起暖棚30座。”阿荣旗那吉镇靠山村村民说。", ["靠山村"]),
        ("“我们村有食堂2个。”阿荣旗靠山村、东山村的村民说。", ["阿荣旗"]),
    ],
)
def test_a_word_stands_for_the_articles_place_or_for_the_village_named_last(text, expected):
    assert places(text) == expected


def test_a_paragraph_that_tells_no_place_is_about_the_headings():
    paragraphs = (
        "本报讯（记者 高原）近日，阿荣旗推行网格服务。",
        "　　那吉镇靠山村议事12次。",
        "　　累计办结事项300件。",
    )
    article = only("\n\n".join(("阿荣旗：", "小网格里办大事", *paragraphs)))
    assert article.draft.kicker == "阿荣旗"
    assert [metric.place for metric in article.metrics] == ["靠山村", "阿荣旗"]


def test_a_place_elsewhere_that_is_only_measured_with_tells_nothing():
    article = prose("近日，阿荣旗的草场绿了。\n这里草场连片，与黑龙江省相距60公里。")
    assert [metric.place for metric in article.metrics] == ["阿荣旗"]


def test_a_text_without_places_leaves_it_open():
    assert places("党员帮助群众修桥3座。") == [None]
