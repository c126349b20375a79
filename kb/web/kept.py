"""Answers that are kept for a while, so that a page about a million records costs what a small one does."""

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connections

Answer = TypeVar("Answer")

SHARE, LONGEST = 100, 300
"""An answer is fresh a hundred times as long as it took to make, in seconds at most LONGEST.

Reading a small base takes 20 ms and is 2 s old at most; a million figures take seconds and are minutes old.
"""
SLOW = 0.5
"""Seconds of making from which nobody waits: the old answer is given while a new one is made beside it."""
REMEMBERED = 24 * 3600

_one_at_a_time = threading.Lock()


def kept(key: str, make: Callable[[], Answer]) -> Answer:
    """What `make` gives, or gave not long ago; several who ask at once wait for one making."""
    found = cache.get(key)
    if found is None or (_is_old(found) and found[2] < SLOW):
        with _one_at_a_time:
            found = cache.get(key)
            if found is None or _is_old(found):
                found = _made(key, make)
    elif _is_old(found) and cache.add(f"{key}:making", True, timeout=LONGEST):
        threading.Thread(target=_make_beside, args=(key, make), daemon=True).start()
    return found[0]


def _is_old(found: tuple[Any, float, float]) -> bool:
    """Whether an answer (itself, until when it is fresh, how long it took) is past its time."""
    return time.monotonic() >= found[1]


def _made(key: str, make: Callable[[], Answer]) -> tuple[Answer, float, float]:
    """A new answer, stored."""
    begun = time.perf_counter()
    answer = make()
    took = time.perf_counter() - begun
    found = (answer, time.monotonic() + min(LONGEST, SHARE * took), took)
    cache.set(key, found, timeout=REMEMBERED)
    return found


def _make_beside(key: str, make: Callable[[], Any]) -> None:
    """Makes and stores an answer in a thread of its own, which leaves no connection open."""
    try:
        _made(key, make)
    finally:
        cache.delete(f"{key}:making")
        connections.close_all()
