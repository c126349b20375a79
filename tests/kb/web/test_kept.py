import threading

import pytest

from kb.web import kept as module
from kb.web.kept import kept
from tests.patience import PATIENCE


@pytest.fixture
def answers(monkeypatch):
    """Makes 1, 2, 3, …; `clock` is the time since the start, `clock.took` how long each making takes."""

    class Clock:
        now, took, spent, made = 1000.0, 0.01, 0.0, 0

        def monotonic(self) -> float:
            return self.now

        def perf_counter(self) -> float:
            return self.spent

        def make(self) -> int:
            self.spent += self.took
            self.made += 1
            return self.made

    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module.connections, "close_all", lambda: None)
    return clock


def test_an_answer_is_fresh_a_hundred_times_as_long_as_it_took(answers):
    assert [kept("k", answers.make), kept("k", answers.make)] == [1, 1]
    answers.now += 0.9
    assert kept("k", answers.make) == 1
    answers.now += 0.2
    assert kept("k", answers.make) == 2


def test_no_answer_is_fresh_for_longer_than_the_limit(answers):
    answers.took = 0.4 * module.LONGEST
    kept("k", answers.make)
    answers.now += module.LONGEST - 1
    assert kept("k", answers.make) == 1


def test_nobody_waits_for_a_slow_answer_but_the_first(answers):
    answers.took = 2.0
    kept("k", answers.make)
    answers.now += 250
    assert kept("k", answers.make) == 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.name.endswith("(_make_beside)"):
            thread.join(PATIENCE)
    assert answers.made == 2
    assert kept("k", answers.make) == 2


def test_an_answer_that_is_empty_is_kept_too(answers):
    def nothing() -> None:
        answers.make()

    assert kept("k", nothing) is None
    assert kept("k", answers.make) is None


def test_answers_do_not_mix(answers):
    assert [kept("a", answers.make), kept("b", answers.make)] == [1, 2]
