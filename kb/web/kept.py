"""Answers that are kept for a while, so that a page about a million records costs what a small one does."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

Answer = TypeVar("Answer")

SHARE, LONGEST = 100, 300
"""An answer is kept a hundred times as long as it took to make, in seconds at most LONGEST.

Reading a small base takes 20 ms and is 2 s old at most; a million figures take seconds and are minutes old.
"""

_one_at_a_time = threading.Lock()


def kept(key: str, make: Callable[[], Answer]) -> Answer:
    """What `make` gives, or gave not long ago; several who ask at once wait for one making."""
    if (found := cache.get(key)) is not None:
        return found
    with _one_at_a_time:
        if (found := cache.get(key)) is not None:
            return found
        begun = time.perf_counter()
        made = make()
        cache.set(key, made, timeout=min(LONGEST, SHARE * (time.perf_counter() - begun)))
        return made
