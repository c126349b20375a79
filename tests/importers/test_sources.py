"""Reading source files."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import sources
from importers.sources import PageFacts, SourceError, decode, find_files, read_source, source_of

TEXT = (
    "灯火夜校开班\n　　入冬以来，镇里的党员轮流到夜校讲课，教村民用手机、学剪纸、算收支账。"
    "“晚上有了去处，心里也亮堂。”一位村民笑着说。夜校已经办了十二期，来听课的有老人，也有返乡的年轻人。\n"
)
TRADITIONAL = (
    "燈火夜校開班\n　　入冬以來，鎮裡的黨員輪流到夜校講課，教村民用手機、學剪紙、算收支賬。"
    "「晚上有了去處，心裡也亮堂。」一位村民笑著說。夜校已經辦了十二期，來聽課的有老人，也有返鄉的年輕人。\n"
)
HERE = Path("某版.txt")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT[:20].encode("gbk"), "gb18030"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_encoding_is_found_out(data, encoding):
    text, found = decode(data, HERE)
    assert (TEXT.startswith(text), len(text) >= 20, found) == (True, True, encoding)


def test_big5_is_told_from_gb18030():
    assert decode(TRADITIONAL.encode("big5"), HERE) == (TRADITIONAL, "big5")
    assert decode(TRADITIONAL.encode("gb18030"), HERE) == (TRADITIONAL, "gb18030")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TEXT.split("，")), min_size=3).map("，".join))
def test_ordinary_text_is_read_in_any_encoding(text):
    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding), HERE)[0] == text


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_an_error_with_the_path(data):
    try:
        text, encoding = decode(data, HERE)
    except SourceError as error:
        told = str(error)
    else:
        told = "某版.txt"
        assert "\0" not in text
        assert data.decode(encoding).endswith(text)  # Big5 has several codes for some signs
    assert "某版.txt" in told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b" \n\n", "空的"),
        (codecs.BOM_UTF8, "没有文字"),
        (codecs.BOM_UTF16_LE + b"\n\0", "没有文字"),
        ("　\n　　\n".encode(), "没有文字"),
        (b"abc\xff" + TEXT.encode(), "第 1 行第 3 字节起不是 UTF-8"),
        (b"ab\nc\n\xff" + TEXT.encode(), "第 3 行第 5 字节"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "不是文本"),
        (b"PK\x03\x04" + b"\0" * 100, "NUL"),
        (TEXT.encode()[:-5], "中断"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1], "不完整"),
    ],
)
def test_what_is_no_text_is_an_error_that_says_where_and_why(tmp_path, data, words):
    path = tmp_path / "坏.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=words) as error:
        read_source(path)
    assert str(path) in str(error.value)


def test_a_file_that_is_too_long_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MOST_BYTES", 10)
    path = tmp_path / "长.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SourceError, match="上限 10"):
        read_source(path)


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "长.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(SourceError, match="50000000 字节") as error:
        read_source(path)
    assert str(path) in str(error.value)


def test_a_conversion_is_noted(tmp_path):
    path = tmp_path / "旧.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    source = read_source(path)
    assert source.notes == ("原编码 gb18030，已转为 Unicode",)
    path.write_bytes(TEXT.encode())
    assert read_source(path).notes == ()


def test_folders_are_searched_in_order_and_each_file_comes_once(tmp_path):
    for name in ("b.txt", "a.md", "README.md", "notes.pdf", ".hidden.txt", "inner/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    found = find_files([tmp_path, tmp_path / "b.txt"])
    assert [path.name for path in found] == ["a.md", "b.txt", "c.txt"]


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="不存在"):
        find_files([tmp_path / "无.txt"])
    with pytest.raises(SourceError, match="没有版面文件"):
        find_files([tmp_path])


def test_what_is_known_of_a_page_stands_beside_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "pages.toml").write_text(
        '["a.txt"]\nnewspaper = "云岭日报"\nissue_date = 2024-05-06\n', encoding="utf-8"
    )
    assert read_source(path).facts == PageFacts("云岭日报", "2024-05-06")


@pytest.mark.parametrize(
    "wrong", ["[a", '["a.txt"]\ncolour = "红"\n', 'title = "x"\n', '["a.txt"]\nissue_date = "六月"\n']
)
def test_a_wrong_table_of_facts_is_an_error(tmp_path, wrong):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "pages.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(SourceError, match=r"pages\.toml"):
        read_source(path)


def test_facts_have_a_mark_that_changes_with_them():
    assert PageFacts().digest() == ""
    assert PageFacts("甲").digest() != PageFacts(None, "甲").digest() != PageFacts("乙").digest()


WEB_PAGE = f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="CHARSET"><title>夜校开班 - 云岭网</title></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/news">新闻</a></li></ul></nav>
<article><h1>夜校开班</h1><p>{TEXT.splitlines()[1].strip()}</p>
<p>{"村里的灯一直亮到十点，大家还不愿意走。" * 4}</p></article>
<footer>版权所有 云岭网 未经许可不得转载</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_of_a_web_page_only_the_article_is_read(tmp_path, encoding):
    path = tmp_path / "a.html"
    path.write_bytes(WEB_PAGE.replace("CHARSET", encoding).encode(encoding))
    source = read_source(path)
    assert source.text.startswith("夜校开班")
    assert "教村民用手机" in source.text
    assert "首页" not in source.text
    assert "版权所有" not in source.text
    assert "网页，只取其中的文章" in source.notes


def test_a_web_page_without_an_article_is_an_error(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><head><title></title></head><body></body></html>", encoding="utf-8")
    with pytest.raises(SourceError, match="没有找到文章"):
        read_source(path)


def test_bytes_without_a_file_are_read_as_a_file_is(tmp_path):
    data = "云岭镇组建志愿服务队6支。\n".encode("gb18030")
    (tmp_path / "a.txt").write_bytes(data)
    from_file, handed_in = read_source(tmp_path / "a.txt"), source_of(data, Path("a.txt"))
    assert (handed_in.text, handed_in.sha256, handed_in.encoding) == (
        from_file.text,
        from_file.sha256,
        "gb18030",
    )
    with pytest.raises(SourceError, match="空"):
        source_of(b" \n", Path("a.txt"))
