"""Waiting for what must happen: a limit for what hangs, which costs nothing where it happens."""

import time
from collections.abc import Callable

PATIENCE = 300.0
"""Seconds after which a thing that has not happened never will, also on a machine that others make slow."""


def until(condition: Callable[[], object], what: str = "it") -> None:
    """Returns once a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"{what} does not happen"
        time.sleep(0.02)
