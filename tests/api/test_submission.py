"""Pages handed in over HTTP are imported as files are."""

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings
from rest_framework.test import APIClient

from api.models import Token
from importers.extract_command import run
from importers.models import ImportJob
from kb.models import Article, Change, Metric, Page
from tests.api.clients import with_token

TEXT = """暖流进万家
本报讯（记者 林溪）今年以来，呼和浩特市新城区组建志愿服务队12支，累计开展“暖流”志愿服务活动360余次，
服务群众9800人次。
"""
PAGES, EXTRACT = "/api/v1/pages/", "/api/v1/extract/"


@pytest.fixture
def person(db):
    user = User.objects.create_user("daoru")
    user.user_permissions.set(Permission.objects.filter(codename="add_page"))
    return user


@pytest.fixture
def tool(person):
    return with_token(person, "采集", can_import=True)


def upload(client, data, name="a.txt", path=PAGES, **more):
    return client.post(path, {"file": SimpleUploadedFile(name, data), **more}, format="multipart")


def test_a_submitted_page_is_stored_once(tool):
    data = {"text": TEXT, "name": "a.txt", "newspaper": "云岭日报", "issue_date": "2025-03-01"}
    first = tool.post(PAGES, data)
    assert first.status_code == 200, first.content
    answer = first.json()
    assert (answer["outcome"], answer["counts"]["pages"]) == ("created", {"created": 1})
    page = tool.get(answer["page"]["url"]).json()
    assert (page["name"], page["publication"], page["issue_date"]) == (
        "a.txt",
        "云岭日报",
        "2025-03-01",
    )
    [article] = answer["articles"]
    assert "360余次" in {metric["text"] for metric in tool.get(article["url"]).json()["metrics"]}
    again = tool.post(PAGES, data).json()
    assert again == {**answer, "outcome": "unchanged", "counts": {"pages": {"unchanged": 1}}}
    assert Page.objects.count() == 1


def test_what_is_stored_is_what_import_pages_stores(tool, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    call_command("import_pages", tmp_path, verbosity=0)
    answer = upload(tool, TEXT.encode()).json()
    assert answer["outcome"] == "unchanged"
    assert tool.post(PAGES, {"text": TEXT}).json()["page"] == answer["page"]


def test_new_facts_of_a_known_page_update_it(tool):
    tool.post(PAGES, {"text": TEXT})
    assert Page.objects.get().home_city.name == "呼和浩特市"
    answer = tool.post(PAGES, {"text": TEXT, "home_city": "鄂尔多斯"}).json()
    assert answer["outcome"] == "updated"
    assert Page.objects.get().home_city.name == "鄂尔多斯市"


def test_what_is_not_given_again_stays_as_it_was(tool):
    first = {"text": TEXT, "name": "a.txt", "newspaper": "云岭日报", "home_city": "包头"}
    tool.post(PAGES, first)
    assert tool.post(PAGES, {"text": TEXT}).json()["outcome"] == "unchanged"
    assert upload(tool, TEXT.encode(), "b.txt").json()["outcome"] == "unchanged"
    assert tool.post(PAGES, {"text": TEXT, "issue_date": "2025-03-01"}).json()["outcome"] == "updated"
    page = Page.objects.get()
    assert (page.source_file, page.publication.name, page.home_city.name) == ("a.txt", "云岭日报", "包头市")
    assert page.issue_date.isoformat() == "2025-03-01"
    assert tool.post(PAGES, {"text": TEXT, "issue_date": "2025-03-01"}).json()["outcome"] == "unchanged"


def test_a_known_page_takes_the_name_that_is_given(tool):
    tool.post(PAGES, {"text": TEXT})
    renamed = tool.post(PAGES, {"text": TEXT, "name": "b.txt"}).json()
    assert (renamed["outcome"], renamed["page"]["name"]) == ("updated", "b.txt")
    assert tool.post(PAGES, {"text": TEXT, "name": "b.txt"}).json()["outcome"] == "unchanged"


def test_a_page_that_was_taken_away_stays_away(tool):
    tool.post(PAGES, {"text": TEXT})
    Page.objects.update(state="rejected")
    for data in ({"text": TEXT}, {"text": TEXT, "issue_date": "2025-03-01"}):
        answer = tool.post(PAGES, data).json()
        assert (answer["outcome"], answer["page"]) == ("rejected", None)
        assert answer["counts"] == {"pages": {"rejected": 1}}


def test_a_signed_in_person_hands_in_and_is_named_in_the_changes(person):
    client = APIClient()
    client.force_login(person)
    assert client.post(PAGES, {"text": TEXT}).status_code == 200
    assert Change.objects.get(resource="pages").by == "daoru"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_a_file_is_taken_in_its_own_encoding(tool, encoding):
    text = TEXT.replace("“", "「").replace("”", "」") if encoding == "big5" else TEXT
    text = "雲嶺鎮\n本報訊（記者 林溪）今年以來，鎮裡開展服務活動360餘次。\n" if encoding == "big5" else text
    answer = upload(tool, text.encode(encoding))
    assert answer.status_code == 200, answer.content
    assert Page.objects.get().raw_text == text


def test_a_web_page_is_read_without_its_menus(tool):
    line = TEXT.splitlines()[1]
    paragraphs = "".join(f"<p>{line}第{n}项工作也已完成，群众十分满意。</p>" for n in range(4))
    article = f"<article><h1>暖流进万家</h1>{paragraphs}</article>"
    source = f"<html><head><title>暖流进万家</title></head><body><nav>首页</nav>{article}</body></html>"
    answer = upload(tool, source.encode(), "a.html")
    assert answer.status_code == 200, answer.content
    assert Metric.objects.filter(text="360余次").exists()
    assert "首页" not in Page.objects.get().raw_text


def test_extract_answers_what_the_command_prints_and_stores_nothing(tool, tmp_path, capsys):
    answer = tool.post(EXTRACT, {"text": TEXT, "name": "a.txt"})
    assert answer.status_code == 200, answer.content
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run([tmp_path / "a.txt"]) == 0
    assert answer.json() == json.loads(capsys.readouterr().out)
    assert answer.json()["articles"][0]["metrics"]
    assert not Page.objects.exists()


@pytest.mark.parametrize("path", [PAGES, EXTRACT])
@pytest.mark.parametrize(
    ("data", "param"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "甲\0乙"}, "text"),
        ({"text": TEXT, "issue_date": "gestern"}, "issue_date"),
        ({"text": TEXT, "home_city": "云岭市"}, "home_city"),
        ({"text": TEXT, "titel": "x"}, "titel"),
        ({"text": TEXT, "name": 7}, "name"),
        ([TEXT], ""),
    ],
)
def test_what_is_no_page_is_refused(tool, path, data, param):
    answer = tool.post(path, data)
    assert answer.status_code == 400, answer.content
    if data != {"text": "   "}:
        assert [error["param"] for error in answer.json()["errors"]] == [param]
    assert not Page.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1", "NUL"),
        (b"\xef\xbb\xbf\xff\xfe\xfd abc", "utf-8"),
        (bytes(range(0x80, 0x100)) * 3, "编码无法识别"),
        (TEXT.encode()[:-3], "中断"),
        (b" \r\n", "空"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(tool, content, words):
    answer = upload(tool, content)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_page"), answer.content
    assert words in answer.json()["detail"]
    assert "/tmp" not in answer.json()["detail"]  # noqa: S108 - no path of ours is told


def test_a_file_of_another_kind_is_refused(tool):
    answer = upload(tool, b"%PDF-1.7", "a.pdf")
    assert (answer.status_code, answer.json()["errors"][0]["param"]) == (400, "file")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd"])
def test_a_name_leads_nowhere_else(tool, name):
    answer = tool.post(PAGES, {"text": TEXT, "name": name})
    assert answer.json()["page"]["name"] == "passwd"


@override_settings(KB_SUBMIT_LIMIT=1000, KB_SUBMIT_AT_ONCE=500)
def test_too_much_is_refused(tool):
    too_long = (TEXT * 10).encode()
    for answer in (upload(tool, too_long), tool.post(PAGES, {"text": too_long.decode()})):
        assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (
            413,
            "payload_too_large",
            1000,
        )
    assert upload(tool, too_long[:800], path=EXTRACT).status_code == 413


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"text": NaN}', "NaN"),
        (b'{"text": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "嵌套"),
        (b'{"text": ', "第 1 行"),
    ],
)
def test_it_is_said_what_is_wrong_with_json(tool, content, words):
    answer = tool.post(PAGES, content, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
    assert words in answer.json()["detail"]


def test_it_is_said_that_a_nul_is_one(tool):
    [error] = tool.post(PAGES, {"text": "甲\0乙"}).json()["errors"]
    assert "NUL" in error["detail"]


def test_a_text_in_escapes_may_be_as_long_as_any(tool, settings):
    settings.KB_SUBMIT_AT_ONCE = 10
    text = TEXT + "鹿苑镇的志愿服务。" * 55_000  # 1.5 MB, and twice that in escapes
    answer = tool.post(PAGES, json.dumps({"text": text}), content_type="application/json")
    assert answer.status_code == 202, answer.content


@override_settings(KB_SUBMIT_LIMIT=1000)
def test_far_too_much_is_refused_before_it_is_read(tool, monkeypatch):
    monkeypatch.setattr("api.viewsets.submit.submitted", None)
    assert upload(tool, b"a" * 70_000).status_code == 413


@override_settings(KB_QUEUE_LIMIT=2, KB_SUBMIT_AT_ONCE=10)
def test_a_queue_that_is_full_takes_no_more_until_there_is_room(tool):
    waiting = [tool.post(PAGES, {"text": f"{TEXT}{n}"}).json()["id"] for n in range(2)]
    refused = tool.post(PAGES, {"text": f"{TEXT}third"})
    assert (refused.status_code, refused.json()["code"]) == (503, "queue_full")
    assert refused["Retry-After"] == "60"
    assert "2" in refused.json()["detail"]
    assert ImportJob.objects.count() == 2, "what was refused is not kept"
    again = tool.post(PAGES, {"text": f"{TEXT}0"})
    assert (again.status_code, again.json()["id"]) == (202, waiting[0]), "what waits already still waits"
    with override_settings(KB_SUBMIT_AT_ONCE=200_000):
        assert tool.post(PAGES, {"text": TEXT}).status_code == 200, "short pages need no queue"
    call_command("import_jobs", "--once", verbosity=0)
    assert tool.post(PAGES, {"text": f"{TEXT}third"}).status_code == 202


def test_handing_in_needs_the_scope_and_the_right(tool, person):
    Token.objects.update(can_import=False, can_write=True)
    refused = [tool.post(path, {"text": TEXT}) for path in (PAGES, EXTRACT)]
    assert [(each.status_code, each.json()["scope"]) for each in refused] == [(403, "can_import")] * 2
    Token.objects.update(can_import=True)
    person.user_permissions.clear()
    refused = [tool.post(path, {"text": TEXT}) for path in (PAGES, EXTRACT)]
    assert [(each.status_code, each.json()["right"]) for each in refused] == [(403, "kb.add_page")] * 2
    stranger = APIClient()
    assert [stranger.post(path, {"text": TEXT}).status_code for path in (PAGES, EXTRACT)] == [401, 401]
    assert not Page.objects.exists()


@pytest.fixture
def unhasty(settings):
    """Every page is too long to be imported at once."""
    settings.KB_SUBMIT_AT_ONCE = 10


def test_a_long_page_is_imported_by_the_worker(tool, unhasty):
    first = tool.post(PAGES, {"text": TEXT, "home_city": "呼和浩特市"})
    job = first.json()
    assert (first.status_code, job["state"], job["result"]) == (202, "queued", None)
    assert (first["Location"], first["Retry-After"]) == (job["url"], "2")
    assert tool.post(PAGES, {"text": TEXT, "home_city": "呼和浩特市"}).json() == job
    assert not Page.objects.exists()
    call_command("import_jobs", "--once", verbosity=0)
    done = tool.get(job["url"]).json()
    assert (done["state"], done["result"]["outcome"], done["error"]) == ("done", "created", "")
    assert len(done["result"]["articles"]) == Article.objects.count() == 1
    assert Change.objects.get(resource="pages").by == "daoru（令牌 采集）"
    assert bytes(ImportJob.objects.get().content) == b""
    again = tool.post(PAGES, {"text": TEXT, "home_city": "呼和浩特市"})
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")


def test_a_job_is_shown_to_those_who_may_import(tool, unhasty, person):
    url = tool.post(PAGES, {"text": TEXT}).json()["url"]
    assert APIClient().get(url).status_code == 401
    assert tool.get(url, {"x": "1"}).status_code == 400
    assert tool.get(url.replace(url[-5:-1], "0000")).status_code == 404
    person.user_permissions.clear()
    refused = tool.get(url)
    assert (refused.status_code, refused.json()["right"]) == (403, "kb.add_page")
