"""Readers are answered by a replica, whoever writes by the primary: two databases that differ in one name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import os
import django
django.setup()
from django.contrib.auth.models import Permission, User
from django.test import Client
from api.models import Token
from kb.models import Organisation

def seen(client):
    return [row["name"] for row in client.get("/api/v1/organisations/").json()["results"]]

Organisation.objects.using("default").create(name="主库党支部", category="party_branch")
Organisation.objects.using("replica1").create(name="副本党支部", category="party_branch")
print("command", [str(row) for row in Organisation.objects.all()])

reader = Client(HTTP_HOST="localhost")
print("reader", seen(reader))
print("stream", "副本党支部" in reader.get("/api/v1/organisations/?format=csv").getvalue().decode())
print("after", [str(row) for row in Organisation.objects.all()])

user = User.objects.create_user("editor")
user.user_permissions.set(Permission.objects.filter(codename="add_organisation"))
_, key = Token.objects.make(name="工具", user=user, can_write=True)
writer = Client(HTTP_HOST="localhost", headers={"authorization": f"Bearer {key}"})
print("before", seen(writer))
made = writer.post(
    "/api/v1/organisations/",
    {"name": "新党支部", "category": "party_branch"},
    content_type="application/json",
)
print("made", made.status_code, made.cookies["kb_written"]["max-age"])
print("writer", seen(writer))
writer.cookies.clear()
print("later", seen(writer))
refused = reader.post("/api/v1/organisations/", {}, content_type="application/json")
print("refused", refused.status_code, "kb_written" in refused.cookies)

from django.db import connections
replica = connections["replica1"]
replica.close()
file = replica.settings_dict["NAME"]
os.rename(file, file + ".kept")
os.mkdir(file)
print("away", seen(reader))
os.rmdir(file)
os.rename(file + ".kept", file)
print("soon", seen(reader))
from kb import replicas
replicas.time.monotonic = lambda kept=replicas.time.monotonic: kept() + replicas.AWAY
print("back", seen(reader))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replicas")
    primary, replica = folder / "primary.sqlite3", folder / "replica.sqlite3"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE")},
        "DJANGO_SETTINGS_MODULE": "kb.settings",
        "DATABASE_URL": f"sqlite:///{primary}",
    }
    run([str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], environment)
    shutil.copy(primary, replica)
    environment["DATABASE_REPLICA_URL"] = f"sqlite:///{replica}"
    lines = run(["-c", SCRIPT], environment).splitlines()
    return dict(line.split(" ", 1) for line in lines)


def run(arguments, environment):
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_request_that_reads_is_answered_by_the_replica(told):
    assert told["reader"] == "['副本党支部']"
    assert told["stream"] == "True"


def test_commands_stay_with_the_primary(told):
    assert told["command"] == told["after"] == "['主库党支部']"


def test_tokens_are_read_from_the_primary(told):
    assert told["before"] == "['副本党支部']"


def test_whoever_has_written_reads_what_he_wrote_for_some_seconds(told):
    assert told["made"] == "201 5"
    assert told["writer"] == "['主库党支部', '新党支部']"
    assert told["later"] == "['副本党支部']"


def test_where_the_replica_cannot_be_read_the_primary_answers(told):
    assert told["away"] == "['主库党支部', '新党支部']"


def test_a_replica_that_failed_is_asked_again_after_a_while(told):
    assert (told["soon"], told["back"]) == ("['主库党支部', '新党支部']", "['副本党支部']")


def test_a_request_that_was_refused_has_written_nothing(told):
    assert told["refused"] == "401 False"
