"""Credits: who made a text, in every form that newspapers print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.extract.bylines.inline import split_closing, split_opening
from importers.extract.bylines.read import Byline, read_byline
from importers.extract.names import is_mongolian, is_person
from importers.extract.records import Credit
from kb.vocabulary import CreditRole

REPORTER, INTERN, CORRESPONDENT, PHOTOGRAPHER, AUTHOR = (
    CreditRole.REPORTER,
    CreditRole.INTERN,
    CreditRole.CORRESPONDENT,
    CreditRole.PHOTOGRAPHER,
    CreditRole.AUTHOR,
)


def people(byline: Byline | None) -> list[tuple[str, CreditRole]]:
    assert byline is not None
    return [(credit.name, credit.role) for credit in byline.authors]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("□本报记者 方圆", [("方圆", REPORTER)]),
        ("□本报记者 方圆 实习生 苗青", [("方圆", REPORTER), ("苗青", INTERN)]),
        ("□见习记者 唐莉", [("唐莉", INTERN)]),
        (
            "本报记者 唐 莉 通讯员 高远 沈平",
            [("唐莉", REPORTER), ("高远", CORRESPONDENT), ("沈平", CORRESPONDENT)],
        ),
        ("本报全媒体记者 高远", [("高远", REPORTER)]),
        ("通讯员苏布达其其格", [("苏布达其其格", CORRESPONDENT)]),
        ("记者 巴特尔·青格勒", [("巴特尔·青格勒", REPORTER)]),
        ("■本报记者 苗青 摄", [("苗青", PHOTOGRAPHER)]),
        ("本报记者 方圆 通讯员 苗青 摄影报道", [("方圆", PHOTOGRAPHER), ("苗青", PHOTOGRAPHER)]),
        ("沈平 乌日罕 摄", [("沈平", PHOTOGRAPHER), ("乌日罕", PHOTOGRAPHER)]),
        ("摄影：沈平", [("沈平", PHOTOGRAPHER)]),
        ("本报记者 方圆 文/图", [("方圆", REPORTER)]),
        ("文/方圆 图/苗青", [("方圆", AUTHOR), ("苗青", PHOTOGRAPHER)]),
        ("□娜仁图雅", [("娜仁图雅", AUTHOR)]),
        ("◎方圆", [("方圆", AUTHOR)]),
        ("（方圆 苗青）", [("方圆", AUTHOR), ("苗青", AUTHOR)]),
        ("（记者 方圆）", [("方圆", REPORTER)]),
        ("□双河县委组织部 沈平", [("沈平", AUTHOR)]),
        ("□双河县委组织部", []),
        ("本报评论员", []),
        ("(作者单位：双河县纪委)", []),
    ],
)
def test_a_line_that_is_a_credit(line, expected):
    assert people(read_byline(line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "■阵地",
        "■观察",
        "记者采访了村民",
        "本报记者走进双河县",
        "党建引领",
        "（省级）",
        "春风送暖",
        "来到现场拍摄",
        "",
    ],
)
def test_a_line_that_is_none(line):
    assert read_byline(line) is None


def test_a_bare_name_counts_only_where_it_is_looked_for():
    assert read_byline("沈平") is None
    assert people(read_byline("沈平", bare_names=True)) == [("沈平", AUTHOR)]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：双河日报", "双河日报"),
        ("转自《农村工作》", "农村工作"),
        ("（摘自《半月谈》 有删节）", "半月谈"),
    ],
)
def test_a_source(line, source):
    byline = read_byline(line)
    assert byline is not None
    assert byline.reprinted_from == source


def test_a_web_pages_line_under_the_headline():
    byline = read_byline("2023-04-02 08:15 来源：双河日报 作者：沈平 责任编辑：方圆")
    assert byline == Byline((Credit("沈平", AUTHOR),), "双河日报")


@pytest.mark.parametrize(
    ("text", "expected", "dateline", "rest"),
    [
        ("本报讯（记者 方圆）近日，好。", [("方圆", REPORTER)], None, "近日，好。"),
        (
            "本报讯（记者 方圆 通讯员 苗\x1f青云 高远）近",
            [("方圆", REPORTER), ("苗青云", CORRESPONDENT), ("高远", CORRESPONDENT)],
            None,
            "近",
        ),
        ("本报讯（记者 刘 悦）近", [("刘悦", REPORTER)], None, "近"),
        ("本报双河6月29日电 今年", [], "双河6月29日", "今年"),
        (
            "新华社海口5月4日电（记者 方圆、高远）海",
            [("方圆", REPORTER), ("高远", REPORTER)],
            "海口5月4日",
            "海",
        ),
        ("本报讯 记者高远报道：日前", [("高远", REPORTER)], None, "日前"),
        ("（本报记者 高远）日前", [("高远", REPORTER)], None, "日前"),
        ("□高远近日，双河", [("高远", AUTHOR)], None, "近日，双河"),
    ],
)
def test_the_credit_that_opens_a_text(text, expected, dateline, rest):
    byline, after = split_opening(text)
    assert people(byline) == expected
    assert byline is not None
    assert byline.dateline == dateline
    assert after == rest


@pytest.mark.parametrize(
    "text", ["本报评论员文章指出，好。", "近日，本报讯息中心", "（一）抓队伍", "“好啊！”高远说。"]
)
def test_a_text_without_an_opening_credit(text):
    assert split_opening(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "rest", "expected", "source"),
    [
        ("办好了。 本报记者 方圆 摄", "办好了。", [("方圆", PHOTOGRAPHER)], None),
        ("办好了。（方圆）", "办好了。", [("方圆", AUTHOR)], None),
        ("办好了。（方圆 高远 文/图）", "办好了。", [("方圆", AUTHOR), ("高远", AUTHOR)], None),
        ("办好了。（转自《半月谈》）", "办好了。", [], "半月谈"),
        ("办好了。（高远）（摘自《半月谈》）", "办好了。", [("高远", AUTHOR)], "半月谈"),
        ("办好了。（图片由双河县委宣传部提供）", "办好了。", [], None),
    ],
)
def test_the_credit_that_closes_a_text(text, rest, expected, source):
    body, byline = split_closing(text)
    assert body == rest
    assert people(byline) == expected
    assert byline is not None
    assert byline.reprinted_from == source


@pytest.mark.parametrize(
    "text", ["做到“三清”（清底数）", "成立服务站（点）", "村民高远说。", "名单：方圆、高远", "实地拍摄"]
)
def test_a_text_without_a_closing_credit(text):
    assert split_closing(text) == (text, None)


@pytest.mark.parametrize("name", ["刘悦", "欧阳青云", "娜仁图雅", "阿拉坦巴根", "巴特尔·青格勒", "单国栋"])
def test_names(name):
    assert is_person(name)


@pytest.mark.parametrize("name", ["高质量", "党支部", "党建", "视点", "社区", "强化", "全市", "平台", "知行"])
def test_words_that_are_no_names(name):
    assert not is_person(name)


def test_mongolian_names_are_long():
    assert is_mongolian("苏布达其其格")
    assert not is_mongolian("双河县委")


@given(st.text(alphabet="本报讯记者通讯员摄（）()□■，。 \x1f张三李四文/图来源转自：5月日电\n", max_size=60))
def test_no_text_breaks_the_reading_of_credits(text):
    read_byline(text)
    byline, rest = split_opening(text)
    assert text.endswith(rest) or byline is not None
    body, closing = split_closing(text)
    assert text.startswith(body)
    assert closing is not None or body == text
