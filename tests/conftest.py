"""Fixtures for all tests."""

import importlib

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models.signals import post_migrate

from tests.world import build_world


def pytest_configure(config):
    """The tests serve no collected static files, and need not be told so at every request."""
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


GROUPS = {
    "0002_groups": "create",
    "0003_divergence_rights": "grant",
    "0004_rights_on_the_desk": "grant",
    "0005_decision_rights": "grant",
}
"""The migrations that make the groups, with what they run."""


def make_groups(sender, **_):
    """Makes the groups anew after a test that committed: emptying the tables takes them away."""
    from django.contrib.auth.models import Group

    if sender.label == "api" and not Group.objects.exists():  # the last application: its rights are there
        for name, step in GROUPS.items():
            getattr(importlib.import_module(f"api.migrations.{name}"), step)(apps, None)


@pytest.fixture(autouse=True)
def nothing_kept():
    """No answer that another test was given is shown."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def groups_outlive_a_flush():
    post_migrate.connect(make_groups, dispatch_uid="groups of the tests")


@pytest.fixture
def world(db):
    """The small named world of tests/world.py, stored."""
    return build_world()
