"""Fixtures for all tests."""

import pytest

from tests.world import build_world


@pytest.fixture
def world(db):
    """The small named world of tests/world.py, stored."""
    return build_world()
