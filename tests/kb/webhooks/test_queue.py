"""Every change reaches every address, signed, in order, at least once."""

import datetime
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kb.models import Delivery, Organisation, Webhook
from kb.webhooks import queue
from kb.webhooks.queue import claim, deliver, plan, wait_after, work_off
from tests.kb.webhooks.receiver import receiver
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def hook(transactional_db, settings):
    """A receiver with a webhook that points to it."""
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as there:
        there.webhook = Webhook.objects.create(address=there.url, secret="geheim")
        plan()
        yield there


def write(name="第一支部"):
    """One change."""
    return Organisation.objects.bulk_create([Organisation(name=name, category="party_branch")])[0]


def test_a_change_arrives_signed(hook):
    row = write()
    assert work_off() == 1
    [(headers, body)] = hook.got
    [change] = json.loads(body)["changes"]
    assert (change["resource"], change["id"], change["action"]) == ("organisations", row.pk, "create")
    stamp, signed = (part.split("=")[1] for part in headers["X-KB-Signature"].split(","))
    assert signed == hmac.new(b"geheim", f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert Delivery.objects.get().state == "taken"
    assert work_off() == 0


def test_only_the_resources_asked_for_are_told_and_nothing_from_before(hook):
    write("旧支部")
    Webhook.objects.update(resources=["places"])
    assert work_off() == 0
    Webhook.objects.update(resources=["organisations"], cursor=None)
    plan()
    new = write("新支部")
    work_off()
    assert [change["id"] for _, body in hook.got for change in json.loads(body)["changes"]] == [new.pk]


def test_a_refusal_is_tried_again_later_each_time_and_later_messages_wait(hook, monkeypatch):
    monkeypatch.setattr(queue, "FIRST_WAIT", 3600)
    hook.answers = [500, 503, 200]
    write()
    assert work_off() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.status) == ("waiting", 1, 500)
    assert delivery.due_at > timezone.now() + datetime.timedelta(minutes=30)
    write("第二支部")
    assert work_off() == 0
    assert len(hook.got) == 1
    for _ in range(2):
        Delivery.objects.update(due_at=timezone.now())
        work_off()
    assert Delivery.objects.filter(state="taken").count() == 2
    ids = [json.loads(body)["delivery"] for _, body in hook.got]
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_waits_grow_to_six_hours_and_then_it_is_given_up(hook, monkeypatch):
    waits = [wait_after(n).total_seconds() for n in (1, 2, 5, 30)]
    assert waits == sorted(waits)
    assert waits[0] > 5
    assert waits[-1] <= 6 * 3600 * 1.1
    monkeypatch.setattr(queue, "MOST_ATTEMPTS", 1)
    hook.answers = [410]
    write()
    work_off()
    assert Delivery.objects.get().state == "given_up"


def test_notices_that_ended_long_ago_are_forgotten_and_waiting_ones_are_not(hook):
    write()
    work_off()
    hook.answers = [500]
    write("第二支部")
    work_off()
    long_ago = timezone.now() - queue.KEPT - datetime.timedelta(days=1)
    Delivery.objects.filter(state="taken").update(done_at=long_ago)
    Delivery.objects.filter(state="waiting").update(due_at=long_ago)
    call_command("deliver_webhooks", "--once", verbosity=0)
    assert [delivery.state for delivery in Delivery.objects.all()] == ["waiting"]


def test_a_redirect_is_not_followed(hook):
    hook.answers = [302]
    write()
    work_off()
    assert len(hook.got) == 1
    assert "重定向" in Delivery.objects.get().error


def test_private_addresses_are_refused_unless_allowed(hook, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = False
    write()
    assert work_off() == 0
    assert hook.got == []
    assert "WEBHOOKS_ALLOW_PRIVATE" in Delivery.objects.get().error


def test_two_workers_do_not_send_the_same_at_once(hook):
    write()
    plan()
    assert claim(timezone.now()) is not None
    assert claim(timezone.now()) is None


def test_no_secret_in_errors_or_texts(hook, caplog):
    hook.answers = [500]
    write()
    plan()
    assert not deliver(claim(timezone.now()))
    told = caplog.text + Delivery.objects.get().error + str(hook.webhook) + repr(hook.webhook)
    assert "geheim" not in told


def test_a_webhook_with_bad_settings_is_refused(db):
    with pytest.raises(ValidationError) as error:
        Webhook(address="ftp://example.com", resources=["nothing"]).full_clean()
    assert set(error.value.message_dict) == {"address", "resources"}


def test_the_admin_never_shows_a_stored_secret(admin_client):
    webhook = Webhook.objects.create(address="https://example.com/", secret="geheim")
    page = admin_client.get(f"/admin/kb/webhook/{webhook.pk}/change/")
    assert page.status_code == 200
    assert "geheim" not in page.content.decode()
    data = {"address": "https://example.com/new", "secret": "", "is_active": "on"}
    assert admin_client.post(f"/admin/kb/webhook/{webhook.pk}/change/", data).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.address, webhook.secret) == ("https://example.com/new", "geheim")
    assert admin_client.get("/admin/kb/delivery/").status_code == 200


def test_the_resources_are_ticked_in_the_admin(admin_client):
    page = admin_client.get("/admin/kb/webhook/add/").content.decode()
    assert page.count('type="checkbox" name="resources"') == 6
    assert "举措" in page
    data = {"address": "https://example.com/", "secret": "geheim", "is_active": "on"}
    for ticked in ([], ["initiatives", "metrics"]):
        answer = admin_client.post("/admin/kb/webhook/add/", {**data, "resources": ticked})
        assert answer.status_code == 302
        assert Webhook.objects.latest("id").resources == ticked
    refused = admin_client.post("/admin/kb/webhook/add/", {**data, "resources": ["nothing"]})
    assert refused.status_code == 200


@pytest.fixture
def elsewhere(transactional_db, tmp_path):
    """Runs a command, or a line of Python, on a database that a process of its own can reach."""
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    else:
        url = f"sqlite:///{tmp_path / 'kb.sqlite3'}"
    environment = {**os.environ, "DATABASE_URL": url, "WEBHOOKS_ALLOW_PRIVATE": "true"}

    def start(*command):
        arguments = [sys.executable, "manage.py", *command]
        return subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603

    def run(*command):
        process = start(*command)
        said = process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == 0
        return said

    run("migrate", "-v", "0")
    yield start, run
    if connection.vendor == "postgresql":
        Webhook.objects.all().delete()


def test_a_worker_killed_while_sending_loses_nothing(elsewhere):
    start, run = elsewhere
    python = (
        "from kb.models import *; from kb.webhooks.queue import plan; from django.utils import timezone; "
    )
    with receiver() as there:
        there.hold = threading.Event()
        run("shell", "-v", "0", "-c", f"{python}Webhook.objects.create(address={there.url!r}); plan()")
        make = "Organisation.objects.create(name='第一支部', category='party_branch')"
        run("shell", "-v", "0", "-c", f"{python}{make}")
        worker = start("deliver_webhooks", "--interval", "0.2")
        assert there.arrived.wait(PATIENCE)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        there.hold.set()
        late = "Delivery.objects.filter(state='waiting').update(due_at=timezone.now())"
        run("shell", "-v", "0", "-c", f"{python}{late}")
        run("deliver_webhooks", "--once")
        assert (
            run("shell", "-v", "0", "-c", f"{python}print({{d.state for d in Delivery.objects.all()}})")
            .strip()
            .endswith("{'taken'}")
        )
    ids = [json.loads(body)["delivery"] for _, body in there.got]
    assert ids[0] == ids[1]
