"""Pages read by a Dask cluster: a scheduler and two workers as processes of their own, one of them killed."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from importers.readers import NoClusterError, readers
from kb import models
from tests.bench.data import page_texts

ROOT = Path(__file__).resolve().parents[2]
PAGES = 24


def start(*words):
    """A process of the cluster, and what it says of itself, line by line."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *words], cwd=ROOT, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def told(process, pattern):
    """What a process says first that fits a pattern."""
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found[0]
    raise AssertionError(f"the process ended with {process.wait()}")


@pytest.fixture
def cluster():
    """The scheduler's address and its two workers."""
    scheduler = start(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
    )
    processes = [scheduler]
    try:
        address = told(scheduler, r"tcp://127\.0\.0\.1:\d+")
        workers = [
            start("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(2)
        ]
        processes += workers
        for worker in workers:
            told(worker, "Registered to")
        yield address, workers
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.fixture
def folder(tmp_path):
    for number, text in enumerate(page_texts(PAGES)):
        (tmp_path / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_stores_nothing_twice(cluster, folder, monkeypatch):
    address, workers = cluster
    from importers import run

    stored, original = [], run.load_page

    def kill_one(*arguments, **options):
        stored.append(arguments[0].name)
        if len(stored) == 3:
            os.kill(workers[0].pid, signal.SIGKILL)
            workers[0].wait()
        return original(*arguments, **options)

    monkeypatch.setattr(run, "load_page", kill_one)
    monkeypatch.setattr(run, "TOGETHER", 1)
    call_command("import_pages", str(folder), scheduler=address, verbosity=0)
    assert workers[0].returncode == -signal.SIGKILL
    assert workers[1].poll() is None
    assert stored == [f"{number:03}.txt" for number in range(PAGES)]
    assert models.Page.objects.count() == PAGES
    assert models.Metric.objects.exists()


def test_only_a_few_pages_are_on_their_way_to_a_cluster(cluster):
    from importers.extract_file import AHEAD, read_all

    given = []

    def pages():
        for number in range(100):
            given.append(number)
            yield str(number)

    with readers(scheduler=cluster[0]) as found:
        assert found.width == 2
        results = read_all(len, pages(), found.executor, found.width)
        next(results)
        assert len(given) == 2 * AHEAD + 1
        assert [size for _, size in results] == [1] * 9 + [2] * 90


def test_a_scheduler_that_is_not_there_is_told_with_its_address(monkeypatch, folder):
    monkeypatch.setattr("importers.readers.TIMEOUT", 0.5)
    with pytest.raises(CommandError, match=r"tcp://127.0.0.1:9：连不上 Dask 调度器"):
        call_command("import_pages", str(folder), scheduler="tcp://127.0.0.1:9", verbosity=0)


def test_without_dask_the_option_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoClusterError, match="pip install distributed"), readers(scheduler="tcp://x:1"):
        pass
