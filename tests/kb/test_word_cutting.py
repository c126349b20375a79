"""Words are cut as jieba cuts them."""

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.word_cutting import cut, cut_finely
from tests.bench.data import templates

SIGNS = (
    "党建引领基层治理旗县区委组织部工作站在北京大学生活动中心的了和是一二三2023年AbC3.5%+-_&#， 。\n\r“”é𠀀ａ"
)


def alike(text):
    assert "".join(cut(text)) == text
    assert [w for w in cut(text) if w.strip()] == [w for w in jieba.cut(text, HMM=False) if w.strip()]
    theirs = jieba.cut_for_search(text, HMM=False)
    assert [w for w in cut_finely(text) if w.strip()] == [w for w in theirs if w.strip()]


@pytest.mark.parametrize("number", range(5))
def test_whole_pages_are_cut_alike(number):
    alike(templates()[number].text)


@pytest.mark.parametrize("text", ["", "。", "A4纸", "3.5万元", "C++和4S店", "中华人民共和国", "é", "x" * 300])
def test_single_texts_are_cut_alike(text):
    alike(text)


@given(st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60))
def test_any_text_is_cut_alike(text):
    alike(text)
