"""Who is let in, and how often."""

import datetime
import logging

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework.throttling import AnonRateThrottle

from api.models import Token
from api.request_id import AddRequestId


@pytest.fixture
def reader(world):
    return User.objects.create_user("leser")


def get(path="/api/v1/initiatives/", key=None, **headers):
    sent = {**headers, **({"authorization": f"Bearer {key}"} if key else {})}
    return APIClient().get(path, headers=sent)


def test_everybody_may_read_by_default(world):
    assert get().status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/metrics/", "/api/v1/cities/150100/", "/api/v1/suggest/", "/api/docs/"]
)
def test_reading_can_be_closed(settings, reader, path):
    settings.KB_PUBLIC_READ = False
    refused = get(path)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")
    _, key = Token.objects.make(name="表格", user=reader)
    assert get(path, key).status_code == 200
    client = APIClient()
    client.force_login(reader)
    assert client.get(path).status_code == 200


def test_a_token_is_stored_as_a_hash_and_knows_its_last_use(reader):
    token, key = Token.objects.make(name="表格", user=reader)
    assert key not in str(Token.objects.values().get())
    assert key.startswith(token.shown)
    assert token.last_used_at is None
    get(key=key)
    token.refresh_from_db()
    assert timezone.now() - token.last_used_at < datetime.timedelta(minutes=1)


def test_wrong_expired_and_orphaned_tokens_are_refused(reader):
    answer = get(key="kb_nonsense")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    yesterday = timezone.now() - datetime.timedelta(days=1)
    assert get(key=Token.objects.make(name="旧", user=reader, expires_at=yesterday)[1]).status_code == 401
    _, key = Token.objects.make(
        name="新", user=reader, expires_at=timezone.now() + datetime.timedelta(days=1)
    )
    assert get(key=key).status_code == 200
    reader.is_active = False
    reader.save()
    assert get(key=key).status_code == 401


def test_too_many_requests_are_told_to_wait(world, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    assert [get().status_code for _ in range(3)] == [200, 200, 429]
    answer = get()
    assert answer.json()["code"] == "throttled"
    assert 0 < int(answer["Retry-After"]) <= 60


def test_every_answer_has_a_number(world, caplog):
    assert len(get()["X-Request-ID"]) == 32
    assert get(**{"x-request-id": "import-2026.1"})["X-Request-ID"] == "import-2026.1"
    assert get(**{"x-request-id": "a b\nc: forged"})["X-Request-ID"] != "a b\nc: forged"
    line = logging.makeLogRecord({})
    assert AddRequestId().filter(line)
    assert line.request_id == "-"


def test_a_token_made_in_the_admin_is_shown_once(admin_client, admin_user):
    form = {"name": "表格", "user": admin_user.pk, "expires_at_0": "", "expires_at_1": ""}
    page = admin_client.post("/admin/api/token/add/", form, follow=True).content.decode()
    key = page.split("令牌：")[1].split("。")[0]
    assert Token.objects.valid(key, timezone.now()).name == "表格"
    assert key not in admin_client.get("/admin/api/token/").content.decode()


def test_another_name_for_the_address_does_not_begin_the_count_anew(world, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    asked = [get(**{"x-forwarded-for": f"203.0.113.{number}"}).status_code for number in range(3)]
    assert asked == [200, 200, 429]
