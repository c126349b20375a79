"""Fixtures for all tests."""

import importlib
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation
from factory.django import DjangoModelFactory
from hypothesis import HealthCheck, settings

from tests.world import build_world

# The same examples each time, however long one takes: a slow machine is no fault of the program.
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_configure(config):
    """The tests serve no collected static files, need not be told so at every request, and guard no secrets.

    A password that nobody is to guess takes longer to store and to check than most tests do all in all.
    """
    PBKDF2PasswordHasher.iterations = 1
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite the base of the tests is a file, as everybody's is.

    In memory a test and the server that it asks would share one connection: each would see what the other has
    half written, and end its transactions. Whether a file outlives a power failure is of no interest here.
    """
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        given["TEST"]["NAME"] = str(tmp_path_factory.mktemp("base") / "kb.sqlite3")
        given["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"


LONG = {
    "test_access_desk", "test_archives", "test_backups", "test_dumps", "test_migrating", "test_migrations",
    "test_moving", "test_replicas", "test_services", "test_short_forms", "test_standby",
}  # fmt: skip
"""Files of few tests that take long: browsers, servers and processes of their own."""


def pytest_collection_modifyitems(items):
    """The long files come first, then those of many tests: no worker is left alone with one at the end."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path.stem not in LONG, -sizes[item.path]))


GROUPS = {
    "0002_groups": "create",
    "0003_divergence_rights": "grant",
    "0004_rights_on_the_desk": "grant",
    "0005_decision_rights": "grant",
}
"""The migrations that make the groups, with what they run."""


def begin_anew(sender, **_):
    """Makes a base like a new one after a test that committed and whose tables were emptied.

    That takes the groups away. On SQLite triggers note each emptied row in the change feed and in the
    tallies, if these were not emptied after it: the order is that of a set, another one in every process.
    """
    from django.contrib.auth.models import Group

    from kb.models import Change, MetricTally

    if sender.label != "api":  # the last application: its rights are there
        return
    for noted in (Change, MetricTally):
        noted.objects.all().delete()
    if not Group.objects.exists():
        for name, step in GROUPS.items():
            getattr(importlib.import_module(f"api.migrations.{name}"), step)(apps, None)


@pytest.fixture(autouse=True)
def nothing_kept():
    """No answer that another test was given is shown."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_the_usual_language():
    """The language of a test's last request is not that of the next test, nor of what is made for it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def names_from_the_first_one_on():
    """The names and line numbers that factories make up are the same whatever tests ran before."""
    for made in DjangoModelFactory.__subclasses__():
        made.reset_sequence()


@pytest.fixture(scope="session", autouse=True)
def a_flush_leaves_a_new_base():
    post_migrate.connect(begin_anew, dispatch_uid="a new base for the next test")


@pytest.fixture
def world(db):
    """The small named world of tests/world.py, stored."""
    return build_world()
