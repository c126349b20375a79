"""Two imports at the same time into one PostgreSQL database."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection

from importers import load_again
from importers.load_again import again
from kb import models
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
PAGE = """夜校办到家门口

　　本报讯（记者 林溪）固阳县白桦镇党委推出“小马灯”夜校项目，办班{number}余场。
今年以来，柳叶村党支部和青杨社区党支部联合开展“同唱一支歌”文化服务活动{number}次。
"""


@pytest.fixture
def without_pauses(monkeypatch):
    monkeypatch.setattr(load_again, "PAUSE", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [IntegrityError, OperationalError])
def test_a_transaction_that_met_another_is_tried_again(without_pauses, error):
    outcomes = [error("两者相遇"), error("又相遇"), "已写入"]

    def write():
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    assert again(write) == "已写入"


@pytest.mark.django_db
def test_what_is_refused_every_time_is_an_error(without_pauses):
    tries = []

    def write():
        tries.append(1)
        raise IntegrityError("坏的行")

    with pytest.raises(IntegrityError, match="坏的行"):
        again(write)
    assert len(tries) == load_again.ATTEMPTS


def import_beside(files):
    """An import of these files in a process of its own, into the database of this test."""
    host, port, user, password, name = (
        connection.settings_dict[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")
    )
    url = f"postgres://{user}{':' if password else ''}{password}@{host}:{port}/{name}"
    command = [sys.executable, "manage.py", "import_pages", "--force", *map(str, files)]
    return subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time")
@pytest.mark.django_db(transaction=True)
def test_both_imports_end_well_and_store_every_name_once(tmp_path):
    files = [tmp_path / f"{number:02}.txt" for number in range(12)]
    for number, path in enumerate(files, 10):
        path.write_text(PAGE.format(number=number), encoding="utf-8")
    both = [import_beside(files), import_beside([*reversed(files[6:]), *files[:6]])]
    told = [process.communicate(timeout=PATIENCE)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert models.Page.objects.count() == len(files)
    assert models.InitiativeName.objects.filter(name="“小马灯”夜校项目").count() == 1
    assert models.Organisation.objects.filter(name__endswith="白桦镇党委").count() == 1
    assert models.Metric.objects.filter(text__endswith="次").count() == len(files)


@pytest.mark.django_db
def test_a_database_that_is_down_is_waited_for(without_pauses, monkeypatch):
    down = OperationalError("connection refused")
    down.__cause__ = psycopg.OperationalError("connection refused")
    outcomes = [down] * 40

    def write():
        if outcomes:
            raise outcomes.pop()
        return "已写入"

    assert again(write, patience=60) == "已写入"
    outcomes = [down] * 40
    with pytest.raises(OperationalError, match="refused"):
        again(write)
