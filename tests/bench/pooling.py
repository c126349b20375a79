"""Connections to PostgreSQL: one pool for the threads of a process, against one kept by each thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.bench.asking import API
from tests.bench.measure import Rounds, Row, Setting, at_most, by_turns
from tests.bench.servers import client, granian

OURS = "kb.wsgi:application"
KEPT = {"DATABASE_POOL_SIZE": "0", "DATABASE_CONN_MAX_AGE": "60"}
SHORT = f"{API}organisations/?page_size=1&fields=id"
"""An answer that takes little, so that the connection counts."""

CALLS, FEW_CALLS = 320, 64


def by_one(setting: Setting) -> Rounds:
    """One client, who is answered one request after another."""
    return _measured(setting, 1)


def by_many(setting: Setting) -> Rounds:
    """Sixteen clients for the eight threads of the server."""
    return _measured(setting, 16)


def _measured(setting: Setting, clients: int) -> Rounds:
    """The times of as many calls on two servers that stand side by side."""
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(clients))
        pooled = stack.enter_context(granian(OURS))
        kept = stack.enter_context(granian(OURS, **KEPT))

        calls = (FEW_CALLS if setting.quick else CALLS) // clients

        def crowd(port: int) -> Callable[[], None]:
            """All clients at once, each on its connection to the server, with its share of the calls."""
            asks = [client(port, SHORT) for _ in range(clients)]

            def work() -> None:
                list(threads.map(lambda ask: [ask() for _ in range(calls)], asks))

            return work

        return by_turns(crowd(pooled), crowd(kept), setting.rounds())


WHAT = "很短的列表，granian 上，经 HTTP，线程共用连接池"
AGAINST = "每个线程各留一个连接（`DATABASE_POOL_SIZE=0`，`DATABASE_CONN_MAX_AGE=60`）"
ROWS = (
    Row("pool-one", f"{WHAT}：一个客户端", AGAINST, at_most(1.1), by_one, databases=("postgresql",),
        metrics=(10_000,)),
    Row("pool-many", f"{WHAT}：16 个客户端", AGAINST, at_most(1.1), by_many, databases=("postgresql",),
        metrics=(10_000,)),
)  # fmt: skip
