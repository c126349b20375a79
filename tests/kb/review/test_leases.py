"""Nobody is given what somebody else is at."""

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from kb.models import Decision, Doubt, Metric
from kb.review.decide import REJECT, choose, decide
from kb.review.queue import LEASE, Narrowing, claim, claim_one
from kb.review.refusal import RefusedError
from tests.factories import ArticleFactory, DoubtFactory, MetricFactory
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
ALL = Narrowing()


def doubts(count):
    article = ArticleFactory(body="甲" * count)
    return [DoubtFactory(article=article, start=n, end=n + 1) for n in range(count)]


@pytest.mark.django_db
def test_two_people_are_given_two_doubts_and_each_keeps_theirs(editor, other):
    first, second, third = doubts(3)
    assert [claim(editor, ALL), claim(other, ALL), claim(editor, ALL)] == [first.pk, second.pk, first.pk]
    assert claim(editor, ALL, without={first.pk}) == third.pk
    assert claim(other, ALL, without={second.pk}) is None


@pytest.mark.django_db
def test_a_lease_runs_out(editor, other):
    (only,) = doubts(1)
    assert claim(editor, ALL) == only.pk
    assert not claim_one(other, only.pk)
    Doubt.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert claim(other, ALL) == only.pk
    assert not claim_one(editor, only.pk)
    assert Doubt.objects.get().claimed_until > timezone.now() + LEASE / 2


@pytest.mark.django_db
def test_claiming_takes_as_many_queries_from_a_long_queue(editor, django_assert_max_num_queries):
    doubts(2)
    with django_assert_max_num_queries(6) as few:
        claim(editor, ALL)
    doubts(20)
    with django_assert_max_num_queries(len(few.captured_queries)):
        claim(editor, ALL)


def at_once(*jobs):
    """Runs jobs in threads that begin together, each with a connection of its own; gives what they gave."""
    barrier, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            barrier.wait(PATIENCE)
            results[number] = job()
        except RefusedError as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


@pytest.mark.django_db(transaction=True)
def test_people_who_ask_at_once_are_given_different_doubts(person):
    people = [person(f"编辑{n}", "编辑") for n in range(6)]
    doubts(6)
    given = at_once(*(lambda user=user: claim(user, ALL) for user in people))
    assert sorted(given) == sorted(Doubt.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_counts_and_the_other_is_told(editor, other):
    row = MetricFactory(subject="")
    doubt = DoubtFactory(
        article=row.article, kind="metric", reason="no_subject", start=row.start, end=row.end
    )
    given = at_once(
        lambda: decide(editor, [doubt.pk], choose("subject:听课")),
        lambda: decide(other, [doubt.pk], choose("subject:走访")),
    )
    [kept] = [each for each in given if isinstance(each, Decision)]
    [refused] = [each for each in given if isinstance(each, RefusedError)]
    assert "你的决定没有写入" in str(refused)
    assert kept.by.username in str(refused)
    assert kept.words == f"{row.text} → {Metric.objects.get().subject}"
    assert list(Decision.objects.all()) == [kept]


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_a_case_at_once_share_it_out(editor, other):
    ids = [doubt.pk for doubt in doubts(12)]
    given = at_once(lambda: decide(editor, ids, REJECT), lambda: decide(other, ids[::-1], REJECT))
    assert sum(each.doubts_count for each in given if isinstance(each, Decision)) == 12
    for decision in Decision.objects.all():
        assert decision.doubts.count() == decision.doubts_count


WORKER = """
import sys
from django.contrib.auth import get_user_model
from kb.review.decide import REJECT, decide
from kb.review.queue import Narrowing, claim
from kb.review.refusal import RefusedError
user = get_user_model().objects.get(username=USERNAME)
print("ready", flush=True)
for line in sys.stdin:
    pk = claim(user, Narrowing()) if line == "next\\n" else int(line)
    try:
        decide(user, [pk], REJECT)
        print(pk, flush=True)
    except RefusedError:
        print("refused", flush=True)
"""


@pytest.fixture
def processes(editor, other, tmp_path):
    """A process for each of two editors, at one SQLite file; `ask(line)` tells both the same at once."""
    disputed, *_rest = doubts(13)
    Doubt.objects.filter(pk=disputed.pk).update(state="skipped")
    file = tmp_path / "kb.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    both = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c",
             WORKER.replace("USERNAME", repr(user.username))],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": f"sqlite:///{file}"}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for user in (editor, other)
    ]  # fmt: skip

    def ask(line):
        for process in both:
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
        return [process.stdout.readline().strip() for process in both]

    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    yield ask
    for process in both:
        process.communicate(timeout=PATIENCE)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the tests above")
@pytest.mark.django_db(transaction=True)
def test_two_processes_at_one_sqlite_file_never_take_the_same_doubt(processes):
    first = Doubt.objects.get(state="skipped").pk
    taken = [pk for _round in range(6) for pk in processes("next")]
    assert sorted(map(int, taken)) == list(range(first + 1, first + 13))
    assert sorted(processes(first)) == sorted([str(first), "refused"]), "of two decisions one counts"
