"""Whole small pages: what is an article, in which order its lines are read, and whose the rest is."""

import pytest

from kb.vocabulary import ArticleKind
from tests.importers.extract.layout_world import WRAPPED, names, only, read, titles


def test_wrapped_lines_are_joined_and_a_blank_line_in_a_sentence_is_no_paragraph():
    article = only(WRAPPED)
    first, second = article.body.split("\n")
    assert (
        first
        == "近日，双河市总工会把“职工驿站”建到了建筑工地，为农民工提供热水和充电服务。目前已建成驿站62个。"
    )
    assert second == "下一步，工会还要在物流园区增设驿站20个。"
    assert article.lines == ((1, 8),)


def test_a_line_that_opens_with_a_quotation_mark_goes_on_after_a_blank_line():
    article = only("本报讯 今年以来，柳河镇打造了\n\n“百姓茶馆”议事点，听取群众意见，办\n成实事41件。\n")
    assert article.body == "今年以来，柳河镇打造了“百姓茶馆”议事点，听取群众意见，办成实事41件。"


def test_indented_paragraphs_without_blank_lines():
    page = (
        "　　六月的西梁县，麦浪翻滚，农技员\n正在地头讲课。\n　　“听了课，心里有底了。”种粮大户\n耿福说。\n"
    )
    assert only(page).body.split("\n") == [
        "六月的西梁县，麦浪翻滚，农技员正在地头讲课。",
        "“听了课，心里有底了。”种粮大户耿福说。",
    ]


def test_jump_notes_are_no_text():
    article = only("（上接第一版）\n\n全市建成书屋31个。\n\n各村轮流开放。（下转第二版）\n")
    assert article.body == "全市建成书屋31个。\n各村轮流开放。"


def test_text_without_blank_lines_between_articles():
    page = (
        "西岗区：夜校办到家门口\n"
        "本报讯（记者李楠）近日，西岗区开办夜校，有460名党员参加。\n"
        "东港镇：干部下沉解难题\n"
        "本报讯（通讯员 金凤）东港镇组织干部下沉到村，解决问题49件。\n"
    )
    assert titles(page) == ["夜校办到家门口", "干部下沉解难题"]


def test_a_second_dateline_begins_a_second_text():
    page = (
        "新华社海口7月1日电（记者 周正）海口市举行志愿服务行动。\n\n新华社三亚7月2日电 三亚市启动书屋建设。\n"
    )
    assert [article.dateline for article in read(page).articles] == ["海口7月1日", "三亚7月2日"]


@pytest.mark.parametrize("bullet", ["●", "■", "◆", "▲", "★"])
def test_round_ups(bullet):
    page = (
        "支部动态\n\n"
        f"{bullet}近日，水务局党支部沿河巡查，\n清理垃圾3车。\n\n（赵强）\n\n"
        f"{bullet}4月8日，河西镇举办培训班，\n86人参加。 （刘洋）\n"
    )
    articles = read(page).articles
    assert [article.kind for article in articles] == [ArticleKind.BRIEF] * 2
    assert [article.column for article in articles] == ["支部动态"] * 2
    assert [names(article) for article in articles] == [[("赵强", "author")], [("刘洋", "author")]]
    assert articles[0].body == "近日，水务局党支部沿河巡查，清理垃圾3车。"


def test_numbered_round_ups():
    page = "1. 近日，东岭县农牧局帮助农户春耕。（陈涛）\n2. 日前，东岭县司法局举办讲座。（吴刚）\n"
    articles = read(page).articles
    assert [article.kind for article in articles] == [ArticleKind.BRIEF] * 2
    assert articles[1].body == "日前，东岭县司法局举办讲座。"


def test_a_list_inside_a_report_is_no_round_up():
    page = "本报讯（记者 方圆）双河市推出三项措施：\n\n1.开办夜校，每周上课。\n\n2.设立热线，当天回复。\n"
    assert "2.设立热线，当天回复。" in only(page).body


def test_an_editors_note_is_no_article():
    page = "编者按：本报今起开设专栏。\n\n西河镇的三本账\n\n本报记者 秦朗\n\n西河镇推行三本账工作法。\n"
    assert only(page).body == "西河镇推行三本账工作法。"
