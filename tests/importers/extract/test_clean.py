"""Lines and spaces: what print and OCR leave behind goes, what was meant stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.extract.clean import WRAP, printed_width, source_lines, tidy_prose, tidy_title


def texts(page: str) -> list[str]:
    return [line.text for line in source_lines(page)]


def test_lines_are_numbered_as_the_file_counts_them():
    lines = source_lines("第一行\n\n第三行\r\n第四\x0c行")
    assert [(line.number, line.text) for line in lines] == [
        (1, "第一行"),
        (2, ""),
        (3, "第三行"),
        (4, "第四行"),
    ]


def test_invisible_signs_and_icons_go():
    line = source_lines("\ufeff乡音\u200b\ue0a1\U000f1234")[0]
    assert line.text == "乡音"
    assert line.ornament


def test_printed_punctuation_and_digits_stay():
    assert texts('完成２６项,占"总数"的50％') == ['完成２６项,占"总数"的50％']


def test_radicals_become_the_signs_they_print():
    assert texts("⼈⺠") == ["人民"]


@pytest.mark.parametrize(
    ("raw", "text", "heading"),
    [
        ("## 春耕时节", "春耕时节", 2),
        ("**春耕时节**", "春耕时节", 0),
        ("> 春耕时节", "春耕时节", 0),
        ("---", "", 0),
        ("![图](a.png)", "", 0),
        ("面积2*3米", "面积2*3米", 0),
        ("#1号院", "#1号院", 0),
    ],
)
def test_markdown_leaves_no_trace(raw, text, heading):
    line = source_lines(raw)[0]
    assert (line.text, line.heading) == (text, heading)


def test_indents_are_noted():
    assert [line.indented for line in source_lines("甲\n 乙\n　　丙\n ")] == [False, True, True, False]


def test_entities_are_read():
    assert texts("&ldquo;甲&nbsp;乙&rdquo;") == ["“甲 乙”"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("村 级 后 备 力 量 、储 备", "村级后备力量、储备"),
        ("今年 已建 3 个站，共 12 间", "今年已建3个站，共12间"),
        ("开展“春雨润苗 薪火相传”活动", "开展“春雨润苗 薪火相传”活动"),
        ("开展“春 雨 润 苗”活动", "开展“春雨润苗”活动"),
        (f"在河{WRAP}东镇", "在河东镇"),
        (f"use Open{WRAP}Source code", "use Open Source code"),
        ("2022 - 2023年", "2022-2023年"),
        ("共 4 0 余 台 机 械", "共40余台机械"),
    ],
)
def test_prose_has_no_spaces_but_those_inside_quotes(printed, meant):
    assert tidy_prose(printed) == meant


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("学 党 史 悟思想", "学党史 悟思想"),
        ("送岗位   送技能", "送岗位 送技能"),
        ("“微站” 连民心", "“微站” 连民心"),
    ],
)
def test_titles_keep_the_space_between_phrases(printed, meant):
    assert tidy_title(printed) == meant


def test_width_counts_full_width_signs():
    assert printed_width("共12个 站") == 4


@given(st.text())
def test_any_text_gives_as_many_lines_as_it_has_line_feeds(text):
    assert len(source_lines(text)) == text.count("\n") + 1


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    once = tidy_prose(text)
    assert tidy_prose(once) == once
