"""The services answer as the reconciliation specification 0.2 demands."""

import json

import pytest
from rest_framework.test import APIClient

from tests.api import reconciliation as spec

BASE = "/api/v1/reconcile"
RESOURCES = ["places", "organisations", "initiatives"]


def post(resource, **given):
    form = {key: json.dumps(value, ensure_ascii=False) for key, value in given.items()}
    answer = APIClient().post(f"{BASE}/{resource}/", form, format="multipart")
    assert answer.status_code == 200, answer.content
    return answer.json()


def match(resource, **query):
    return post(resource, queries={"q0": query})["q0"]["result"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_manifest_has_what_the_specification_requires(world, resource):
    manifest = APIClient().get(f"{BASE}/{resource}/").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["name"]
    assert manifest["identifierSpace"].startswith("http://")
    assert manifest["schemaSpace"].startswith("http://")
    assert manifest["defaultTypes"] == [{"id": resource, "name": manifest["defaultTypes"][0]["name"]}]
    assert "{{id}}" in manifest["view"]["url"]
    assert "{{id}}" in manifest["preview"]["url"]
    for part in manifest["suggest"].values():
        answer = APIClient().get(part["service_url"] + part["service_path"], {"prefix": ""})
        assert isinstance(answer.json()["result"], list)
    spec.is_manifest(manifest)


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_answer_has_the_form_of_the_specification(world, resource):
    service = APIClient()
    proposed = service.get(f"{BASE}/{resource}/properties/", {"type": resource}).json()
    names = [each["id"] for each in proposed["properties"]]
    queries = {
        "q0": {"query": "市", "type": resource, "limit": 3},
        "q1": {"query": "云雀", "type": [resource], "type_strict": "should"},
        "q2": {"query": "玉泉区", "properties": [{"pid": "city", "v": ["包头市", {"id": "2"}]}]},
        "q3": {"properties": [{"pid": "city", "v": "呼和浩特市"}]},
        "q4": {"query": "石榴花", "properties": [{"pid": "longitude", "v": 111.5}, {"pid": "no", "v": True}]},
    }
    found = post(resource, queries=queries)
    spec.is_result_batch(found, queries)
    ids = [each["id"] for answer in found.values() for each in answer["result"]]
    assert ids
    extended = post(resource, extend={"ids": ids, "properties": [{"id": name} for name in names]})
    spec.is_extension(extended, ids, names)
    for part in ("entity", "type", "property"):
        for prefix in ("", "呼", "c", "hhht"):
            answer = service.get(f"{BASE}/{resource}/suggest/{part}/", {"prefix": prefix})
            spec.is_suggestions(answer.json())


def test_each_query_of_a_batch_is_answered_in_the_form_of_candidates(world):
    answer = post("places", queries={"q0": {"query": "青城"}, "q1": {"query": "没有这里", "limit": 3}})
    assert set(answer) == {"q0", "q1"}
    [found] = [each for each in answer["q0"]["result"] if each["match"]]
    assert (found["id"], found["name"]) == (str(world.hohhot.id), "呼和浩特市")
    assert found["type"] == [{"id": "places", "name": "地名"}]
    assert found["score"] == 100
    assert {"id": "name_similarity", "value": 100.0} in found["features"]
    assert answer["q1"]["result"] == []


def test_a_near_name_is_offered_but_not_matched(world):
    found = match("organisations", query="石榴花志愿服务团队")
    assert found[0]["id"] == str(world.team.id)
    assert found[0]["match"] is False
    assert 40 < found[0]["score"] < 100


def test_a_property_that_disagrees_takes_the_match_away(world):
    same = match("initiatives", query="云雀", properties=[{"pid": "city", "v": "呼和浩特"}])[0]
    other = match(
        "initiatives", query="云雀", properties=[{"pid": "city", "v": {"id": "1", "name": "包头市"}}]
    )[0]
    assert (same["match"], same["score"]) == (True, 110)
    assert (other["match"], other["score"]) == (False, 75)
    assert {"id": "same_city", "value": False} in other["features"]


def test_any_of_several_values_may_agree(world):
    given = [{"pid": "city", "v": ["包头市", {"id": str(world.hohhot.id), "name": "呼和浩特市"}]}]
    assert match("initiatives", query="云雀", properties=given)[0]["match"] is True


def test_a_record_is_found_by_what_is_known_of_it_alone(world):
    found = match("initiatives", properties=[{"pid": "city", "v": "呼和浩特市"}])
    assert str(world.lark.id) in {each["id"] for each in found}
    assert not any(each["match"] for each in found)
    assert match("initiatives", properties=[{"pid": "city", "v": "没有这里"}]) == []


def test_one_name_of_two_records_is_no_match(world):
    world.kundulun.names.create(name="东区", key="150200/东区")
    world.dalad.names.create(name="东区", key="150600/东区")
    found = match("places", query="东区")
    assert [each["match"] for each in found[:2]] == [False, False]
    found = match("places", query="东区", properties=[{"pid": "city", "v": "包头"}])
    assert found[0]["name"] == "昆都仑区"


def test_the_limit_holds(world):
    assert len(match("places", query="呼和浩特市", limit=1)) == 1


def test_rows_are_extended(world):
    wanted = {
        "ids": [str(world.lark.id), "999999"],
        "properties": [{"id": "kind"}, {"id": "city"}, {"id": "started"}],
    }
    answer = post("initiatives", extend=wanted)
    assert [each["id"] for each in answer["meta"]] == ["kind", "city", "started"]
    assert answer["rows"][str(world.lark.id)] == {
        "kind": [{"str": "品牌"}],
        "city": [{"id": str(world.hohhot.id), "name": "呼和浩特市"}],
        "started": [{"date": "2023-01-01T00:00:00"}],
    }
    assert answer["rows"]["999999"] == {"kind": [], "city": [], "started": []}


def test_what_can_be_added_is_proposed(world):
    answer = APIClient().get(f"{BASE}/places/properties/", {"type": "places", "limit": "2"}).json()
    assert answer == {
        "type": "places",
        "properties": [{"id": "code", "name": "行政区划代码"}, {"id": "level", "name": "级别"}],
    }


def test_entities_are_suggested(world):
    answer = APIClient().get(f"{BASE}/places/suggest/entity/", {"prefix": "hhht"}).json()
    assert answer["result"][0]["name"] == "呼和浩特市"
    assert answer["result"][0]["id"] == str(world.hohhot.id)


def test_a_preview_escapes_what_was_printed(world):
    world.lark.name = "<b>云雀</b>"
    world.lark.save()
    page = APIClient().get(f"{BASE}/initiatives/preview/", {"id": world.lark.id})
    assert page["Content-Type"].startswith("text/html")
    assert "&lt;b&gt;云雀&lt;/b&gt;" in page.content.decode()
    assert "品牌 · 呼和浩特市" in page.content.decode()
    assert APIClient().get(f"{BASE}/initiatives/preview/", {"id": "x"}).status_code == 404


def test_a_preview_may_be_shown_in_the_frame_of_another_tool(world):
    page = APIClient().get(f"{BASE}/initiatives/preview/", {"id": world.lark.id})
    assert "X-Frame-Options" not in page
    policy = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "queries",
    [
        "",
        "[]",
        "{",
        '{"q0": 5}',
        '{"q0": {"query": "a", "limit": "x"}}',
        '{"q0": {"query": "a", "properties": 5}}',
    ],
)
def test_malformed_queries_are_refused(world, queries):
    answer = APIClient().post(f"{BASE}/places/", {"queries": queries}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_value")


def test_matching_is_reading(world, settings):
    settings.KB_PUBLIC_READ = False
    assert APIClient().post(f"{BASE}/places/", {"queries": "{}"}, format="multipart").status_code == 401
    assert APIClient().get(f"{BASE}/colours/").status_code in (401, 404)
