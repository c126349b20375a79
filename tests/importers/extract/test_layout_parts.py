"""The parts of the layout by themselves: furniture, mastheads, headlines, kinds."""

import pytest

from importers.extract.clean import source_lines
from importers.extract.layout.furniture import furniture_kind, is_column_name, marked_column, read_masthead
from importers.extract.layout.heads import is_cut
from importers.extract.layout.kinds import article_kind
from importers.extract.records import Credit
from kb.vocabulary import ArticleKind, CreditRole, FurnitureKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("■值班主任 沈 平", FurnitureKind.DUTY_EDITOR),
        ("责任编辑：沈平 版式：方圆 校对：苗青", FurnitureKind.DUTY_EDITOR),
        ("2023年4月2日 星期日", FurnitureKind.DATE),
        ("2023年4月2日 星期日 责任编辑：沈平 第3版", FurnitureKind.DATE),
        ("第3版", FurnitureKind.PAGE_NUMBER),
        ("3 党建周刊", FurnitureKind.PAGE_NUMBER),
        ("要闻·党建 03", FurnitureKind.PAGE_NUMBER),
        ("4 要闻 责任编辑 沈平", FurnitureKind.DUTY_EDITOR),
        ("（本版稿件由沈平提供）", FurnitureKind.DUTY_EDITOR),
        ("A12", FurnitureKind.PAGE_NUMBER),
        ("要闻 2版", FurnitureKind.PAGE_NUMBER),
        ("双河日报", FurnitureKind.NEWSPAPER),
        ("03 综合 双河旗报", FurnitureKind.NEWSPAPER),
        ("（上接第一版）", FurnitureKind.JUMP),
        ("（上接第一版）此外，全市还有217个站点", None),
        ("（下转第二版）", FurnitureKind.JUMP),
        ("上接A1版", FurnitureKind.JUMP),
        ("◆◆◆", FurnitureKind.GLYPH),
        ("当前位置：首页 > 新闻", FurnitureKind.NAVIGATION),
        ("【字体：大 中 小】", FurnitureKind.NAVIGATION),
        ("编辑部来了年轻人", None),
        ("转变作风办实事", None),
        ("2023年4月，双河市开工。", None),
        ("春风送暖", None),
        ("版权所有 青泉新报社", FurnitureKind.NAVIGATION),
        ("青泉新报社 版权所有", FurnitureKind.NAVIGATION),
        ("蒙ICP备05001234号-1", FurnitureKind.NAVIGATION),
        ("蒙公网安备 15010202150123号", FurnitureKind.NAVIGATION),
    ],
)
def test_furniture_by_its_own_words(text, kind):
    assert furniture_kind(text) is kind


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("■新语", "新语"),
        ("【基层新事】", "基层新事"),
        ("◆一线", "一线"),
        ("共建共享\ue0c3\ue0c4", "共建共享"),
        ("■近日，好。", None),
        ("新语", None),
    ],
)
def test_columns_that_are_set_off(raw, name):
    assert marked_column(source_lines(raw)[0]) == name


@pytest.mark.parametrize("name", ["百姓论坛", "先锋视点", "党建在基层", "支部动态", "读书札记"])
def test_names_of_columns(name):
    assert is_column_name(name)


@pytest.mark.parametrize("title", ["为民办事不打烊", "干部下沉解难题", "田埂上的党课"])
def test_titles_are_no_columns(title):
    assert not is_column_name(title)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("双河日报\n2023年4月2日 星期日\n第3版\n", ("2023-04-02", "双河日报")),
        ("2021年12月31日　星期五　责任编辑：沈平　《双河晚报》\n", ("2021-12-31", "双河晚报")),
        ("标题\n来源：双河日报 发布时间：2023-05-08\n", ("2023-05-08", None)),
        ("2020年5月1日，双河市开工。《双河日报》报道了此事。\n", (None, None)),
        ("2023年13月40日 星期日\n", (None, None)),
    ],
)
def test_what_a_page_says_of_itself(page, expected):
    assert read_masthead(source_lines(page)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [("风灾过后，", "队来了"), ("做好新时代的", "工作"), ("“书记就像", "大哥”"), ("柳河镇推进", "基层治理")],
)
def test_breaks_inside_a_phrase(before, after):
    assert is_cut(before, after)


def test_a_break_between_phrases():
    assert not is_cut("为民办事", "不打烊")


URGING = (
    "我们必须把干部放到一线去。只有经过磨炼，才能担当重任。我们要久久为功，决不能半途而废，才能干出样子来。"
    * 3
)
TELLING = "近日，双河市把驿站建到工地，服务职工3200人次。工会主席沈平说，截至5月底已建成62个。" * 3


def test_what_urges_is_a_commentary_and_what_tells_is_a_report():
    author = (Credit("沈平", CreditRole.AUTHOR),)
    assert article_kind(URGING, author, caption=False, bullet="") is ArticleKind.COMMENTARY
    assert article_kind(TELLING, author, caption=False, bullet="") is ArticleKind.REPORT


def test_a_reporters_text_is_a_report():
    reporter = (Credit("沈平", CreditRole.REPORTER),)
    assert article_kind(URGING, reporter, caption=False, bullet="") is ArticleKind.REPORT
