"""Writing beside another writer: what the other one stood against is written again."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError

Result = TypeVar("Result")

ATTEMPTS = 6
"""How often a transaction is tried; a row that is wrong in itself is refused every time."""

PAUSE = 0.05
"""Seconds of the first pause at most; each later one may be twice as long."""


def again(write: Callable[[], Result]) -> Result:
    """What a transaction gives; one that met another writer's is tried again, after a short pause.

    Two imports that meet the same new name both insert it: the database refuses the later one by its
    unique key, or ends one of two that wait for each other. Nothing of that transaction is stored, and
    the next time it finds the other's rows. Raises the database's error where all attempts fail.
    """
    for attempt in range(ATTEMPTS - 1):
        try:
            return write()
        except (IntegrityError, OperationalError):
            time.sleep(random.uniform(0, PAUSE * 2**attempt))  # noqa: S311
    return write()
