"""Web pages of other addresses, and the number of a request in the log."""

import io
import logging
import logging.config

import pytest
from django.conf import settings as configured
from rest_framework.test import APIClient

HOME = "https://tools.example.org"
LIST = "/api/v1/initiatives/"


def test_no_other_page_may_ask_by_default(world):
    assert configured.CORS_ALLOWED_ORIGINS == []
    assert "Access-Control-Allow-Origin" not in APIClient().get(LIST, headers={"origin": HOME})


@pytest.mark.parametrize(("origin", "let_in"), [(HOME, True), ("https://other.example.org", False)])
def test_a_registered_page_may_ask_the_api(world, settings, origin, let_in):
    settings.CORS_ALLOWED_ORIGINS = [HOME]
    answer = APIClient().get(LIST, headers={"origin": origin})
    assert answer.get("Access-Control-Allow-Origin") == (HOME if let_in else None)
    assert ("etag" in answer.get("Access-Control-Expose-Headers", "").lower()) is let_in
    assert "Access-Control-Allow-Credentials" not in answer
    asked = {"origin": origin, "access-control-request-method": "PATCH"}
    before = APIClient().options(LIST, headers={**asked, "access-control-request-headers": "if-match"})
    assert ("if-match" in before.get("Access-Control-Allow-Headers", "")) is let_in


def test_only_the_api_is_open_to_other_pages(world, settings, client):
    settings.CORS_ALLOWED_ORIGINS = [HOME]
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", headers={"origin": HOME})


@pytest.mark.parametrize("resource", ["places", "organisations", "initiatives"])
@pytest.mark.parametrize("origin", ["http://127.0.0.1:3333", "http://localhost:3399", "http://[::1]:3333"])
def test_openrefine_on_the_same_machine_reaches_the_reconciliation_services(world, resource, origin):
    base = f"/api/v1/reconcile/{resource}/"
    for part in ("", "properties/?type=x", "suggest/entity/?prefix=%E5%91%BC", "suggest/property/?prefix=c"):
        answer = APIClient().get(f"{base}{part}", headers={"origin": origin})
        assert (answer.status_code, answer.get("Access-Control-Allow-Origin")) == (200, origin), part
        assert "Access-Control-Allow-Credentials" not in answer
    posted = APIClient().post(base, {"queries": "{}"}, format="multipart", headers={"origin": origin})
    assert posted["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [
        HOME,
        "null",
        "https://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://127.0.0.1@evil.org",
    ],
)
def test_other_sites_reach_no_reconciliation_service(world, origin):
    answer = APIClient().get("/api/v1/reconcile/places/", headers={"origin": origin})
    assert "Access-Control-Allow-Origin" not in answer


def test_a_page_of_the_same_machine_reaches_nothing_else(world):
    for path in (LIST, "/api/v1/suggest/?q=a", "/api/v1/reconcilers/", "/admin/login/"):
        answer = APIClient().get(path, headers={"origin": "http://127.0.0.1:3333"})
        assert "Access-Control-Allow-Origin" not in answer, path


@pytest.fixture
def logged_anew():
    """The log as the settings want it, for the time of a test, written where the test reads."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logging.config.dictConfig(configured.LOGGING)
    written = io.StringIO()
    root.handlers[0].setStream(written)
    yield written
    root.handlers[:], root.level = before


def test_a_log_line_bears_the_number_of_its_request(world, logged_anew):
    APIClient().get("/api/v1/initiatives/999999/", headers={"x-request-id": "nightly-0042"})
    logging.getLogger("kb").warning("outside of any request")
    lines = logged_anew.getvalue().splitlines()
    assert any("[nightly-0042] django.request:" in line for line in lines), lines
    assert any("[-] kb: outside of any request" in line for line in lines), lines
