"""The whole API used over a socket as colleagues' tools use it: nothing of Django on the asking side."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import httpx
import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command

from api.models import Token
from tests.api import reconciliation as spec
from tests.patience import PATIENCE
from tests.world import build_world

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "integration.md"
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)

PAGE = """山泉流进新牧区
本报讯（记者 沈平）去年以来，包头市昆都仑区成立“山泉”志愿服务队8支，开展“山泉”志愿服务活动120余次，
服务群众3400人次。
"""


@pytest.fixture
def api(live_server, transactional_db):
    """A client with nothing but the address; `.world` is what is stored."""
    cache.clear()
    with httpx.Client(base_url=f"{live_server.url}/api/v1/", timeout=PATIENCE) as client:
        client.world = build_world()
        yield client


@pytest.fixture
def editor(api):
    """The same client with an editor's token that may write and import."""
    user = User.objects.create_superuser("bianji")
    _, key = Token.objects.make(name="采集", user=user, can_write=True, can_import=True)
    api.headers["Authorization"] = f"Bearer {key}"
    return api


def read(api, path, **params):
    answer = api.get(path, params=params or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_asking_summing_up_and_walking_through_pages(api):
    ids, address = [], "places/?page_size=3&ordering=name"
    while address:
        page = read(api, address)
        ids += [each["id"] for each in page["results"]]
        address = page["next"]
    assert len(ids) == len(set(ids)) == read(api, "places/", count="true")["count"]
    found = read(api, "initiatives/", city="青城", q="云雀", highlight="true", expand="cities")
    assert found["results"][0]["name"] == "“云雀”志愿服务品牌"
    [hours] = read(api, "metrics/", unit="小时", group_by="city")["results"]
    assert (hours["sum_low"], hours["sum_high"]) == (350000, None)
    [city, other] = read(api, "cities/compare/?city=150100&city=150600")["cities"]
    assert {city["code"], other["code"]} == {"150100", "150600"}
    assert read(api, "suggest/", q="hhht")["results"][0]["name"] == "呼和浩特市"


def test_a_list_taken_away_opens_in_excel_and_in_a_map(api):
    book = openpyxl.load_workbook(io.BytesIO(api.get("metrics/?format=xlsx").content))
    heading, *rows = book.active.iter_rows(values_only=True)
    column = heading.index("数值")
    assert 350000 in {row[column] for row in rows}
    text = api.get("metrics/", headers={"Accept": "text/csv", "Accept-Language": "en"}).content
    assert len(list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))) == len(rows)
    lines = api.get("metrics/?format=jsonl").text.splitlines()
    assert len([json.loads(line) for line in lines]) == len(rows)
    drawn = api.get("places/?format=geojson").json()
    assert all(len(each["geometry"]["coordinates"]) == 2 for each in drawn["features"] if each["geometry"])


def test_two_tools_that_write_do_not_overwrite_each_other(editor):
    address = f"organisations/{editor.world.team.id}/"
    seen = editor.get(address).headers["ETag"]
    assert editor.get(address, headers={"If-None-Match": seen}).status_code == 304
    assert editor.patch(address, json={"name": "青云志愿服务队"}).status_code == 428
    changed = editor.patch(address, json={"name": "青云志愿服务队"}, headers={"If-Match": seen})
    assert (changed.status_code, changed.json()["locked"]) == (200, ["name"])
    lost = editor.patch(address, json={"name": "白云志愿服务队"}, headers={"If-Match": seen})
    assert (lost.status_code, lost.json()["code"]) == (412, "precondition_failed")
    into = editor.post(
        "organisations/", json={"name": "青云志愿服务总队", "category": "volunteer_team"}
    ).json()
    etag = {"If-Match": changed.headers["ETag"]}
    assert editor.post(f"{address}merge/", json={"into": into["id"]}, headers=etag).status_code == 200
    moved = editor.get(address)
    assert (moved.status_code, moved.headers["Location"]) == (301, into["url"])


def test_a_mirror_follows_a_page_that_is_handed_in(editor):
    after = read(editor, "changes/", after=0, page_size=1000)["after"]
    only_read = editor.post("extract/", json={"text": PAGE})
    assert only_read.json()["articles"]
    assert read(editor, "changes/", after=after)["results"] == []
    first = editor.post("pages/", files={"file": ("a.txt", PAGE.encode())})
    again = editor.post("pages/", json={"text": PAGE, "name": "a.txt"})
    assert (first.json()["outcome"], again.json()["outcome"]) == ("created", "unchanged")
    told = read(editor, "changes/", after=after, page_size=1000)["results"]
    assert {"pages", "articles", "metrics"} <= {each["resource"] for each in told}
    of_the_page = [each for each in told if each["resource"] != "places"]  # the gazetteer is nobody's word
    assert {each["by"] for each in of_the_page} == {"bianji（令牌 采集）"}
    mirrored = [editor.get(each["url"]).json() for each in told if each["resource"] == "metrics"]
    assert "120余次" in {each["text"] for each in mirrored}


def test_a_reconciliation_client_matches_a_column_of_names(api):
    service = read(api, "reconcile/organisations/")
    spec.is_manifest(service)
    names = ["新城区石榴花志愿服务队", "没有这样的队伍"]
    queries = {f"q{number}": {"query": name} for number, name in enumerate(names)}
    found = api.post("reconcile/organisations/", data={"queries": json.dumps(queries)}).json()
    spec.is_result_batch(found, queries)
    [matched] = [each["id"] for answer in found.values() for each in answer["result"] if each["match"]]
    wanted = {"ids": [matched], "properties": [{"id": "city"}, {"id": "category"}]}
    added = api.post("reconcile/organisations/", data={"extend": json.dumps(wanted)}).json()
    spec.is_extension(added, [matched], ["city", "category"])
    assert added["rows"][matched]["city"][0]["str"] == "呼和浩特市"
    assert api.get(service["preview"]["url"].replace("{{id}}", matched)).status_code == 200
    assert api.get(service["view"]["url"].replace("{{id}}", matched)).status_code == 200


def test_names_are_matched_with_a_token_as_the_document_shows(api, settings, tmp_path):
    settings.KB_PUBLIC_READ = False
    _, key = Token.objects.make(name="报表", user=User.objects.create_user("duzhe"))
    [code] = [each for each in PYTHON.findall(DOCUMENT.read_text("utf-8")) if "reconcile" in each]
    code = code.replace("kb_…", key).replace("http://127.0.0.1:8000/api/v1/", str(api.base_url))
    (tmp_path / "名单.csv").write_text("组织\n没有这样的队伍\n新城区石榴花志愿服务队\n", "utf-8-sig")
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603
    assert done.stdout.decode().splitlines() == [
        "没有这样的队伍\t",
        f"新城区石榴花志愿服务队\t{api.world.team.pk}",
    ]
    assert api.post("reconcile/organisations/", data={"queries": "{}"}).status_code == 401


def test_a_stranger_is_told_what_is_wrong(api, settings):
    wrong = api.get("initiatives/?citty=青城")
    assert wrong.headers["Content-Type"].startswith("application/problem+json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_parameter")
    assert api.get(httpx.URL(api.base_url).join(wrong.json()["type"])).status_code == 200
    assert api.post("organisations/", json={"name": "甲"}).status_code in (401, 403)
    settings.KB_PUBLIC_READ = False
    assert api.get("initiatives/").status_code == 401


def test_datasette_serves_the_dump(world, tmp_path):
    path = tmp_path / "kb.sqlite"
    with open(os.devnull, "w") as silent:
        call_command("export_dump", sqlite=path, stdout=silent)

    def ask(address):
        command = [sys.executable, "-m", "datasette", str(path), "--get", address]
        done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603
        return done.stdout.decode()

    query = urlencode({"sql": 'SELECT * FROM "举措一览"', "_shape": "array"})
    rows = json.loads(ask(f"/kb.json?{query}"))
    assert "“云雀”志愿服务品牌" in {row["名称"] for row in rows}
    assert "举措一览" in ask("/kb")
