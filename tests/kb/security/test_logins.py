"""Who guesses passwords has to wait; nobody else has to."""

import datetime

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kb.security.logins import MOST_OF_AN_ADDRESS

LOGIN = "/admin/login/"
RIGHT, WRONG = "quiet-orchard-lantern", "wrong-orchard-lantern"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def plain_hashes(settings):
    """The count is under test, not the cost of a hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief", password=RIGHT)


def log_in(password, name="chief", address=HERE, **headers):
    return Client().post(
        LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address, headers=headers
    )


def test_the_right_password_lets_in(chief):
    assert log_in(RIGHT).status_code == 302


@pytest.mark.parametrize("name", ["chief", "nobody"])
def test_the_fifth_failure_has_to_wait_whether_the_account_exists_or_not(chief, name):
    assert [log_in(WRONG, name).status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    answer = log_in(RIGHT, name)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "登录失败次数过多，请 15 分钟后再试" in answer.content.decode()
    assert "Too many" in log_in(RIGHT, name, **{"accept-language": "en"}).content.decode()


def test_the_owner_of_an_account_is_let_in_from_elsewhere(chief):
    for _ in range(6):
        log_in(WRONG)
    assert log_in(RIGHT, address=ELSEWHERE).status_code == 302
    assert log_in(RIGHT).status_code == 429


def test_after_a_quarter_of_an_hour_the_count_begins_anew(chief, time_machine):
    time_machine.move_to("2026-03-01T08:00:00+08:00", tick=False)
    for _ in range(6):
        log_in(WRONG)
    time_machine.shift(datetime.timedelta(minutes=14))
    assert log_in(RIGHT).status_code == 429
    time_machine.shift(datetime.timedelta(minutes=2))
    assert log_in(RIGHT).status_code == 302


def test_a_success_forgets_the_failures_before(chief):
    for _ in range(3):
        assert [log_in(WRONG).status_code for _ in range(4)] == [200] * 4
        assert log_in(RIGHT).status_code == 302


def test_an_address_that_tries_many_accounts_has_to_wait(chief):
    for number in range(MOST_OF_AN_ADDRESS):
        log_in(WRONG, f"name{number}")
    assert log_in(RIGHT).status_code == 429
    assert log_in(RIGHT, address=ELSEWHERE).status_code == 302


def test_another_name_for_the_address_is_not_believed_without_a_proxy(chief, settings):
    for number in range(5):
        log_in(WRONG, **{"x-forwarded-for": f"203.0.113.{number}"})
    assert log_in(RIGHT).status_code == 429


@pytest.mark.parametrize("given", ["203.0.113.9, 192.0.2.77", "192.0.2.77", "garbage, 192.0.2.77"])
def test_behind_a_proxy_it_is_the_proxy_s_word_that_counts(chief, settings, given):
    settings.KB_PROXIES = 1
    for _ in range(5):
        log_in(WRONG, **{"x-forwarded-for": given})
    assert AccessAttempt.objects.get().ip_address == "192.0.2.77"
    assert log_in(RIGHT, **{"x-forwarded-for": "192.0.2.78"}).status_code == 302


def test_a_proxy_s_word_that_is_no_address_is_not_taken(chief, settings):
    settings.KB_PROXIES = 1
    log_in(WRONG, **{"x-forwarded-for": "'; drop table"})
    assert AccessAttempt.objects.get().ip_address == HERE


def test_no_password_is_written_down(chief):
    for password in (WRONG, RIGHT, WRONG):
        log_in(password)
    written = str([*AccessAttempt.objects.values(), *AccessLog.objects.values()])
    assert WRONG not in written
    assert RIGHT not in written


def test_a_stranger_s_name_costs_the_same_hash_as_a_known_one(chief, settings, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda _self, password, _salt: hashed.append(password) or f"md5$salt${password}",
    )
    for name in ("chief", "nobody"):
        log_in(WRONG, name)
    assert hashed == [WRONG, WRONG]
    answers = [log_in(WRONG, name).content.decode().replace(name, "…") for name in ("chief", "nobody")]
    assert answers[0].count("errornote") == answers[1].count("errornote") == 1


def test_reading_pays_nothing_for_the_count(admin_client):
    with CaptureQueriesContext(connection) as queries:
        admin_client.get("/admin/")
    assert not [query for query in queries if "axes" in query["sql"]]


@pytest.mark.parametrize("password", ["short-1", "1234567890123", "password1234", "chiefofstaff"])
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="chiefofstaff"))


def test_a_session_ends_with_the_day(client, chief):
    client.force_login(chief)
    assert client.session.get_expiry_age() == 12 * 3600


def test_a_log_in_takes_a_new_session_and_a_log_out_ends_it(chief):
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"username": "chief", "password": RIGHT})
    first = client.session.session_key
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    client.post(LOGIN, {"username": "chief", "password": RIGHT})
    assert client.session.session_key != first


def test_a_form_of_another_site_changes_nothing(chief, world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(chief)
    form = {"name": "表格", "user": chief.pk, "expires_at_0": "", "expires_at_1": ""}
    assert client.post("/admin/api/token/add/", form).status_code == 403
    address = f"/api/v1/initiatives/{world.lark.pk}/"
    tag = client.get(address)["ETag"]
    refused = client.patch(address, {"name": "x"}, "application/json", headers={"if-match": tag})
    assert refused.status_code == 403
    world.lark.refresh_from_db()
    assert world.lark.name != "x"
