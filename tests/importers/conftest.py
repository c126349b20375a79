"""Fixtures for the tests of the importers."""

import pytest

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.load import load_page
from tests.importers.pages import page, source


@pytest.fixture
def load():
    """Stores a page record, by default the one of tests/importers/pages.py."""
    gazetteer = load_gazetteer()

    def run(record=None, source_page=None, **options):
        return load_page(source_page or source(), record or page(), gazetteer, **options)

    return run
