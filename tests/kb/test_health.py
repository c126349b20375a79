"""Whether the program says truly that it lives and is ready."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from importers.models import ImportJob, JobState
from kb import health
from kb.models import Delivery, PlaceSearch, Webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def state(client):
    """`state()` gives the status of the answer and its checks."""

    def ask():
        answer = client.get("/health/ready")
        assert answer["Cache-Control"].startswith("max-age=0")
        return answer.status_code, answer.json()["checks"]

    return ask


def test_a_process_lives_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "ok"}
        assert client.head("/health/live").status_code == 200
        assert client.post("/health/live").status_code == 405


def test_it_is_ready_where_nothing_is_wrong(world, state):
    status, checks = state()
    assert status == 200
    assert list(checks) == ["database", "migrations", "search", "webhooks", "imports"]
    assert set(checks.values()) == {"ok"}


def test_without_a_database_it_says_so_and_nothing_of_the_error(state, monkeypatch):
    def broken(*_):
        raise OperationalError("connection to server at 10.1.2.3 failed")

    monkeypatch.setattr(connection, "cursor", broken)
    assert state() == (503, {"database": "数据库不能用"})


def test_a_migration_that_is_missing_is_told(state, monkeypatch):
    monkeypatch.setitem(health.migrations.__dict__, "done", False)
    connection.cursor().execute("DELETE FROM django_migrations WHERE app = 'importers'")
    status, checks = state()
    assert status == 503
    assert "migrate" in checks["migrations"]


def test_rows_that_cannot_be_found_are_told_until_the_index_is_written_anew(world, state):
    PlaceSearch.objects.all().delete()
    status, checks = state()
    assert (status, "rebuild_search" in checks["search"]) == (503, True)
    call_command("rebuild_search", verbosity=0, stdout=open("/dev/null", "w"))  # noqa: SIM115
    assert state()[0] == 200


@pytest.mark.parametrize(
    "late",
    [
        {"state": JobState.QUEUED},
        {"state": JobState.RUNNING, "claimed_until": timezone.now() - timedelta(hours=1)},
    ],
)
def test_pages_that_wait_too_long_are_told(state, late, settings):
    job = ImportJob.objects.create(name="a.txt", sha256="0" * 64, by="林溪", **late)
    assert state()[0] == (200 if late["state"] == JobState.QUEUED else 503)
    ImportJob.objects.update(created_at=timezone.now() - timedelta(hours=1))
    status, checks = state()
    assert (status, "import_jobs" in checks["imports"]) == (503, True)
    settings.KB_WORKER_LAG = 2 * 3600
    assert state()[0] == 200
    assert job.pk


def test_notices_that_wait_too_long_are_told(state):
    webhook = Webhook.objects.create(address="https://example.org/", secret="s" * 40)
    hour_ago = timezone.now() - timedelta(hours=1)
    Delivery.objects.create(webhook=webhook, after=0, upto=1, due_at=hour_ago)
    status, checks = state()
    assert (status, "deliver_webhooks" in checks["webhooks"]) == (503, True)
    Webhook.objects.update(is_active=False)
    assert state()[0] == 200
