"""The clock jumps an hour or a year, back or on: nothing is lost, the feed keeps its order, leases end."""

import datetime
import json
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from api.models import Token
from importers import queue as imports
from importers.models import ImportJob, JobState
from importers.sources import PageFacts, source_of
from kb.backups.folder import backups, forget, new_backup
from kb.changes import attributed, newest_number
from kb.history.snapshots import history_of
from kb.models import Change, Delivery, Doubt, Initiative, Organisation, Page, Webhook
from kb.review.queue import LEASE, Narrowing, claim
from kb.web.kept import LONGEST, kept
from kb.webhooks.queue import plan, work_off
from tests.factories import ArticleFactory, DoubtFactory
from tests.kb.webhooks.receiver import receiver

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
HOUR, YEAR = datetime.timedelta(hours=1), datetime.timedelta(days=365)
TEXT = "灯火夜校开班\n本报讯 云岭镇入冬以来开办夜校12期，听课群众360余人次。\n".encode()

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[-YEAR, -HOUR, HOUR, YEAR], ids=["year back", "hour back", "hour on", "year on"])
def jump(request, time_machine):
    """`jump()` puts the clock elsewhere; `jump.wait(seconds)` lets time pass there."""
    time_machine.move_to(NOON)

    def leap():
        time_machine.shift(request.param)

    leap.wait = lambda seconds: time_machine.shift(datetime.timedelta(seconds=seconds))
    leap.length = request.param
    return leap


def test_an_import_job_of_a_dead_worker_is_taken_over(jump):
    imports.enqueue(source_of(TEXT, Path("a.txt"), PageFacts()), TEXT, "林溪")
    assert imports.claim() is not None
    jump()
    jump.wait(imports.LEASE.total_seconds() + 1)
    imports.work(imports.claim())
    assert ImportJob.objects.get().state == JobState.DONE
    assert Page.objects.count() == 1


def test_a_worker_whose_clock_is_a_little_behind_takes_nothing_from_another(time_machine):
    time_machine.move_to(NOON)
    imports.enqueue(source_of(TEXT, Path("a.txt"), PageFacts()), TEXT, "林溪")
    assert imports.claim() is not None
    time_machine.shift(-imports.LEASE / 2)
    assert imports.claim() is None


def test_a_doubt_that_somebody_left_goes_to_the_next(jump, django_user_model):
    first, second = (django_user_model.objects.create_user(name) for name in ("林溪", "周牧云"))
    doubt = DoubtFactory(article=ArticleFactory(body="甲"), start=0, end=1)
    assert claim(first, Narrowing()) == doubt.pk
    assert claim(second, Narrowing()) is None
    jump()
    jump.wait(LEASE.total_seconds() + 1)
    assert claim(second, Narrowing()) == doubt.pk
    assert Doubt.objects.get().claimed_by == second


def test_notices_arrive_all_and_in_order(jump, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as there:
        Webhook.objects.create(address=there.url, secret="geheim")
        plan()
        there.answers = [500, 200]
        bodies = [Organisation.objects.create(name="第一支部", category="party_branch")]
        work_off()
        jump()
        bodies.append(Organisation.objects.create(name="第二支部", category="party_branch"))
        jump.wait(15)
        assert work_off() == 2, "a message that was put off waits for seconds and not for the clock"
        told = [change for _, body in there.got[1:] for change in json.loads(body)["changes"]]
        assert list(dict.fromkeys(change["id"] for change in told)) == [body.pk for body in bodies]
        assert set(Delivery.objects.values_list("state", flat=True)) == {"taken"}


def test_the_feed_and_the_history_keep_the_order_of_what_was_done(jump, world):
    before = newest_number()
    names = [f"“云雀”行动{number}" for number in range(4)]
    for name in names:
        with attributed("林溪"):
            row = Initiative.objects.get(pk=world.lark.pk)
            row.name = name
            row.save()
        jump()
    lines = Change.objects.filter(number__gt=before, resource="initiatives").order_by("number")
    assert [line.action for line in lines] == ["update"] * 4
    kept_names = history_of(Initiative).objects.filter(id=world.lark.pk).order_by("history_id")
    assert [row.name for row in kept_names][1:] == names


def test_an_edit_of_a_version_that_is_no_more_is_refused(jump, world):
    client, chief = APIClient(), User.objects.create_superuser("chief")
    address = f"/api/v1/initiatives/{world.lark.pk}/"
    read = client.get(address)["etag"]
    jump()
    client.force_login(chief)
    first = client.patch(address, {"name": "“云雀”一号行动"}, headers={"if-match": read})
    second = client.patch(address, {"name": "“云雀”二号行动"}, headers={"if-match": read})
    assert (first.status_code, second.status_code) == (200, 412)


def test_who_failed_to_log_in_waits_a_quarter_of_an_hour_and_no_longer(jump):
    User.objects.create_superuser("chief", password="quiet-orchard-lantern")

    def log_in(password):
        return Client().post("/admin/login/", {"username": "chief", "password": password}).status_code

    for _ in range(5):
        log_in("wrong-orchard-lantern")
    jump()
    if jump.length < datetime.timedelta(0):
        assert log_in("quiet-orchard-lantern") == 429, "a clock put back does not forgive"
    jump.wait(16 * 60)
    assert log_in("quiet-orchard-lantern") == 302
    assert not AccessAttempt.objects.filter(attempt_time__gt=timezone.now()).exists()


def test_requests_are_let_through_again_within_two_minutes(jump, monkeypatch):
    cache.clear()
    monkeypatch.setattr("api.throttling.AnonymousThrottle.THROTTLE_RATES", {"anon": "3/min"})
    client = APIClient()
    asked = [client.get("/api/v1/cities/").status_code for _ in range(4)]
    assert asked == [200, 200, 200, 429]
    jump()
    jump.wait(120)
    assert client.get("/api/v1/cities/").status_code == 200
    cache.clear()


def test_a_token_is_good_again_when_the_clock_is(jump):
    user = User.objects.create_superuser("chief")
    token, key = Token.objects.make(name="表格", user=user)
    Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() + datetime.timedelta(minutes=30))
    headers = {"authorization": f"Bearer {key}"}
    jump()
    late = jump.length > datetime.timedelta(0)
    assert Client().get("/api/v1/cities/", headers=headers).status_code == (401 if late else 200)
    jump.wait(-jump.length.total_seconds())
    assert Client().get("/api/v1/cities/", headers=headers).status_code == 200


def test_a_page_that_is_kept_grows_old_whatever_the_clock_says(jump, monkeypatch):
    cache.clear()
    seconds = [1000.0]
    monkeypatch.setattr("kb.web.kept.time.monotonic", lambda: seconds[0])
    made = iter(range(1, 10))
    assert kept("k", lambda: next(made)) == 1
    jump()
    seconds[0] += LONGEST + 1
    assert kept("k", lambda: next(made)) == 2
    cache.clear()


class TestBackups:
    def make(self, folder, now):
        return new_backup(folder, "dump", lambda path: path.write_bytes(b"x"), now)

    def test_none_is_deleted_because_the_clock_is_wrong(self, tmp_path, jump):
        nights = [NOON - datetime.timedelta(days=number) for number in range(3)]
        old = [self.make(tmp_path, night) for night in nights]
        jump()
        now = timezone.now()
        new = self.make(tmp_path, now)
        forget(tmp_path, newest=3, months=0, now=now)
        left = {path for _, path in backups(tmp_path)}
        assert new in left
        if jump.length < datetime.timedelta(0):
            assert left == {new, *old}, "what comes from the future is nobody's to delete"

    def test_one_from_the_future_does_not_take_the_place_of_tonights(self, tmp_path):
        ahead = [self.make(tmp_path, NOON + YEAR + HOUR * number) for number in range(5)]
        tonight = self.make(tmp_path, NOON)
        forget(tmp_path, newest=1, months=0, now=NOON)
        assert {path for _, path in backups(tmp_path)} == {tonight, *ahead}

    def test_one_from_the_future_is_no_proof_of_last_night(self, tmp_path, time_machine):
        time_machine.move_to(NOON)
        self.make(tmp_path, NOON + YEAR)
        with pytest.raises(CommandError, match="没有"):
            call_command("backup", tmp_path, "--check", "26")
        self.make(tmp_path, NOON - HOUR)
        call_command("backup", tmp_path, "--check", "26")
