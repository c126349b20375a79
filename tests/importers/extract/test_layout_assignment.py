"""Which headline is given which body: the greatest sum of all, also without one of its pairs."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importers.extract.layout.assignment import Assignment

LEAST = 0.2
MATRICES = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.floats(-1, 2), min_size=n, max_size=n), min_size=1, max_size=4)
)


def greatest(rows):
    """The greatest sum, by trying every assignment."""
    width = len(rows[0])
    slots = [*range(width), *[None] * len(rows)]
    return max(
        sum(rows[r][c] - LEAST for r, c in enumerate(order) if c is not None and rows[r][c] >= LEAST)
        for order in itertools.permutations(slots, len(rows))
    )


def total(rows, chosen):
    """The sum of an assignment, which has to be one."""
    assert len(set(chosen.values())) == len(chosen)
    assert all(rows[row][column] >= LEAST for row, column in chosen.items())
    return sum(rows[row][column] - LEAST for row, column in chosen.items())


@given(MATRICES)
def test_the_assignment_has_the_greatest_sum(rows):
    assert total(rows, Assignment(rows, LEAST).chosen) == pytest.approx(greatest(rows))


@given(MATRICES)
@example([[1.0, -1.0], [2.0, 0.953330805178059]])  # rounding makes a step cost less than nothing
def test_without_a_pair_the_rest_has_the_greatest_sum(rows):
    best = Assignment(rows, LEAST)
    for row, column in best.chosen.items():
        other = best.without(row)
        assert other.get(row) != column
        forbidden = [list(scores) for scores in rows]
        forbidden[row][column] = -1.0
        assert total(rows, other) == pytest.approx(greatest(forbidden))


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_nothing_is_given_where_there_is_nothing(rows):
    assert Assignment(rows, LEAST).chosen == {}
