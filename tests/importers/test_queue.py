"""Jobs are done once, whatever becomes of the workers."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from importers import queue
from importers.management.commands import import_jobs
from importers.models import ImportJob, JobState
from importers.sources import PageFacts, source_of
from kb.models import Page
from tests.patience import PATIENCE, until

TEXT = "灯火夜校开班\n本报讯 云岭镇入冬以来开办夜校12期，听课群众360余人次。\n"
KNOWN = PageFacts(newspaper="云岭日报")


def queued(text=TEXT, facts=KNOWN):
    return queue.enqueue(source_of(text.encode(), Path("a.txt"), facts), text.encode(), "林溪")


@pytest.mark.django_db
class TestQueue:
    def test_the_same_page_waits_once_and_another_by_itself(self):
        first = queued()
        assert queued() == first
        assert queued(facts=PageFacts()) != first
        assert queued(TEXT + "。") != first

    def test_a_job_is_claimed_by_one_worker(self):
        first, second = queued(), queued(TEXT + "。")
        assert [queue.claim(), queue.claim(), queue.claim()] == [first, second, None]

    def test_a_job_of_a_killed_worker_is_done_by_the_next(self):
        queued()
        killed = queue.claim()
        ImportJob.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        taken = queue.claim()
        assert (taken.pk, taken.attempts) == (killed.pk, 2)
        queue.work(killed)
        assert ImportJob.objects.get().state == JobState.RUNNING, "the slow worker's end does not count"
        queue.work(taken)
        job = ImportJob.objects.get()
        assert (job.state, job.outcome["outcome"], bytes(job.content)) == (JobState.DONE, "unchanged", b"")
        assert Page.objects.get().publication.name == "云岭日报"

    def test_a_job_that_kills_its_workers_is_given_up(self):
        queued()
        for _ in range(queue.MOST_ATTEMPTS):
            queue.claim()
            ImportJob.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        call_command("import_jobs", "--once", verbosity=0)
        job = ImportJob.objects.get()
        assert (job.state, job.attempts) == (JobState.FAILED, queue.MOST_ATTEMPTS + 1)
        assert "中断" in job.error
        assert not Page.objects.exists()

    def test_a_page_that_cannot_be_imported_fails_after_three_attempts(self, monkeypatch):
        def broken(*_args, **_more):
            raise ZeroDivisionError

        monkeypatch.setattr("importers.extract_file.extract_page", broken)
        queued()
        call_command("import_jobs", "--once", verbosity=0)
        job = ImportJob.objects.get()
        assert (job.state, job.attempts) == (JobState.FAILED, queue.MOST_ATTEMPTS)
        assert "ZeroDivisionError" in job.error
        assert job.finished_at

    def test_old_jobs_are_forgotten_and_waiting_ones_are_not(self):
        queued()
        queue.work(queue.claim())
        queued(TEXT + "。")
        ImportJob.objects.filter(state=JobState.DONE).update(finished_at=timezone.now() - timedelta(days=31))
        assert queue.forget_old() == 1
        assert ImportJob.objects.get().state == JobState.QUEUED


@pytest.mark.django_db
def test_a_worker_that_runs_for_months_tidies_again_and_again(monkeypatch):
    hours = iter([0, 10, 3601, 3602])
    monkeypatch.setattr("importers.management.commands.import_jobs.time.monotonic", lambda: next(hours))
    tidied, command = [], import_jobs.Command()
    monkeypatch.setattr(import_jobs, "forget_old", lambda: tidied.append(1))
    turns = [command.turn() or len(tidied) for _ in range(4)]
    assert turns == [1, 1, 2, 2]


@pytest.mark.django_db
def test_sessions_that_have_ended_go_with_the_old_jobs():
    over, running = SessionStore(), SessionStore()
    over.set_expiry(-10)
    for session in (over, running):
        session.save()
    call_command("import_jobs", "--once", verbosity=0)
    assert [row.session_key for row in Session.objects.all()] == [running.session_key]


def worker(code=""):
    """A worker in a process of its own, on the database of the test; some code runs before it works."""
    name = str(connection.settings_dict["NAME"])
    code = (
        "import django; django.setup(); from django.conf import settings;"
        f"settings.DATABASES['default']['NAME'] = {name!r};"
        f"from django.db import connection; connection.settings_dict['NAME'] = {name!r}\n{code}"
        "from django.core.management import call_command; call_command('import_jobs', pause=0.05)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE
    )


STOPS_BEFORE_THE_END = """
import time
from kb.models import Page
commit = connection.commit
def stop():
    if Page.objects.exists():
        print("written", flush=True)
        time.sleep(10_000)
    commit()
connection.commit = stop
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_nothing():
    job = queued()
    first = worker(STOPS_BEFORE_THE_END)
    assert first.stdout.readline() == b"written\n"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert (ImportJob.objects.get().state, Page.objects.count()) == (JobState.RUNNING, 0)
    ImportJob.objects.update(claimed_until=timezone.now())
    second = worker()
    until(lambda: ImportJob.objects.get().state == JobState.DONE)
    second.send_signal(signal.SIGTERM)
    second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, "it ends by itself when it is asked to"
    assert Page.objects.get().sha256 == job.sha256
