"""An installation to be maltreated: its database, its commands as processes, its server, pages to import."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from tests.patience import PATIENCE, until
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "pages"
PAGE = """夜校办到家门口

　　本报讯（记者 林溪）固阳县白桦镇党委推出“小马灯”夜校项目，办班{number}余场。
今年以来，柳叶村党支部和青杨社区党支部联合开展“同唱一支歌”文化服务活动{number}次，服务群众{number}人次。
"""


def write_pages(folder: Path, count: int) -> Path:
    """A folder with so many different pages that all name the same bodies."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(10, 10 + count):
        (folder / f"{number:05}.txt").write_text(PAGE.format(number=number), encoding="utf-8")
    return folder


@dataclass
class Installation:
    """A database by its address, and the processes that work with it."""

    url: str
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        return {**os.environ, "DATABASE_URL": self.url, "PYTHONUNBUFFERED": "1", **self.extra}

    def start(self, *words: str, **more: object) -> subprocess.Popen[str]:
        """A management command as a process of its own."""
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, text=True,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True, **more},
        )  # fmt: skip

    def run(self, *words: str, check: bool = True) -> str:
        """What a management command wrote, both ways, once it is done."""
        process = self.start(*words)
        out, err = process.communicate(timeout=PATIENCE)
        if check and process.returncode:
            raise RuntimeError(f"{words}: {err[-2000:]}")
        return out + err

    def ask(self, expression: str) -> str:
        """What a Python expression gives in a shell of the installation; the models are at hand."""
        code = (
            "import django; django.setup(); from kb.models import *; from importers.models import ImportJob; "
            f"from api.models import Token; from django.contrib.auth.models import User; print({expression})"
        )
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "kb.settings"},
        )  # fmt: skip
        return done.stdout.strip()

    def row(self, query: str) -> tuple[Any, ...]:
        """The first row of a query, asked of the database itself."""
        connect = psycopg.connect if self.url.startswith("postgres") else sqlite3.connect
        address = self.url if self.url.startswith("postgres") else self.url.removeprefix("sqlite:///")
        with closing(connect(address)) as connection:  # type: ignore[operator]
            return tuple(connection.execute(query).fetchone())

    def token(self) -> str:
        """The key of a new token that may do everything."""
        return self.ask(
            "Token.objects.make(name='chaos', can_write=True, can_import=True, user=User.objects.filter("
            "is_superuser=True).first() or User.objects.create_superuser('chief'))[1]"
        )

    @contextmanager
    def server(self, **more: object) -> Iterator["Server"]:
        """The web server of `make run`, on a port of its own."""
        port = free_port()
        command = [
            str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "kb.wsgi:application",
            "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "8",
            "--no-ws",
        ]  # fmt: skip
        log: object = more.get("log", subprocess.DEVNULL)
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)  # type: ignore[call-overload]  # noqa: S603
        server = Server(process, f"http://127.0.0.1:{port}")
        try:
            server.wait()
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)


@dataclass
class Server:
    """A running web server."""

    process: "subprocess.Popen[bytes]"
    url: str

    def wait(self) -> None:
        """Returns once it answers."""
        until(self.answers, "an answer of the server")

    def answers(self) -> bool:
        """Whether it answers already. Raises RuntimeError where it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError("the server has ended")
        try:
            httpx.get(f"{self.url}/static/web/icon.svg", timeout=20)
        except httpx.HTTPError:
            return False
        return True

    def memory(self) -> int:
        """Kilobytes that its processes hold."""
        found = subprocess.run(  # noqa: S603
            ["ps", "-o", "rss=", "--ppid", str(self.process.pid), "-p", str(self.process.pid)],  # noqa: S607
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return sum(map(int, found.stdout.split()))


TABLES = (
    "page", "article", "organisation", "initiative", "initiativename", "metric", "placemention",
    "organisationmention", "initiativemention",
)  # fmt: skip
"""What an import fills; two bases of the same pages hold the same numbers of rows."""

COUNTS = "select " + ", ".join(f"(select count(*) from kb_{table})" for table in TABLES)  # noqa: S608

HALVES = """select
  (select count(*) from kb_page p where not exists (select 1 from kb_article a where a.page_id = p.id)),
  (select count(*) from kb_article a where not exists (select 1 from kb_metric m where m.article_id = a.id)),
  (select count(*) - count(distinct sha256) from kb_page),
  (select count(*) from (select 1 as n from kb_initiative group by name, city_id having count(*) > 1) t)
"""
"""Pages without articles, articles without their figures, pages twice, initiatives twice: all are to be 0."""
