"""When two printed names are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.names import normalise, quotable, scoped_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“小马灯” 夜校", "小马灯夜校"),
        ("『小马灯』夜校", "“小马灯”夜校"),
        ("Ａ４班", "a4班"),
        ("《灯》", "灯"),
    ],
)
def test_quotes_spaces_width_and_case_do_not_matter(one, other):
    assert normalise(one) == normalise(other)


def test_other_signs_do():
    assert normalise("甲、乙活动") != normalise("甲乙活动")
    assert scoped_key("150100", "灯") != scoped_key("150200", "灯")


@given(st.text())
def test_a_name_stays_one(text):
    assert normalise(normalise(text)) == normalise(text)
    assert bool(normalise(text)) == bool(text.strip()) or not text.strip()


def test_quotes_within_quotes_are_single_ones():
    assert f"“{quotable('“小马灯”夜校')}”" == "“‘小马灯’夜校”"
    assert quotable("夜校") == "夜校"
