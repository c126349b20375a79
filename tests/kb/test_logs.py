"""What a log line says."""

import io
import json
import logging
import logging.config
import uuid
from datetime import datetime

import pytest
from django.contrib.auth.models import User

from api.models import Token
from kb.logs import import_known_as, logging_settings


@pytest.fixture
def lines(monkeypatch):
    """`lines()` gives the JSON lines that were logged."""
    written = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", written)
        logging.config.dictConfig(logging_settings("INFO", as_json=True))
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.config.dictConfig(logging_settings("WARNING", as_json=False))


@pytest.mark.django_db
class TestRequests:
    def test_each_is_one_line_with_its_number_and_nothing_of_its_query(self, client, lines, world):
        answer = client.get("/api/v1/places/?q=secret", headers={"x-request-id": "proxy-00042"})
        [line] = [line for line in lines() if line["logger"] == "kb.access"]
        assert answer["X-Request-ID"] == line["request_id"] == "proxy-00042"
        assert (line["method"], line["path"], line["status"]) == (
            "GET",
            "/api/v1/places/",
            answer.status_code,
        )
        assert line["level"] == "INFO"
        assert datetime.fromisoformat(line["time"]).utcoffset() is not None
        assert line["milliseconds"] > 0
        assert "who" not in line
        assert "secret" not in json.dumps(line)

    def test_who_asks_is_named_and_the_token_by_its_name(self, client, lines, world):
        user = User.objects.create_user("林溪")
        _, key = Token.objects.make(name="报表", user=user)
        client.get("/api/v1/places/", headers={"authorization": f"Bearer {key}"})
        text = lines()
        assert [line["who"] for line in text if line["logger"] == "kb.access"] == ["林溪（令牌 报表）"]
        assert key not in json.dumps(text)

    def test_who_is_logged_in_is_named(self, admin_client, admin_user, lines):
        admin_client.get("/admin/")
        assert [line["who"] for line in lines() if line["logger"] == "kb.access"] == [admin_user.username]

    def test_what_machines_ask_all_the_time_is_left_out(self, client, lines):
        client.get("/health/live")
        assert lines() == []


def test_a_line_of_an_import_bears_its_number(lines):
    number = str(uuid.uuid4())
    with import_known_as(number):
        logging.getLogger("importers").warning("一行\n两行")
    logging.getLogger("importers").warning("之后")
    inside, after = lines()
    assert (inside["import_id"], inside["message"]) == (number, "一行\n两行")
    assert "import_id" not in after


def test_an_error_is_one_line_too(lines):
    try:
        raise ZeroDivisionError("零")
    except ZeroDivisionError:
        logging.getLogger("kb").exception("算不出")
    [line] = lines()
    assert (line["message"], line["level"]) == ("算不出", "ERROR")
    assert "ZeroDivisionError" in "".join(line["exc_info"])
