import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.web.segments import LANES, Mark, lanes, paragraphs


def mark(kind: str, start: int, end: int, number: int = 1) -> Mark:
    return Mark(f"{kind}-{number}", kind, start, end)


def drawn(body: str, *marks: Mark) -> list[list[tuple[str, str]]]:
    return [[(run.text, run.classes) for run in paragraph] for paragraph in paragraphs(body, marks)]


def test_plain_text_is_one_segment_a_paragraph():
    assert drawn("甲乙\n\n丙丁\n") == [[("甲乙", "")], [("丙丁", "")]]


def test_a_place_inside_an_organisation_has_the_inner_line():
    assert drawn("请云岭镇书画社来", mark("place", 1, 4), mark("organisation", 1, 7)) == [
        [("请", ""), ("云岭镇", "u0-place u1-organisation"), ("书画社", "u1-organisation"), ("来", "")]
    ]


def test_spans_that_overlap_share_the_middle():
    assert drawn("一二三四五", mark("place", 0, 3), mark("metric", 2, 5)) == [
        [("一二", "u0-place"), ("三", "u0-place u1-metric"), ("四五", "u1-metric")]
    ]


def test_two_records_of_one_span_are_both_drawn():
    [[run]] = paragraphs("三十人", [mark("metric", 0, 3, 1), mark("metric", 0, 3, 2)])
    assert run.classes == "u0-metric u1-metric"
    assert run.keys == "metric-1 metric-2"


def test_positions_are_code_points_not_utf16():
    body = "𠮷野家🎋在云岭镇"
    [[before, place]] = paragraphs(body, [mark("place", 5, 8)])
    assert (before.text, place.text) == ("𠮷野家🎋在", "云岭镇")


def test_only_the_first_run_of_a_record_is_stopped_at_by_the_keyboard():
    [runs] = paragraphs("一二三四五", [mark("organisation", 0, 5), mark("place", 2, 3)])
    assert [(run.text, run.is_first) for run in runs] == [("一二", True), ("三", True), ("四五", False)]


def test_a_span_across_paragraphs_is_cut_at_the_break():
    assert drawn("甲乙\n丙丁", mark("initiative", 1, 4)) == [
        [("甲", ""), ("乙", "u0-initiative")],
        [("丙", "u0-initiative"), ("丁", "")],
    ]


@pytest.mark.parametrize("span", [(2, 2), (-1, 1), (1, 9), (3, 1)])
def test_spans_that_do_not_stand_in_the_text_are_not_drawn(span):
    assert drawn("甲乙丙", mark("place", *span)) == [[("甲乙丙", "")]]


SPANS = st.lists(
    st.tuples(st.sampled_from(["place", "organisation", "metric"]), st.integers(0, 30), st.integers(1, 12)),
    max_size=12,
)


@given(st.text(alphabet="甲乙🎋a\n", min_size=1, max_size=40), SPANS)
def test_the_text_is_kept_and_each_run_has_exactly_its_records(body, spans):
    marks = [mark(kind, at, at + size, n) for n, (kind, at, size) in enumerate(spans)]
    found = paragraphs(body, marks)
    assert ["".join(run.text for run in runs) for runs in found] == [
        text for text in body.split("\n") if text.strip()
    ]
    for run in (run for runs in found for run in runs):
        assert body[run.start : run.start + len(run.text)] == run.text
        inside = {m.key for m in marks if m.start <= run.start < m.end <= len(body)}
        assert {m.key for m in run.marks} == inside


@given(SPANS)
def test_no_two_records_that_overlap_share_a_lane_but_the_last(spans):
    marks = [mark(kind, at, at + size, n) for n, (kind, at, size) in enumerate(spans)]
    lane = lanes(marks)
    for one in marks:
        for other in marks:
            if one.key < other.key and one.start < other.end and other.start < one.end:
                assert lane[one.key] != lane[other.key] or lane[one.key] == LANES - 1
