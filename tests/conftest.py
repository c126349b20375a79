"""Fixtures for all tests."""

import pytest

from tests.world import build_world


def pytest_configure(config):
    """The tests serve no collected static files, and need not be told so at every request."""
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


@pytest.fixture
def world(db):
    """The small named world of tests/world.py, stored."""
    return build_world()
