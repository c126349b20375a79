"""The requests that OpenRefine 3.6.2 sends, as it sent them, with names of our own small world."""

import json
from urllib.parse import quote, urlencode

import pytest
from rest_framework.test import APIClient

from tests.api import reconciliation as spec

BASE = "/api/v1/reconcile/organisations/"
TEAM = "新城区石榴花志愿服务队"
PAGE = {"origin": "http://127.0.0.1:3333", "referer": "http://127.0.0.1:3333/"}
SERVER = {"user-agent": "OpenRefine/3.6.2 [62de008]", "accept-encoding": "gzip, x-gzip, deflate"}

GUESSING = {"q1": {"query": "石榴花志愿服务团队", "limit": 3}, "q0": {"query": TEAM, "limit": 3}}
RECONCILING = {
    "q0": {
        "query": "没有这样的队伍",
        "type": "organisations",
        "type_strict": "should",
    },
    "q1": {
        "query": TEAM,
        "type": "organisations",
        "properties": [{"pid": "city", "v": "呼和浩特"}],
        "type_strict": "should",
    },
}
TYPED = "&spell=always&exact=false&scoring=schema&prefixed=true"


def sent(**form):
    """A form as OpenRefine's server posts it."""
    body = urlencode({name: json.dumps(value, ensure_ascii=False) for name, value in form.items()})
    answer = APIClient().post(
        BASE, body, content_type="application/x-www-form-urlencoded; charset=UTF-8", headers=SERVER
    )
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def seen(path):
    """The answer to OpenRefine's page, which reads it only where it is let in."""
    answer = APIClient().get(path, headers=PAGE)
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == PAGE["origin"]
    return answer.json()


def test_the_page_registers_the_service(world):
    spec.is_manifest(seen(BASE))


def test_types_are_guessed_from_the_first_names(world):
    found = sent(queries=GUESSING)
    spec.is_result_batch(found, GUESSING)
    kinds = {kind["id"] for each in found.values() for one in each["result"] for kind in one["type"]}
    assert kinds == {"organisations"}


def test_a_column_is_reconciled(world):
    found = sent(queries=RECONCILING)
    spec.is_result_batch(found, RECONCILING)
    assert found["q0"]["result"] == []
    best = found["q1"]["result"][0]
    assert (best["id"], best["match"]) == (str(world.team.id), True)


@pytest.mark.parametrize(
    ("part", "prefix", "more", "first"),
    [
        ("property", "盟", "&type=organisations", "city"),
        ("entity", "新城区石榴", "", None),
        ("type", "组", "", "organisations"),
    ],
)
def test_what_is_typed_is_completed(world, part, prefix, more, first):
    service = seen(BASE)["suggest"][part]
    path = f"{service['service_url']}{service['service_path']}?prefix={quote(prefix)}{TYPED}{more}"
    found = seen(path)
    spec.is_suggestions(found)
    assert found["result"][0]["id"] == (first or str(world.team.id))


def test_columns_are_proposed_and_added(world):
    service = seen(BASE)["extend"]["propose_properties"]
    proposed = seen(f"{service['service_url']}{service['service_path']}?type=organisations")["properties"]
    wanted = [{"id": each["id"]} for each in proposed]
    found = sent(extend={"ids": [str(world.team.id)], "properties": wanted})
    spec.is_extension(found, [str(world.team.id)], [each["id"] for each in wanted])


def test_a_preview_is_shown_in_the_page(world):
    address = seen(BASE)["preview"]["url"].replace("{{id}}", str(world.team.id))
    page = APIClient().get(address, headers={"referer": PAGE["referer"], "sec-fetch-dest": "iframe"})
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert TEAM in page.content.decode()
    assert "frame-ancestors *" in page["Content-Security-Policy"]
