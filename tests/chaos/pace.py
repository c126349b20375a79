"""Whether the time of a piece of work grows with its size and no faster."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

GROWTH = 1.8
"""How much more than in proportion a four times longer text may take: memory and caches cost a little."""

SPARE = 0.05
"""Seconds that are not worth a question."""

TRIES = 10
"""How often a pace that looks too steep is measured again; what is as it should be is measured once."""


@dataclass(frozen=True)
class Pace:
    """Seconds of processor time for a text and for one about four times as long."""

    short: float
    long: float
    times: float
    """How much longer the longer one is."""

    @property
    def growth(self) -> float:
        """The ratio of the times over the ratio of the lengths: 1 is in proportion, 4 is its square."""
        return self.long / self.short / self.times if self.short else 0.0

    @property
    def is_linear(self) -> bool:
        """Whether the longer one took no more than in proportion."""
        return self.long <= GROWTH * self.times * self.short + SPARE


def cost(work: Callable[[str], object], text: str) -> float:
    """Seconds of this thread's own time; the collector of garbage would come when it likes."""
    gc.disable()
    try:
        begun = time.thread_time()
        work(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


def pace(work: Callable[[str], object], make: Callable[[int], str], length: int) -> Pace:
    """The pace of a work; one that looks too steep is measured again, so that an accident does not count.

    Neighbours make a processor slow for seconds on end: it is measured until both were met in one state.
    """
    short, long = make(length), make(4 * length)
    times = max(1.0, len(long) / max(1, len(short)))
    found = Pace(cost(work, short), cost(work, long), times)
    for _ in range(TRIES):
        if found.is_linear:
            break
        found = Pace(max(found.short, cost(work, short)), min(found.long, cost(work, long)), times)
    return found
