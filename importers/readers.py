"""Where pages are read: in this process, in processes beside it, or on a Dask cluster.

Readers only read. Rows are written by the process that asks them, so a reader may be killed at any time.
"""

import gc
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import BaseContext

from importers.extract.pipeline import VERSION

TIMEOUT = 30
"""Seconds in which a cluster has to answer."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads pages: an executor of the standard form, or none for this process itself."""

    executor: Executor | None = None
    width: int = 1
    """Pages that are read at the same time."""


class NoClusterError(Exception):
    """A cluster that cannot be used; the text says why and what to do."""


@contextmanager
def readers(jobs: int = 1, scheduler: str = "", *, forked: bool = False) -> Iterator[Readers]:
    """The readers of an import: the cluster of a scheduler where one is named, else so many processes.

    `forked` processes begin with all that this one has loaded: only for one that has no thread and no
    connection. The others load the extractor anew, which takes as long as reading thirty pages.
    """
    if scheduler:
        with _cluster(scheduler) as found:
            yield found
    elif jobs <= 1:
        yield Readers()
    else:
        with ProcessPoolExecutor(jobs, mp_context=_context(forked)) as executor:
            yield Readers(executor, jobs)


def _context(forked: bool) -> BaseContext:
    """How processes are started."""
    if forked:
        gc.freeze()  # what is loaded stays as it is: no reader looks through it, nor copies it by doing so
        return get_context("fork")
    context = get_context("forkserver")
    # What readers need is loaded once, before they are forked.
    context.set_forkserver_preload(["importers.extract_file"])
    return context


@contextmanager
def _cluster(scheduler: str) -> Iterator[Readers]:
    """The workers of a Dask scheduler. Raises NoClusterError where it cannot be used.

    The scheduler gives the pages of a worker that is gone to the others by itself.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise NoClusterError("--scheduler 需要 Dask：请先运行 pip install distributed") from error
    try:
        client = Client(scheduler, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoClusterError(f"{scheduler}：连不上 Dask 调度器（{error}）") from error
    with client:
        yield Readers(client.get_executor(), _width(client, scheduler))


def _width(client: object, scheduler: str) -> int:
    """How many pages the workers read at a time; raises NoClusterError where they are not fit to read."""
    try:
        client.wait_for_workers(1, timeout=TIMEOUT)  # type: ignore[attr-defined]
        versions = client.run(reading_version)  # type: ignore[attr-defined]
    except Exception as error:  # whatever a worker without this project raises comes through as it is
        raise NoClusterError(f"{scheduler}：工作进程不能识别版面（{error!r}）") from error
    if others := {worker: version for worker, version in versions.items() if version != VERSION}:
        raise NoClusterError(f"{scheduler}：工作进程的识别版本与这里（{VERSION}）不同：{others}")
    return sum(client.nthreads().values())  # type: ignore[attr-defined]


def reading_version() -> str:
    """The extractor's version where this runs."""
    return VERSION
