"""A database that cannot be used stops an import with a clear word, and never a worker."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError
from rest_framework.test import APIClient

from api.models import Token
from importers import queue, run
from importers.management.commands import import_jobs, import_pages
from kb.models import Page

TEXT = "灯下夜校\n\n　　本报讯（记者 林溪）固阳县白桦镇推出“小马灯”夜校项目，办班12场。\n"


def down(*_, **__):
    error = OperationalError("connection to server failed")
    error.__cause__ = psycopg.OperationalError("connection to server failed")
    raise error


@pytest.fixture
def without_waiting(monkeypatch):
    monkeypatch.setattr(import_pages, "PATIENCE", 0)
    monkeypatch.setattr("importers.load_again.PAUSE", 0)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["load_gazetteer_places", "stored_versions", "load_page"])
def test_an_import_stops_and_says_how_to_go_on(page, without_waiting, monkeypatch, step):
    monkeypatch.setattr(run, step, down)
    with pytest.raises(CommandError, match=r"数据库不能使用.*重新运行同一命令"):
        call_command("import_pages", str(page), verbosity=0)
    assert not Page.objects.exists()
    monkeypatch.undo()
    call_command("import_pages", str(page), verbosity=0)
    assert Page.objects.count() == 1


@pytest.mark.django_db
def test_pages_stored_together_are_not_tried_one_by_one_where_nothing_can_be_stored(
    page, without_waiting, monkeypatch
):
    page.with_name("other.txt").write_text(TEXT.replace("12场", "13场"), encoding="utf-8")
    alone = []
    monkeypatch.setattr(run, "load_pages", down)
    monkeypatch.setattr(run, "load_page", lambda *_, **__: alone.append(1))
    with pytest.raises(CommandError, match="数据库不能使用"):
        call_command("import_pages", str(page.parent), verbosity=0)
    assert not alone


@pytest.mark.django_db
def test_a_fault_of_the_program_is_not_taken_for_an_outage(page, without_waiting, monkeypatch):
    def broken(*_, **__):
        raise ProgrammingError("no such column")

    monkeypatch.setattr(run, "load_gazetteer_places", broken)
    with pytest.raises(ProgrammingError):
        call_command("import_pages", str(page), verbosity=0)


@pytest.mark.django_db
def test_a_worker_outlives_an_outage(monkeypatch, caplog):
    worker, turns = import_jobs.Command(), []

    def turn():
        turns.append(1)
        if len(turns) == 1:
            down()
        worker.stopping = True
        return False

    monkeypatch.setattr(worker, "turn", turn)
    monkeypatch.setattr(import_jobs.signal, "signal", lambda *_: None)
    worker.handle(once=False, pause=0)
    assert len(turns) == 2
    assert "数据库暂时不能使用" in caplog.text


@pytest.mark.django_db
def test_a_page_handed_in_meanwhile_is_refused_for_a_while(admin_user, without_waiting, monkeypatch):
    _, key = Token.objects.make(name="投稿", user=admin_user, can_import=True)
    monkeypatch.setattr(run, "load_page", down)
    client = APIClient(headers={"authorization": f"Bearer {key}"})
    answer = client.post("/api/v1/pages/", {"text": TEXT}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert not Page.objects.exists()
    assert not queue.ImportJob.objects.exists()
