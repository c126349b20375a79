"""A real hot standby: what it has not heard of yet, and what happens when it stops."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.chaos.cluster import cluster, programs, standby
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql" or programs() is None,
    reason="a standby needs the programs of a PostgreSQL server",
)

SCRIPT = """
import sys, time
import django
django.setup()
import psycopg
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.db import connections
from api.models import Token

# A connection that is slow to come is not the subject: the primary would answer in the standby's stead.
connections["replica1"].pool.open(wait=True, timeout=300)

def seen(client):
    answer = client.get("/api/v1/organisations/")
    return answer.status_code, [row["name"] for row in answer.json()["results"]]

def wait_for(wanted):
    until = time.monotonic() + 300
    while seen(reader)[1] != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return seen(reader)

follower = psycopg.connect(sys.argv[1], autocommit=True)
user = User.objects.create_user("editor")
user.user_permissions.set(Permission.objects.filter(codename="add_organisation"))
_, key = Token.objects.make(name="工具", user=user, can_write=True)
reader = Client(HTTP_HOST="localhost")
writer = Client(HTTP_HOST="localhost", headers={"authorization": f"Bearer {key}"})

def add(name):
    values = {"name": name, "category": "party_branch"}
    return writer.post("/api/v1/organisations/", values, content_type="application/json").status_code

print("first", add("甲党支部"), wait_for(["甲党支部"]))
follower.execute("SELECT pg_wal_replay_pause()")
print("second", add("乙党支部"))
print("reader", seen(reader))
print("writer", seen(writer))
follower.execute("SELECT pg_wal_replay_resume()")
print("caught up", wait_for(["甲党支部", "乙党支部"]))
print("ready", flush=True)
sys.stdin.readline()
print("stopped", seen(reader))
"""


@pytest.fixture(scope="module")
def told():
    with cluster() as primary:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE")},
            "DJANGO_SETTINGS_MODULE": "kb.settings",
            "DATABASE_URL": primary.create("kb"),
        }
        migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)  # noqa: S603 - our own command
        with standby(primary) as follower:
            url = f"postgres://postgres@127.0.0.1:{follower.port}/kb"
            script = subprocess.Popen(  # noqa: S603 - our own script
                [sys.executable, "-c", SCRIPT, url],
                cwd=ROOT, env={**environment, "DATABASE_REPLICA_URL": url}, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
            lines = []
            for line in script.stdout:
                if line == "ready\n":
                    break
                lines.append(line)
            follower.stop()
            rest, _ = script.communicate("go on\n", timeout=PATIENCE)
    return dict(line.rstrip("\n").split(" ", 1) for line in [*lines, *rest.splitlines()] if " " in line)


def test_readers_see_what_the_standby_has_heard_of(told):
    assert told["first"] == "201 (200, ['甲党支部'])"
    assert told["second"] == "201"
    assert told["reader"] == "(200, ['甲党支部'])"


def test_whoever_wrote_reads_it_however_far_the_standby_is_behind(told):
    assert told["writer"] == "(200, ['甲党支部', '乙党支部'])"
    assert told["caught"] == "up (200, ['甲党支部', '乙党支部'])"


def test_readers_are_answered_by_the_primary_when_the_standby_stops(told):
    assert told["stopped"] == "(200, ['甲党支部', '乙党支部'])"
