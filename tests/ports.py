"""Ports for servers of the tests."""

import random
import socket
from contextlib import suppress

OURS = range(20_000, 32_000)
"""Below those that systems give away by themselves: no connection of anybody takes one of these meanwhile."""


def free_port() -> int:
    """A port that nobody listens on; another one each time, so that two who ask at once do not meet."""
    for port in random.SystemRandom().sample(OURS, 100):
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
