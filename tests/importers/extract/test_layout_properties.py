"""What holds for any page whatever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.extract.clean import source_lines
from importers.extract.layout.read import read_layout
from importers.extract.layout.rest import uncovered_lines
from kb.vocabulary import FurnitureKind
from tests.chaos.pace import pace

LINES = st.sampled_from(
    [
        "", "", "", "本报讯（记者 方圆）近日，双河市", "□本报记者 苗青", "■阵地", "●近日，好。", "（沈平）",
        "柳河镇：", "为民办事 不打烊", "“您好！”他说。",
        "今年以来，全镇建成书屋31个，", "服务群众。 沈平 摄",
        "（下转第二版）", "第3版", "　　一、抓队伍", "## 小标题", "来源：双河日报",
        "近日，柳河镇党委组织党员",
    ]
)  # fmt: skip
PAGES = st.one_of(st.text(), st.lists(LINES, max_size=40).map("\n".join))


@given(PAGES)
@settings(max_examples=300, deadline=None)
def test_every_line_is_somewhere_and_nothing_is_read_twice(page):
    layout = read_layout(page)
    held = [
        number
        for lines in (
            *(article.lines for article in layout.articles),
            *(article.heading_lines for article in layout.articles),
            *(piece.lines for piece in layout.furniture),
        )
        for first, last in lines
        for number in range(first, last + 1)
    ]
    filled = {line.number for line in source_lines(page) if line.text}
    assert filled <= set(held)
    counted = [number for number in held if number in filled]
    assert len(counted) == len(set(counted))
    unknown = {
        n
        for f in layout.furniture
        if f.kind is FurnitureKind.UNKNOWN
        for n in range(f.lines[0][0], f.lines[0][1] + 1)
    }
    assert set(uncovered_lines(page, layout)) == unknown & filled


@given(PAGES)
@settings(max_examples=100, deadline=None)
def test_the_same_page_gives_the_same_layout(page):
    assert read_layout(page) == read_layout(page)


@given(PAGES)
@settings(max_examples=200, deadline=None)
def test_bodies_hold_no_blank_lines_and_no_wraps(page):
    for article in read_layout(page).articles:
        assert article.body
        assert all(line == line.strip() and line for line in article.body.split("\n"))
        assert "\x1f" not in article.body + article.title


@pytest.mark.parametrize(
    "piece",
    [
        "字", "“", "（", "，", "\n", "#", "●", "1.", "□", "记者 ", "本报讯（", "字\n\n", "近日，\n\n",
        "■栏目\n\n好好好好。\n\n", "好。沈平摄\n\n", "好。（沈平）\n\n标题在此\n\n",
        "本报讯 好。\n\n好，\n\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_page_and_no_faster(piece):
    found = pace(read_layout, lambda size: piece * (size // len(piece)), 25_000)
    assert found.is_linear, found
