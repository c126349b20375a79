"""What strangers send: none of it runs, none of it is believed, none of it ends in a 5xx."""

import gzip
import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from api.models import Token
from kb.models import Article, Initiative, Metric, Page
from tests.factories import ArticleFactory, InitiativeFactory, InitiativeMentionFactory, PageFactory

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TEXT = "灯下夜校\n\n　　本报讯（记者 林溪）固阳县白桦镇推出“小马灯”夜校项目，办班12场。\n"


@pytest.fixture
def editor(world):
    user = User.objects.create_user("editor")
    user.groups.add(Group.objects.get(name="编辑"))
    return user


@pytest.fixture
def tool(editor):
    _, key = Token.objects.make(name="工具", user=editor, can_write=True, can_import=True)
    return APIClient(headers={"authorization": f"Bearer {key}"}, raise_request_exception=False)


@pytest.fixture
def hostile(world):
    """An article whose every word is a script; and an initiative of that name."""
    page = PageFactory(raw_text=SCRIPT, source_file=f"{SCRIPT}.txt")
    article = ArticleFactory(
        page=page, title=SCRIPT, column=SCRIPT[:20], body=f"夜校{SCRIPT}云雀", city=world.hohhot
    )
    named = InitiativeFactory(name=SCRIPT, kind="brand", city=world.hohhot)
    InitiativeMentionFactory(article=article, text=SCRIPT, initiative=named)
    return article


def test_words_of_a_page_are_no_script_anywhere(admin_client, hostile):
    initiative = Initiative.objects.get(name=SCRIPT)
    for path in (
        "/", "/cities/150100/", f"/articles/{hostile.pk}/", "/search/?q=夜校", f"/search/?q={SCRIPT}",
        "/lists/articles/", "/lists/initiatives/", "/lists/pages/",
        "/admin/kb/article/", f"/admin/kb/article/{hostile.pk}/change/", "/admin/kb/initiative/",
        f"/admin/kb/initiative/{initiative.pk}/change/", f"/admin/kb/page/{hostile.page_id}/change/",
        "/api/v1/articles/", f"/api/v1/articles/{hostile.pk}/", "/api/v1/articles/?q=夜校&highlight=true",
        f"/api/v1/initiatives/?name={SCRIPT}", "/overview/cities.svg",
    ):  # fmt: skip
        text = admin_client.get(path, headers={"accept": "text/html,*/*;q=0.1"}).content.decode()
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path


def test_a_highlight_is_plain_text_and_numbers(hostile):
    found = APIClient().get("/api/v1/articles/", {"q": "夜校", "highlight": "true"})
    assert found["Content-Type"].startswith("application/json")
    assert found["X-Content-Type-Options"] == "nosniff"
    shown = found.json()["results"][0]["highlight"]
    assert "<mark" not in json.dumps(shown)
    assert all(isinstance(number, int) for mark in shown["marks"] for number in mark)


@pytest.mark.parametrize(
    "more",
    [
        {"id": 1},
        {"origin": "manual"},
        {"state": "rejected"},
        {"locked": []},
        {"search_rank": 1},
        {"is_superuser": True},
        {"city": {"id": 1, "name": "改名"}},
        {"created_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_fields_that_are_not_to_be_written_are_refused_by_name(tool, world, more):
    address = f"/api/v1/initiatives/{world.lark.pk}/"
    tag = tool.get(address)["ETag"]
    before = Initiative.objects.filter(pk=world.lark.pk).values().get()
    answer = tool.patch(address, {"kind": "brand", **more}, format="json", headers={"if-match": tag})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["param"].startswith(next(iter(more)))
    assert Initiative.objects.filter(pk=world.lark.pk).values().get() == before


def test_a_number_guessed_leads_to_nothing_that_is_not_shown_anyway(tool, world):
    Metric.objects.filter(pk=world.hours.pk).update(state="rejected")
    never, rejected = (APIClient().get(f"/api/v1/metrics/{pk}/") for pk in (10**9, world.hours.pk))
    assert (never.status_code, rejected.status_code) == (404, 404)
    assert set(never.json()) == set(rejected.json())
    job = "/api/v1/jobs/00000000-0000-4000-8000-000000000000/"
    assert APIClient().get(job).status_code == 401
    assert tool.get(job).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/users/", "/api/v1/tokens/", "/api/v1/sessions/"])
def test_people_and_tokens_are_no_resources(tool, path):
    assert tool.get(path).status_code == 404


def test_a_token_is_found_by_its_hash_alone(world, editor):
    token, key = Token.objects.make(name="表", user=editor)
    assert token.digest != key
    assert token.digest not in str(
        APIClient().get("/api/v1/", headers={"authorization": f"Bearer {key}"}).content
    )
    for near in (key[:-1], key[:-1] + ("A" if key[-1] != "A" else "B"), key.swapcase(), token.digest, ""):
        assert APIClient().get("/api/v1/", headers={"authorization": f"Bearer {near}"}).status_code == 401


DEEP = 200_000


@pytest.mark.parametrize(
    "body",
    [
        "[" * DEEP,
        '{"text":' * DEEP,
        '{"text": ' + "9" * DEEP + "}",
        "nul",
        "\x00",
        '{"text": NaN}',
        "[]",
        "1",
    ],
)
def test_a_body_that_is_no_page_is_refused(tool, body):
    answer = tool.post("/api/v1/pages/", body, content_type="application/json")
    assert answer.status_code == 400, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"


def test_nobody_unpacks_what_is_sent_packed(tool):
    packed = gzip.compress(b'{"text": "' + b"a" * 10_000_000 + b'"}')
    answer = tool.post(
        "/api/v1/pages/", packed, content_type="application/json", headers={"content-encoding": "gzip"}
    )
    assert answer.status_code == 400
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("page.txt", "党" * 5_000_000)
    for name in ("page.zip", "page.txt", "page.html"):
        upload = SimpleUploadedFile(name, archive.getvalue())
        answer = tool.post("/api/v1/pages/", {"file": upload}, format="multipart")
        assert answer.status_code == 400, answer.content[:300]
    assert Page.objects.filter(source_file__startswith="page").count() == 0


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "' + "甲" * 100 + '">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + '<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><article><h1>题</h1><p>&i; &x; '
    + "某镇办起夜校，开班12场，服务群众300人次。" * 20 + "</p></article></body></html>"
)  # fmt: skip


def test_entities_of_a_web_page_are_not_unfolded(tool):
    answer = tool.post(
        "/api/v1/extract/", {"file": SimpleUploadedFile("bomb.html", BOMB.encode())}, format="multipart"
    )
    assert answer.status_code in (200, 400)
    assert len(answer.content) < 100_000
    assert b"root:" not in answer.content


def test_too_much_is_413_and_too_many_fields_are_400(tool, settings):
    many = {f"f{number}": "1" for number in range(2000)}
    assert tool.post("/api/v1/pages/", many, format="multipart").status_code == 400
    settings.KB_SUBMIT_LIMIT = 10_000
    for size in (20_000, 200_000):
        answer = tool.post("/api/v1/pages/", {"text": "党" * size}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
    upload = SimpleUploadedFile("page.txt", TEXT.encode() * 200)
    assert tool.post("/api/v1/pages/", {"file": upload}, format="multipart").status_code == 413


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.txt", "/etc/passwd", "a/../../b.txt", "\u202etxt.exe"]
)
def test_a_file_s_name_leads_nowhere(tool, name):
    answer = tool.post("/api/v1/pages/", {"text": TEXT, "name": name}, format="json")
    assert answer.status_code == 200
    stored = Page.objects.get(sha256=answer.json()["sha256"]).source_file
    assert "/" not in stored
    assert stored not in (".", "..")


@pytest.mark.parametrize(
    "q",
    [
        "'; drop table kb_page; --",
        '" OR 1=1',
        "a* NEAR(b, 2)",
        "{x} : y",
        "title:夜校",
        "%_\\",
        "a" * 5000,
        "（" * 500,
    ],
)
def test_a_query_is_words_and_no_syntax(world, q):
    answer = APIClient(raise_request_exception=False).get("/api/v1/articles/", {"q": q})
    assert answer.status_code in (200, 400)
    assert Article.objects.count() == 3
