"""Some of the hostile texts of `make chaos`: a result, in a time that grows with the text and no faster."""

import pytest

from importers.extract_file import extract_text
from tests.chaos.corpus import PIECES, hostile_texts, shapes
from tests.chaos.pace import Pace, pace
from tests.chaos.patterns import known_patterns

LENGTH = 500
TEXTS = hostile_texts()
MENDED = {
    "since, in a report": 10_000,
    "figures without end, in a report": 10_000,
    "quoted characters, in a report": 10_000,
    "column names, in many reports": 2_300,  # as many headlines as a page may have before it is none
}
"""Texts that took too long once, and the length at which they did."""


def test_the_corpus_is_large_and_knows_every_pattern():
    assert len(PIECES) >= 90
    assert len(TEXTS) >= 1500
    named = {each.name.rsplit(" #", 1)[0] for each in TEXTS}
    patterns = {known.name for known in known_patterns() if known.name.startswith("importers.")}
    assert len(patterns) >= 150
    assert patterns <= named


def test_a_square_is_told_from_a_line():
    assert Pace(0.1, 0.5, 4).is_linear
    assert not Pace(0.1, 1.6, 4).is_linear


@pytest.mark.parametrize("part", range(8))
def test_every_eighth_hostile_text_ends_in_a_result(part):
    for hostile in TEXTS[part::40]:
        assert extract_text(hostile.make(LENGTH)).articles is not None


@pytest.mark.parametrize(
    "hostile", [each for each in shapes() if each.name in MENDED], ids=lambda each: each.name
)
def test_the_time_grows_with_the_text_and_no_faster(hostile):
    found = pace(extract_text, hostile.make, MENDED[hostile.name])
    assert found.is_linear, found
