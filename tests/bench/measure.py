"""What a row of the table is, and how its ratio is taken: rivals by turns, several rounds, the medians."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from tests.bench.archive.load import FIGURES

ROUNDS = 5
"""The fewest rounds that a figure may rest on."""


ROW_SECONDS = 4.0
"""About how long the calls of a row may take, so that all rows together fit into twenty minutes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a row is measured."""

    quick: bool = False
    """Less data and fewer rounds, to see that it runs; the figures are rough."""
    database: str = ""
    """`sqlite` or `postgresql`; nothing for a row that needs no database."""

    def size(self, metrics: int) -> int:
        """How many figures a filled database has: a hundredth of what is asked for where it must be quick."""
        return max(metrics // 100, 100) if self.quick else metrics

    def rounds(self, full: int = 7) -> int:
        """How many rounds to take."""
        return 3 if self.quick else max(full, ROUNDS)


@dataclass(frozen=True, slots=True)
class Goal:
    """The ratio to reach: ours as a multiple of the rival's, or how many times as fast as the rival."""

    limit: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}×"

    def ratio(self, ours: float, rival: float) -> float:
        """The ratio of two times (or sizes) as the goal has it."""
        return rival / ours if self.at_least else ours / rival

    def is_reached(self, ratio: float) -> bool:
        """Whether a ratio is as good as it should be."""
        return ratio >= self.limit if self.at_least else ratio <= self.limit


def at_most(limit: float) -> Goal:
    """The goal that ours takes no more than so many times what the rival takes."""
    return Goal(limit)


def at_least(limit: float) -> Goal:
    """The goal that ours is so many times as fast as the rival."""
    return Goal(limit, at_least=True)


@dataclass(frozen=True, slots=True)
class Rounds:
    """What each round gave: seconds (or bytes) of ours and of the rival, as they were taken side by side."""

    pairs: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table in docs/performance.md."""

    name: str
    """How the command line names it."""
    what: str
    against: str
    goal: Goal
    measure: Callable[[Setting], Rounds]
    databases: tuple[str, ...] = ("",)
    """The databases that it is measured on: each time an empty one with all tables, or ..."""
    metrics: tuple[int, ...] = ()
    """... those of the run that hold so many figures (`store.use`); Django is tied to the first."""
    figures: int = FIGURES
    """How many figures an article of those has."""
    alone: bool = True
    """Whether it needs the machine to itself; False for bytes, which no neighbour makes more or fewer."""
    bound: str = ""
    """What bounds it, told where the goal is not reached."""


BOTH = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one row on one database: the ratio of the medians, and the spread of the rounds."""

    name: str
    database: str
    ratio: float
    low: float
    high: float
    rounds: int
    is_reached: bool

    def as_json(self) -> str:
        """The figures as one line of JSON."""
        return json.dumps(asdict(self))


def figures(row: Row, database: str, rounds: Rounds) -> Measured:
    """What the rounds of a row come to."""
    ratio = row.goal.ratio(*(statistics.median(side) for side in zip(*rounds.pairs, strict=True)))
    each = sorted(row.goal.ratio(*pair) for pair in rounds.pairs)
    reached = row.goal.is_reached(round(ratio, 2))
    return Measured(row.name, database, ratio, each[0], each[-1], len(each), reached)


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that one call takes."""
    begin = clock()
    work()
    return clock() - begin


def affordable(calls: int, rounds: int, once: float) -> int:
    """How many calls a round may have, each taking so many seconds, if a row is not to take too long."""
    return max(1, min(calls, int(ROW_SECONDS / rounds / max(once, 1e-9))))


def by_turns(
    ours: Callable[[], object],
    rival: Callable[[], object],
    rounds: int,
    *,
    warm: bool = True,
    clock: Callable[[], float] = time.perf_counter,
) -> Rounds:
    """The times of two pieces of work that take turns, after one call of each that is not counted.

    `time.process_time` as the clock leaves out what other processes of the machine take: for work of one
    thread that waits for nothing.
    """
    if warm:
        ours(), rival()
    return Rounds(tuple((timed(ours, clock), timed(rival, clock)) for _ in range(rounds)))


def machine() -> str:
    """One line on where a figure was taken."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()}, {cores} cores, {platform.system()}, Python {platform.python_version()}"
