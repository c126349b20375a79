"""A query's terms, and a text's tokens."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search_text import LONGEST_TOKEN, Term, parse, pieces, words_of_query, words_of_text


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("书屋 开放", [Term("书屋"), Term("开放")]),
        ("书屋　书屋", [Term("书屋")]),
        ('"开放 日"', [Term("开放 日", is_phrase=True)]),
        ("“云雀”品牌", [Term("云雀", is_phrase=True), Term("品牌")]),
        ("书屋 -学校", [Term("书屋"), Term("学校", is_wanted=False)]),
        ('-"开放 日"', [Term("开放 日", is_phrase=True, is_wanted=False)]),
        ("2020-2021", [Term("2020-2021")]),
        ("书屋 - 学校", [Term("书屋"), Term("学校")]),
        ('"没有结束', [Term("没有结束")]),
        ("--", []),
        ('""', []),
        ("  ", []),
    ],
)
def test_parse(query, terms):
    assert list(parse(query)) == terms


@given(st.text())
def test_any_text_is_a_query(text):
    for term in parse(text):
        assert term.text in text


@given(st.text())
def test_tokens_hold_no_sign_that_a_database_would_read(text):
    for token in [*pieces(text), *words_of_text(text), *words_of_query(text)]:
        assert token.replace("_", "a").isalnum() or all(
            sign.isalnum() or not sign.isascii() for sign in token
        )
        assert 0 < len(token) <= LONGEST_TOKEN
        assert not set(token) & set("'\"\\ \0")


def test_words_within_words_are_found_too():
    assert {"服务", "志愿", "志愿者"} <= set(words_of_text("志愿者服务"))


def test_width_and_case_do_not_matter():
    assert pieces("Ａ4纸") == pieces("a4纸") == ["a4", "纸"]


def test_the_dictionary_is_loaded_only_when_words_are_cut():
    code = "import sys, kb.search_text; kb.search_text.parse('书屋'); print('jieba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
