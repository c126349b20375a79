"""Writing beside another writer: what the other one stood against is written again."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, connection

from kb.outages import is_outage

Result = TypeVar("Result")

ATTEMPTS = 6
"""How often a transaction is tried; a row that is wrong in itself is refused every time."""

PAUSE = 0.05
"""Seconds of the first pause at most; each later one may be twice as long."""


LONGEST_PAUSE = 2.0
"""Seconds between two attempts at a database that is out of order."""


def again(write: Callable[[], Result], patience: float = 0.0, attempts: int = ATTEMPTS) -> Result:
    """What a transaction gives; one that met another writer's is tried again, after a short pause.

    Two imports that meet the same new name both insert it: the database refuses the later one by its
    unique key, or ends one of two that wait for each other. Nothing of that transaction is stored, and
    the next time it finds the other's rows. A database that cannot be used (stopped, restarting, out of
    connections) is waited for as many seconds as `patience` says. Raises the database's error where all
    attempts fail.
    """
    patient_until = time.monotonic() + patience
    attempt = 0
    while True:
        try:
            return write()
        except (IntegrityError, OperationalError, InterfaceError) as error:
            attempt += 1
            waits = is_outage(error) and time.monotonic() < patient_until
            if attempt >= attempts and not waits:
                raise
            if not connection.in_atomic_block:  # of the caller, who ends it and then has a sound one
                connection.close_if_unusable_or_obsolete()
            time.sleep(min(LONGEST_PAUSE, random.uniform(0, PAUSE * 2**attempt)))  # noqa: S311 - no secret
