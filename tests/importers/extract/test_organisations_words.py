"""Word lists of organisations: the trie's longest match, tails among other words, words that end names."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.extract.organisations.tails import TAILS, Need, find_tails
from importers.extract.organisations.words import MASK, PLACE_MASK, is_generic, last_cut, leading_words
from importers.extract.trie import trie_pattern


@given(
    st.lists(st.text("市委办公室局.*+", min_size=1, max_size=5), min_size=1, max_size=12),
    st.text("市委办公室局.*+"),
)
def test_trie_finds_the_longest_word_at_the_beginning(words, text):
    match = re.match(trie_pattern(words), text)
    fitting = [word for word in words if text.startswith(word)]
    assert (match[0] if match else None) == max(fitting, key=len, default=None)


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        ("市卫生健康委员会", ["卫生健康委员会"]),
        ("旗委宣传部党支部", ["委", "宣传部", "党支部"]),
        ("新发展格局、大局、布局", []),
        ("委员、委托", []),
        ("中学生、大学生", []),
        ("盟人民检察院第二检察部", ["人民检察院"]),
    ],
)
def test_tails_are_words_of_their_own(text, tails):
    assert [tail.word for _, _, tail in find_tails(text)] == tails


@given(st.text("市旗县委局部公安司法党支医院中心、。a", max_size=60))
def test_tails_never_overlap_and_quote_the_text(text):
    spans = find_tails(text)
    assert all(text[start:end] == tail.word for start, end, tail in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_every_tail_has_a_category_and_a_need():
    assert all(tail.word and tail.category and tail.need in Need for tail in TAILS.values())


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("群众走进蓝天", "蓝天"),
        ("由蓝天", "蓝天"),
        ("开展经济开发", "经济开发"),
        ("三家蓝天", "蓝天"),
        ("第三", "第三"),
        ("，蓝天", "蓝天"),
        (f"干部和{PLACE_MASK}二", f"{PLACE_MASK}二"),
        (f"{PLACE_MASK}吉和", f"{PLACE_MASK}吉和"),
        (f"联合{MASK}", MASK),
    ],
)
def test_a_name_reaches_left_to_the_word_that_ends_it(before, kept):
    backwards = before[::-1]
    assert backwards[: last_cut(backwards, 0, len(backwards))][::-1] == kept


def test_words_before_a_name_are_counted_but_brands_are_none():
    assert leading_words("服务重点蓝天") == 4
    assert leading_words("建设银行") == 0


@pytest.mark.parametrize(
    ("words", "generic"), [("青年党员", True), ("第二", True), ("雪莲花", False), ("", True)]
)
def test_generic_words_tell_a_kind(words, generic):
    assert is_generic(words) is generic
