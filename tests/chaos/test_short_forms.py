"""The trials of `make chaos` that take processes and time, in a short form, on the database of the tests."""

import pytest
from django.db import connection

from tests.chaos import killed, load, together
from tests.chaos.installation import COUNTS, HALVES, Installation, write_pages
from tests.chaos.report import Part
from tests.databases import empty_database
from tests.patience import until

UNTHROTTLED = dict.fromkeys(("KB_THROTTLE_USER", "KB_THROTTLE_ANONYMOUS"), "1000000/min")


@pytest.fixture
def installation(tmp_path):
    """An installation without any page."""
    with empty_database(tmp_path) as url:
        made = Installation(url, UNTHROTTLED)
        made.run("migrate", "--verbosity", "0")
        yield made


def test_an_import_that_is_killed_leaves_whole_pages_and_the_next_run_finishes(installation, tmp_path):
    folder = write_pages(tmp_path / "pages", 12)
    part = Part("killed")
    for jobs, kills in ((1, 2), (2, 1)):
        found = killed.trial(installation, folder, jobs, kills)
        killed.judge(part, connection.vendor, jobs, found, (), ())
    assert part.faults == []
    until(lambda: killed.kill_once(installation, folder, 1, 0), "a kill of one that is at work")
    assert installation.row(HALVES) == killed.WHOLE
    installation.run("import_pages", str(folder))
    finished = installation.row(COUNTS)
    assert finished[0] == 12
    installation.run("import_pages", str(folder), "--force")
    assert installation.row(COUNTS) == finished


def test_editors_beside_an_importer_lose_nothing(installation, tmp_path):
    folder = write_pages(tmp_path / "pages", 8)
    installation.run("import_pages", str(folder))
    part = Part("together")
    together.trial(part, connection.vendor, installation, folder, 40)
    assert part.faults == []


def test_clients_at_once_are_all_answered(installation, tmp_path, monkeypatch):
    monkeypatch.setattr(load, "CLIENTS", 12)
    installation.run("import_pages", str(write_pages(tmp_path / "pages", 10)))
    part = Part("load")
    load.trial(part, connection.vendor, installation, lambda: (0, 0), 3)
    assert part.faults == []
    assert sum(int(count) for _, count, _ in part.rows) > 12
