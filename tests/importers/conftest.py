"""Fixtures for the tests of the importers."""

import pytest

from importers import run as runs
from importers.extract.gazetteer.lookup import load_gazetteer
from importers.load import load_page
from tests.importers.pages import page, source


@pytest.fixture(autouse=True)
def as_many_together_as_may_be(monkeypatch):
    """However slowly pages are read, those that are stored together are the same."""
    monkeypatch.setattr(runs, "LONGEST_WAIT", float("inf"))


@pytest.fixture
def load():
    """Stores a page record, by default the one of tests/importers/pages.py."""
    gazetteer = load_gazetteer()

    def run(record=None, source_page=None, **options):
        return load_page(source_page or source(), record or page(), gazetteer, **options)

    return run
