"""How a ratio is taken: rivals by turns, several rounds, the medians and their spread."""

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How long ours takes, as a multiple of the rival's time; the spread is that of the rounds."""

    name: str
    ours: float
    rival: float
    low: float
    high: float
    goal: float

    @property
    def value(self) -> float:
        """Median of ours over median of the rival's."""
        return self.ours / self.rival

    def __str__(self) -> str:
        verdict = "reached" if self.value <= self.goal else "not reached"
        return (
            f"{self.name}: {self.value:.2f}x (rounds {self.low:.2f} to {self.high:.2f}), "
            f"goal at most {self.goal}x: {verdict}"
        )


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(
    name: str, ours: Callable[[], object], rival: Callable[[], object], *, goal: float, rounds: int = 7
) -> Ratio:
    """The ratio of two pieces of work, run by turns after one warm-up call of each."""
    ours(), rival()
    pairs = [(timed(ours), timed(rival)) for _ in range(rounds)]
    each = sorted(a / b for a, b in pairs)
    return Ratio(
        name,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        each[0],
        each[-1],
        goal,
    )


def machine() -> str:
    """One line on where a figure was taken."""
    return f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
