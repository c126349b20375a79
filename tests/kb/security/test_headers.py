"""The headers of every answer, and what the pages of the admin and of the API may not contain."""

import re

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from api.models import Token
from kb.security.headers import CONTENT_POLICY, HEADERS

HTML = {"accept": "text/html"}
PAGES = [
    "/",
    "/search/?q=服务",
    "/lists/metrics/?unit=人",
    "/cities/150100/",
    "/no/such/page/",
    "/admin/login/",
    "/admin/",
    "/admin/kb/article/",
    "/admin/kb/article/add/",
    "/admin/kb/metric/",
    "/admin/auth/user/add/",
    "/admin/api/token/add/",
    "/admin/no/such/page/",
    "/api/v1/",
    "/api/v1/metrics/",
    "/api/v1/metrics/?nothing=1",
    "/api/docs/",
]
OTHERS = [
    "/api/v1/metrics/?format=json", "/api/v1/metrics/?format=csv", "/api/schema/", "/api/v1/nowhere/",
    "/overview/cities.svg", "/static/web/page.css", "/admin/jsi18n/",
]  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
def test_every_answer_bears_the_headers(admin_client, world, path):
    answer = admin_client.get(path, headers=HTML if path in PAGES else {})
    assert {name: answer[name] for name in HEADERS if name != "Content-Security-Policy"} == {
        name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"
    }
    assert answer["Content-Security-Policy"].startswith(CONTENT_POLICY.partition("img-src")[0])
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer.get("X-Frame-Options") == (None if path.startswith("/static/") else "DENY")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_script_or_style_of_its_own(admin_client, world, path):
    if path == "/admin/login/":
        admin_client.logout()
    text = admin_client.get(path, headers=HTML).content.decode()
    assert "<html" in text
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)
    assert not re.search(r"<style|<[^>]*\sstyle=|<[^>]*\son[a-z]+=|javascript:", text)


def test_the_documentation_s_script_is_a_file(client):
    page = client.get("/api/docs/").content.decode()
    scripts = re.findall(r'<script src="([^"]+)"', page)
    assert len(scripts) == 3
    answer = client.get(scripts[-1].replace("&amp;", "&"), headers={"accept": "*/*"})
    assert answer["Content-Type"].startswith("application/javascript")


@pytest.fixture
def reader(world):
    return User.objects.create_user("leser")


def vary(answer) -> set[str]:
    return {name.strip() for name in answer.get("Vary", "").split(",")}


@pytest.mark.parametrize("path", ["/", "/api/v1/metrics/", "/api/v1/metrics/?format=csv"])
def test_an_answer_to_somebody_is_kept_by_nobody_else(settings, client, reader, path):
    assert "private" not in client.get(path).get("Cache-Control", "")
    assert {"Cookie", "Authorization"} <= vary(client.get(path))
    settings.KB_PUBLIC_READ = False
    client.force_login(reader)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Authorization"} <= vary(answer)
    _, key = Token.objects.make(name="表格", user=reader)
    if path.startswith("/api/"):
        by_token = APIClient().get(path, headers={"authorization": f"Bearer {key}"})
        assert (by_token.status_code, by_token["Cache-Control"]) == (200, "private, no-cache")


def test_the_admin_is_never_kept(admin_client):
    assert {"no-store", "private"} <= {
        part.strip() for part in admin_client.get("/admin/")["Cache-Control"].split(",")
    }


def test_a_file_of_the_style_is_kept_by_all(client):
    answer = client.get("/static/web/page.css")
    assert "public" in answer["Cache-Control"]
    assert "Cookie" not in vary(answer)


def test_nobody_draws_a_page_into_his_own(client, world):
    answer = client.get("/admin/login/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1.evil.example.org", "127.0.0.1@evil.org", ""])
def test_a_foreign_host_is_refused(client, world, host):
    answer = client.get("/api/v1/metrics/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_cookies_are_out_of_reach():
    assert configured.SESSION_COOKIE_HTTPONLY
    assert configured.SESSION_COOKIE_SAMESITE == "Lax"
    assert configured.CSRF_COOKIE_SAMESITE == "Lax"
    assert configured.SECURE_REFERRER_POLICY == "same-origin"
