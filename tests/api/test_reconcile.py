"""The services answer as the reconciliation specification 0.2 demands."""

import json

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from kb.merging.merge import merge
from kb.models import Organisation, OrganisationName
from tests.api import reconciliation as spec
from tests.factories import OrganisationFactory

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
    assert manifest["batchSize"] == 100
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
        "city": [{"str": "呼和浩特市"}],
        "started": [{"date": "2023-01-01T00:00:00"}],
    }
    assert answer["rows"]["999999"] == {"kind": [], "city": [], "started": []}


def test_a_value_is_an_entity_only_where_its_id_is_one_of_the_service(world):
    """OpenRefine takes every id in a column for one of the service asked: 盟市 2 would be organisation 2."""
    properties = [{"id": name} for name in ("city", "city_code", "place", "place_code", "parent")]
    world.team.parent = world.department
    world.team.save()
    answer = post("organisations", extend={"ids": [str(world.team.id)], "properties": properties})
    row = answer["rows"][str(world.team.id)]
    assert row["city"] == [{"str": "呼和浩特市"}]
    assert row["city_code"] == [{"str": "150100"}]
    assert row["place"] == [{"str": world.team.place.name}]
    assert row["place_code"] == [{"str": world.team.place.code}]
    assert row["parent"] == [{"id": str(world.department.id), "name": world.department.name}]
    typed = {each["id"]: each.get("type") for each in answer["meta"]}
    assert typed["parent"] == {"id": "organisations", "name": "组织"}
    assert [name for name, sort in typed.items() if sort] == ["parent"]
    town = post("places", extend={"ids": [str(world.xincheng.id)], "properties": [{"id": "city"}]})
    assert town["rows"][str(world.xincheng.id)]["city"] == [
        {"id": str(world.hohhot.id), "name": "呼和浩特市"}
    ]


def test_an_id_that_was_merged_away_is_extended_and_shown_as_what_is_left(world):
    third = OrganisationFactory(name="石榴花总队", category="volunteer_team")
    with transaction.atomic():
        merge(world.team, world.department)
        merge(world.department, third)
    old = str(world.team.id)
    answer = post("organisations", extend={"ids": [old], "properties": [{"id": "category"}]})
    assert answer["rows"][old]["category"] == [{"str": "志愿服务队"}]
    page = APIClient().get(f"{BASE}/organisations/preview/", {"id": old})
    assert "石榴花总队" in page.content.decode()


def test_an_id_or_code_is_a_name_too(world):
    [found] = match("organisations", query=str(world.team.id))
    assert (found["id"], found["match"], found["score"]) == (str(world.team.id), True, 100)
    assert found["features"] == [{"id": "same_id", "value": True}]
    assert match("places", query="150102")[0]["name"] == "新城区"
    for wanted in (str(world.team.id), f"{world.team.id} "):
        offered = APIClient().get(f"{BASE}/organisations/suggest/entity/", {"prefix": wanted}).json()
        assert offered["result"][0]["id"] == str(world.team.id)


def test_the_very_name_is_found_among_thousands_that_are_like_it(world):
    others = [
        Organisation(name=f"第{number}石榴花志愿服务队", category="volunteer_team") for number in range(6000)
    ]
    Organisation.objects.bulk_create(others)
    OrganisationName.objects.bulk_create(
        OrganisationName(name=each.name, key=f"/{each.name}", organisation=each) for each in others
    )
    last = OrganisationFactory(name="赛罕区金桥志愿服务队")
    assert match("organisations", query="赛罕区金桥志愿服务队")[0]["id"] == str(last.pk)
    near = match("organisations", query="赛罕区“金桥”志愿服务分队")[0]
    assert (near["id"], near["match"]) == (str(last.pk), False)


def test_letters_of_any_width_and_case_are_the_same(world):
    made = OrganisationFactory(name="ABC志愿服务队")
    for text in ("abc志愿服务队", "ＡＢＣ志愿服务队", "“ABC”志愿服务队"):
        found = match("organisations", query=text)[0]
        assert (found["id"], found["match"], found["score"]) == (str(made.pk), True, 100), text


def test_a_property_may_be_called_by_its_name(world):
    found = match("initiatives", query="云雀", properties=[{"pid": "盟市", "v": "包头市"}])[0]
    assert {"id": "same_city", "value": False} in found["features"]


def test_a_description_tells_namesakes_apart(world):
    assert match("initiatives", query="云雀")[0]["description"] == "品牌 · 呼和浩特市"
    offered = APIClient().get(f"{BASE}/initiatives/suggest/entity/", {"prefix": "云雀"}).json()
    assert offered["result"][0]["description"] == "品牌 · 呼和浩特市"


def test_more_suggestions_are_fetched_from_where_the_last_ended(world):
    for number in range(25):
        OrganisationFactory(name=f"金桥{number:02}队")
    service = APIClient()
    first, second = (
        service.get(f"{BASE}/organisations/suggest/entity/", {"prefix": "金桥", "cursor": cursor}).json()[
            "result"
        ]
        for cursor in ("", "20")
    )
    assert (len(first), len(second)) == (20, 5)
    assert not {each["id"] for each in first} & {each["id"] for each in second}


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
        '{"q0": {"query": "a", "limit": -1}}',
        '{"q0": {"query": "a", "limit": 1e999}}',
        '{"q0": {"query": "\\ud800"}}',
        '{"\\udfff": {"query": "a"}}',
    ],
)
def test_malformed_queries_are_refused(world, queries):
    answer = APIClient().post(f"{BASE}/places/", {"queries": queries}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_value")


def test_a_query_of_half_a_sign_is_refused_as_json_too(world):
    body = r'{"queries": {"\udfff": {"query": "a"}}}'
    answer = APIClient().post(f"{BASE}/places/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize(
    ("param", "given"),
    [
        ("queries", {"queries": {f"q{n}": {"query": "a"} for n in range(101)}}),
        ("properties", {"queries": {"q0": {"query": "", "properties": [{"pid": "city", "v": ["a"] * 51}]}}}),
        ("properties", {"queries": {"q0": {"query": "", "properties": [{"pid": "city", "v": "a"}] * 51}}}),
        ("ids", {"extend": {"ids": [str(n) for n in range(1001)], "properties": [{"id": "city"}]}}),
    ],
)
def test_more_than_a_database_takes_at_once_is_refused(world, param, given):
    answer = APIClient().post(f"{BASE}/organisations/", given, format="json")
    told = answer.json()
    assert (answer.status_code, told["code"], told["param"]) == (400, "wrong_number_of_values", param)


def test_as_much_as_is_allowed_is_answered(world):
    properties = [{"pid": "city", "v": [f"地{n}" for n in range(49)]}, {"pid": "category", "v": "其他"}]
    assert match("organisations", query="", properties=properties) == []
    ids = [str(10**6 + n) for n in range(1000)]
    assert set(post("organisations", extend={"ids": ids, "properties": [{"id": "city"}]})["rows"]) == set(ids)


def test_matching_is_reading(world, settings):
    settings.KB_PUBLIC_READ = False
    assert APIClient().post(f"{BASE}/places/", {"queries": "{}"}, format="multipart").status_code == 401
    assert APIClient().get(f"{BASE}/colours/").status_code in (401, 404)
