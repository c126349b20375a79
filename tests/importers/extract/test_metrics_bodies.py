"""Whose a figure is: the body that acts last before it, the one set up, the one resumed, the heading's."""

import pytest

from tests.importers.extract.front_door import only, prose


def bodies(text):
    return [metric.organisation for metric in prose(text).metrics]


PARTY, WOMEN, BUREAU = "阿荣旗那吉镇党委", "阿荣旗妇联", "阿荣旗水利局"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("阿荣旗水利局新打机井9眼，阿荣旗妇联发放种子200袋。", [BUREAU, WOMEN]),
        ("阿荣旗水利局新打机井9眼；阿荣旗妇联走访老人31户，送去棉衣62件。", [BUREAU, WOMEN, WOMEN]),
        ("今年以来，阿荣旗那吉镇党委修桥3座，通路5公里。", [PARTY, PARTY]),
        ("这样的书屋阿荣旗那吉镇党委目前打造了4处，分布在9个小区。", [PARTY, None]),
    ],
)
def test_a_figure_is_that_of_the_body_that_acts_last_before_it(text, expected):
    assert bodies(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "阿荣旗水利局联合阿荣旗妇联修渠7公里。",
        "阿荣旗水利局与阿荣旗妇联结成对子，修渠7公里。",
        "阿荣旗水利局推出“水管家”服务，那吉镇修渠7公里。",
        "阿荣旗水利局推出“水管家”服务，全旗修渠7公里。",
        "阿荣旗水利局推出“水管家”服务，村“两委”修渠7公里。",
        "据阿荣旗水利局统计，修渠7公里。",
        "阿荣旗水利局局长乌云介绍，今年修渠7公里。",
        "阿荣旗委组织部常务副部长乌云介绍，今年修渠7公里。",
        "依托阿荣旗委党校，修渠7公里。",
    ],
)
def test_others_several_bodies_and_speakers_leave_it_open(text):
    assert bodies(text) == [None]


def test_counted_persons_who_act_are_no_bodys():
    text = "阿荣旗妇联开展“护绿”行动，46名巾帼志愿者走上河堤，清运垃圾8吨。"
    assert bodies(text) == [None, None]
    assert bodies("阿荣旗妇联选派志愿者46名，清运垃圾8吨。") == [WOMEN, WOMEN]


@pytest.mark.parametrize(
    "text",
    [
        "阿荣旗那吉镇党委组建“河灯”宣讲队，宣讲31场。",
        "阿荣旗那吉镇组建了“河灯”宣讲队，把政策编成歌，宣讲31场。",
        "阿荣旗那吉镇党员组成的“河灯”宣讲队走村入户，宣讲31场。",
        "阿荣旗那吉镇从机关抽调31名党员，组建“河灯”宣讲队。",
        "阿荣旗那吉镇组建“河灯”宣讲队。去年，宣讲队开讲31场。",
    ],
)
def test_a_body_that_is_set_up_has_the_figures_that_follow_and_its_members(text):
    assert bodies(text) == ["“河灯”宣讲队"]


def test_several_teams_that_are_set_up_do_not_act():
    assert bodies("阿荣旗那吉镇党委组建5支“河灯”宣讲队，宣讲31场。") == [PARTY, PARTY]


def test_a_word_stands_for_the_body_of_its_kind_that_was_named_last():
    company = "阿荣旗蓝莓食品有限公司"
    assert bodies(f"{company}落户那吉镇。截至目前，公司建成车间3座。") == [company]
    assert bodies(f"{company}落户那吉镇。公司党员捐款3万元。合作社销售蓝莓9吨。") == [None, None]


def test_this_body_is_not_another_than_the_one_that_acts_in_the_sentence():
    text = "阿荣旗妇联党支部走访老人31户。阿荣旗水利局把党课搬上大堤，该支部授课8次。"
    assert bodies(text) == ["阿荣旗妇联党支部", None]


def test_a_sentence_without_actor_is_about_the_body_above_the_headline():
    paragraphs = (
        "本报讯（记者 高原）近日，阿荣旗水利局把服务送到田头。",
        "　　截至目前，共走访农户700户，维修水泵52台。",
        "　　在那吉镇，合作社种出甜玉米90亩。",
    )
    article = only("\n\n".join(("阿荣旗水利局：", "一渠活水润良田", *paragraphs)))
    assert article.draft.kicker == "阿荣旗水利局"
    assert [metric.organisation for metric in article.metrics] == [BUREAU, BUREAU, None]
