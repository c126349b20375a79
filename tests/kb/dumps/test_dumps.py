"""A dump holds everything, comes back byte for byte, and says what is wrong with it."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from kb.changes import attributed, newest_number
from kb.dumps.export import CHECKSUMS
from kb.dumps.tables import DUMPED, LEFT_OUT, tables
from kb.merging.merge import merge
from kb.models import Distinct, Doubt, Initiative, Place
from tests.factories import DivergenceFactory, DoubtFactory, OrganisationFactory, PlaceFactory
from tests.world import build_world

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(transactional_db, django_user_model):
    """A world with one of everything, its feed, and a doubt that a person decided."""
    empty()
    world = build_world()
    person = django_user_model.objects.create(username="审核")
    DoubtFactory(article=world.hohhot_article, candidates=[{"b": 1.0, "a": "“引号”\n"}], decided_by=person)
    DivergenceFactory(row=world.hours, decided_by=person)
    world.lark.lock(["name", "kind"])
    world.lark.save()
    with attributed("审核"):
        for model in [model for model in apps.get_app_config("kb").get_models() if hasattr(model, "history")]:
            model.objects.first().save()
        merge(OrganisationFactory(), world.team)
    Distinct.objects.create(resource="places", lower_id=world.town.pk, upper_id=world.town.pk + 1)
    yield world
    empty()


def empty():
    """Leaves no row behind; emptying a table is a change too, so the feed is emptied last."""
    for name in [*reversed(DUMPED), "kb_change"]:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608


def dump(folder):
    call_command("export_dump", str(folder), stdout=open("/dev/null", "w"))  # noqa: SIM115
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def restored(folder):
    call_command("restore_dump", str(folder), stdout=open("/dev/null", "w"))  # noqa: SIM115


def test_every_table_of_the_knowledge_base_is_dumped_or_left_out_for_a_reason():
    models = apps.get_app_config("kb").get_models(include_auto_created=True)
    names = {model._meta.db_table for model in models if model._meta.managed}
    assert names - set(DUMPED) - set(LEFT_OUT) == set(), "decide in kb/dumps/tables.py"
    assert set(DUMPED) <= names


def test_a_round_trip_gives_the_same_bytes(stored, tmp_path):
    first = dump(tmp_path / "first")
    counts = {name: text.count(b"\n") for name, text in first.items() if name.endswith(".jsonl")}
    assert all(counts.values()), counts
    empty()
    restored(tmp_path / "first")
    assert dump(tmp_path / "second") == first


def test_what_was_restored_is_found_linked_and_followed_by_new_records(stored, tmp_path):
    dump(tmp_path / "dump")
    cursor = json.loads((tmp_path / "dump" / "schema.json").read_text())["changes_cursor"]
    ids = set(Place.objects.values_list("pk", flat=True))
    empty()
    restored(tmp_path / "dump")
    assert Initiative.objects.with_text("云雀").get().organisers.get().name == "新城区石榴花志愿服务队"
    assert newest_number() == int(cursor)
    assert PlaceFactory().pk not in ids
    assert newest_number() > int(cursor)


def test_a_dump_of_one_database_is_that_of_the_other(stored, tmp_path):
    """SQLite, in a process of its own, gives the same bytes for a dump that came from here."""
    first = dump(tmp_path / "first")
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    for command in (
        ["migrate", "-v", "0"],
        ["restore_dump", str(tmp_path / "first")],
        ["export_dump", str(tmp_path / "back")],
    ):
        manage(other, *command)
    assert {path.name: path.read_bytes() for path in sorted((tmp_path / "back").iterdir())} == first


def manage(url, *command):
    """Runs a command on another database."""
    environment = {"DATABASE_URL": url, "PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 50}
    arguments = [sys.executable, "manage.py", *command]
    subprocess.run(arguments, cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603


def test_accounts_are_no_part_of_a_dump(stored, tmp_path):
    assert Doubt.objects.get(divergence=None).decided_by is not None
    rows = [orjson.loads(line) for line in dump(tmp_path / "dump")["doubt.jsonl"].splitlines()]
    assert {row["decided_by_id"] for row in rows} == {None}


def test_the_checksums_are_those_of_sha256sum(stored, tmp_path):
    dump(tmp_path / "dump")
    subprocess.run(  # noqa: S603
        ["/usr/bin/sha256sum", "--strict", "--quiet", "-c", CHECKSUMS], cwd=tmp_path / "dump", check=True
    )


def test_the_schema_describes_every_column_in_chinese(stored, tmp_path):
    schema = json.loads(dump(tmp_path / "dump")["schema.json"])
    for table, told in zip(tables(), schema["tables"], strict=True):
        assert [column["name"] for column in told["columns"]] == [field.column for field in table.columns]
        assert any(
            "一" <= sign <= "鿿" for sign in told["label"] + "".join(c["label"] for c in told["columns"])
        )


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / CHECKSUMS).unlink(), "没有完成"),
        (lambda folder: (folder / "place.jsonl").unlink(), "缺少文件"),
        (lambda folder: (folder / "metric.jsonl").open("ab").write(b"{}\n"), "校验和不符"),
    ],
)
def test_a_damaged_dump_is_refused(stored, tmp_path, harm, words):
    dump(tmp_path / "dump")
    empty()
    harm(tmp_path / "dump")
    with pytest.raises(CommandError, match=words):
        restored(tmp_path / "dump")
    assert not Place.objects.exists()


def test_a_database_that_holds_records_is_left_alone(stored, tmp_path):
    dump(tmp_path / "dump")
    with pytest.raises(CommandError, match="不是空的"):
        restored(tmp_path / "dump")


def test_a_folder_that_holds_files_is_left_alone(stored, tmp_path):
    (tmp_path / "mine.txt").write_text("我的")
    with pytest.raises(CommandError, match="不是空的"):
        dump(tmp_path)


def test_one_file_for_datasette(stored, tmp_path):
    path = tmp_path / "kb.sqlite"
    call_command("export_dump", sqlite=path, stdout=open("/dev/null", "w"))  # noqa: SIM115
    file = sqlite3.connect(path)
    file.row_factory = sqlite3.Row
    found = {row["名称"]: row for row in file.execute('SELECT * FROM "举措一览"')}
    lark = found["“云雀”志愿服务品牌"]
    assert (lark["类别"], lark["盟市"], lark["组织者"]) == ("品牌", "呼和浩特市", "新城区石榴花志愿服务队")
    [hours] = file.execute("""SELECT * FROM "数据一览" WHERE "单位" = '小时'""")
    assert (hours["数值"], hours["限定"], hours["文章"]) == (350000, "余", "云雀飞进寻常巷")
    for view in ("组织一览", "地名一览", "文章一览"):
        assert len(list(file.execute(f'SELECT * FROM "{view}"'))) >= 2  # noqa: S608
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    names = {row["name"] for row in file.execute("SELECT name FROM sqlite_master")}
    assert not {name for name in names if name.startswith(("historical", "merge", "change"))}
    assert {row["table"] for row in file.execute("PRAGMA foreign_key_list(metric)")} >= {"place", "article"}
    with pytest.raises(CommandError, match="已经存在"):
        call_command("export_dump", sqlite=path)
