"""The services of docker-compose.yml as processes: their commands, their variables, no privileges."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests.containers.composed import copied, image_command, image_variables, services
from tests.databases import ROOT, server, url_of
from tests.patience import PATIENCE, until
from tests.ports import free_port

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the services work on PostgreSQL"),
    pytest.mark.django_db,
]
ACCOUNT = 10001


def interpreter() -> list[str]:
    """The Python of the tests, or one of the same version that any account may start."""
    real = Path(sys.executable).resolve()
    if os.geteuid() or all(parent.stat().st_mode & stat.S_IXOTH for parent in real.parents):
        return [sys.executable]
    other = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin")
    assert other, f"an account without privileges cannot start {real}"
    return [other]


class Stack:
    """The services on this machine: the folders of the volumes, a database, the code that none may write."""

    def __init__(self, folder: Path, url: str):
        self.folder, self.url = folder, url
        self.app, self.port = folder / "app", free_port()
        self.services = services()
        self.running: list[subprocess.Popen] = []
        for name in copied():
            source, target = ROOT / name, self.app / name
            target.parent.mkdir(exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        for path in (folder, self.app, *self.app.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for name in ("secrets", "backups", "tmp"):
            folder.chmod(0o755)
            (folder / name).mkdir()
            if not os.geteuid():
                os.chown(folder / name, ACCOUNT, ACCOUNT)

    def place(self, value: str) -> str:
        """A value that means this machine instead of the containers."""
        value = re.sub(r"^postgres://kb@db:5432/kb$", self.url, value)
        return re.sub(r"^(/var/lib/kb|(?=/tmp/))", str(self.folder), value)

    def variables(self, name: str) -> dict[str, str]:
        """What a service is told, as the image and the service say."""
        said = image_variables() | self.services[name].get("environment", {})
        packages = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
        own = {
            "PATH": f"{self.folder / 'bin'}:/usr/bin:/bin",
            "PYTHONPATH": packages,
            "TMPDIR": str(self.folder / "tmp"),
        }
        return {key: self.place(str(value)) for key, value in said.items()} | own

    def command(self, name: str) -> list[str]:
        """What a service runs, as an account without privileges."""
        said = [self.place(word) for word in self.services[name].get("command") or image_command()]
        if "--port" in said:
            said[said.index("--port") + 1] = str(self.port)
        if said[0] == "granian":
            said[:1] = ["python", "-m", "granian"]
        less = [
            "setpriv",
            f"--reuid={ACCOUNT}",
            f"--regid={ACCOUNT}",
            "--clear-groups",
            "--bounding-set=-all",
        ]
        return [*([] if os.geteuid() else [*less, "--no-new-privs"]), *said]

    def start(self, name: str) -> subprocess.Popen:
        """Starts a service; its output goes to a file."""
        with (self.folder / f"{name}.log").open("w") as log:
            process = subprocess.Popen(  # noqa: S603
                self.command(name), cwd=self.app, env=self.variables(name), stdout=log, stderr=log
            )
        self.running.append(process)
        return process

    def run(self, name: str) -> str:
        """Runs a service that ends by itself; what it said."""
        assert self.start(name).wait(PATIENCE) == 0, self.log(name)
        return self.log(name)

    def log(self, name: str) -> str:
        """What a service has said so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def get(self, path: str):
        """The answer of the web service."""
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE)


def so(condition, process):
    """Waits until something is so, as long as the process lives."""
    until(lambda: condition() or process.poll() is not None)
    assert process.poll() is None, "it ended"


@pytest.fixture
def stack():
    """The stack with an empty database that belongs to an account of its own, whose password is a secret."""
    folder = Path(tempfile.mkdtemp(prefix="kb-stack-"))  # pytest keeps its folders from other accounts
    name = f"kb_{uuid.uuid4().hex[:12]}"
    owner = sql.Identifier(name)
    with server() as maintenance:
        maintenance.execute(sql.SQL("CREATE ROLE {} LOGIN").format(owner))
        maintenance.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(owner, owner))
        made = Stack(folder, url_of(name, user=name))
        (folder / "bin").mkdir()
        (folder / "bin" / "python").symlink_to(interpreter()[0])
        yield made
        for process in made.running:
            if process.poll() is None:
                process.kill()
                process.wait()
        maintenance.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(owner))
        maintenance.execute(sql.SQL("DROP ROLE {}").format(owner))
    shutil.rmtree(folder)


def ends_well(process):
    """Whether a process has come so far that it does not just die when it is asked to end."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    caught = int(re.search(r"^SigCgt:\s+(\w+)", status, re.MULTILINE)[1], 16)
    return caught >> (signal.SIGTERM - 1) & 1


def set_password(stack):
    """What the image of PostgreSQL does at its first start."""
    password = (stack.folder / "secrets" / "database_password").read_text().strip()
    with server() as maintenance:
        role = sql.Identifier(stack.url.split("//")[1].split(":")[0].split("@")[0])
        maintenance.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(password)))


def answers(stack, path):
    try:
        return stack.get(path).status == 200
    except OSError:
        return False


def test_the_stack_comes_up_works_and_goes_down(stack):
    assert settings.DATABASES["default"]["HOST"]
    stack.run("secrets")
    set_password(stack)
    told = stack.run("migrate")
    password = (stack.folder / "secrets" / "admin_password").read_text().strip()
    assert "密码 取自 KB_ADMIN_PASSWORD" in told
    assert password not in told

    web = stack.start("web")
    so(lambda: answers(stack, "/health/live"), web)
    workers = [stack.start(name) for name in ("worker", "webhooks")]
    assert json.load(stack.get("/health/ready"))["status"] == "ok"
    found = json.load(stack.get("/api/v1/initiatives/?kind=brand&city=150100"))["results"]
    assert found
    assert found[0]["evidence"]
    with stack.get("/admin/login/") as page:
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    lines = [json.loads(line) for line in stack.log("web").splitlines() if line.startswith("{")]
    assert {"/api/v1/initiatives/", "/admin/login/"} <= {line.get("path") for line in lines}

    backup = stack.start("backup")
    so(lambda: any(path.suffix == ".dump" for path in (stack.folder / "backups").iterdir()), backup)
    _, *check = stack.services["backup"]["healthcheck"]["test"]
    stack.services["check"] = {**stack.services["backup"], "command": check}
    stack.run("check")

    until(lambda: all(map(ends_well, (web, backup, *workers))))
    for process in (web, backup, *workers):
        process.send_signal(signal.SIGTERM)
    assert [process.wait(PATIENCE) for process in (web, backup, *workers)] == [0, 0, 0, 0], stack.log("web")


def test_the_web_service_does_not_start_with_a_bad_secret(stack):
    (stack.folder / "secrets" / "secret_key").write_text("changeme")
    (stack.folder / "secrets" / "database_password").write_text("x")
    assert stack.start("web").wait(PATIENCE) != 0
    assert "SECRET_KEY 太短" in stack.log("web")


def test_an_open_admin_keeps_the_stack_from_coming_up(stack):
    stack.run("secrets")
    set_password(stack)
    stack.run("migrate")
    code = "import django; django.setup(); from django.contrib.auth.models import User as U; u = U.objects.get(); u.set_password('admin'); u.save()"  # noqa: E501
    stack.services["slip"] = {**stack.services["migrate"], "command": ["python", "-c", code]}
    stack.services["slip"]["environment"]["DJANGO_SETTINGS_MODULE"] = "kb.settings"
    stack.run("slip")
    assert stack.start("migrate").wait(PATIENCE) != 0
    assert "changepassword admin" in stack.log("migrate")
