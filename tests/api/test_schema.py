"""The OpenAPI description says what the API does."""

import io
import re
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.urls import reverse
from rest_framework.test import APIClient

from api.urls import router
from api.viewsets.base import RecordViewSet
from kb.models import Article, Initiative, Metric, Organisation, Page, Place
from tests import factories

VIEWSETS = {prefix: view for prefix, view, _ in router.registry if issubclass(view, RecordViewSet)}


def test_the_schema_is_valid_and_raises_no_warning():
    written, said = io.StringIO(), io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=written, stderr=said)
    assert "openapi: 3.1.0" in written.getvalue()


SAID = {"description", "summary", "title"}
CHINESE = re.compile(r"[\u3400-\u9fff]")


def said(node, name=""):
    """Every text for people in the schema, with where it stands."""
    if isinstance(node, list):
        node = dict(enumerate(node))
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SAID and isinstance(value, str):
                yield f"{name}.{key}", value
            else:
                yield from said(value, f"{name}.{key}")


def test_the_description_is_in_the_language_that_is_asked_for(db):
    chinese, english = (
        APIClient().get("/api/schema/", {"format": "json"}, headers={"accept-language": language}).json()
        for language in ("zh-hans", "en")
    )
    assert english["info"]["title"] == "Party-Building Knowledge Base REST API"
    assert [(at, words) for at, words in said(english) if CHINESE.search(words)] == []
    assert [(at, words) for at, words in said(chinese) if words and not CHINESE.search(words)] == []


@pytest.mark.parametrize("resource", VIEWSETS)
def test_a_page_for_people_is_in_the_language_that_is_asked_for(db, resource):
    headers = {"accept": "text/html", "accept-language": "en"}
    page = APIClient().get(f"/api/v1/{resource}/", headers=headers).content.decode()
    examples = re.compile(r'<a href="\?[^"]*">[^<]*</a>')
    assert "All parameters have to be met" in page or resource == "cities"
    assert re.findall(r"[^<>]*[\u3400-\u9fff]+[^<>]*", examples.sub("", page)) == []


def test_every_parameter_is_described_in_chinese_with_its_type(schema):
    parameters = [
        p
        for path in schema["paths"].values()
        for p in path.get("get", {}).get("parameters", [])
        if p["in"] == "query"
    ]
    assert len(parameters) > 100
    for parameter in parameters:
        assert re.search(r"[\u4e00-\u9fff]", parameter["description"]), parameter["name"]
        assert "type" in parameter["schema"], parameter["name"]


@pytest.fixture
def exemplary(world):
    """A world in which the examples of the schema name something."""
    factories.PlaceFactory(
        name="玉泉区", code="150104", level="county", parent=world.hohhot, city=world.hohhot
    )
    for factory, name in (
        (factories.OrganisationFactory, "玉泉区委组织部"),
        (factories.InitiativeFactory, "“暖心”党建品牌"),
        (factories.PublicationFactory, "示例日报"),
    ):
        factory(name=name)
    return world


@pytest.mark.parametrize("resource", VIEWSETS)
def test_every_example_works(exemplary, schema, resource):
    client = APIClient()
    for parameter in schema["paths"][f"/api/v1/{resource}/"]["get"]["parameters"]:
        for example in parameter.get("examples", {}).values():
            value = example["value"]
            more = {"q": "服务"} if parameter["name"] == "highlight" else {}  # without words none is shown
            query = urlencode({parameter["name"]: value[0] if isinstance(value, list) else value} | more)
            answer = client.get(f"/api/v1/{resource}/?{query}")
            assert answer.status_code == 200, (query, answer.content.decode())


def test_every_other_parameter_has_an_example_that_works(exemplary, schema):
    client = APIClient()
    known = {f"/api/v1/{resource}/" for resource in VIEWSETS}
    for path, operations in schema["paths"].items():
        if path in known or "{" in path or "get" not in operations:
            continue
        parameters = [p for p in operations["get"].get("parameters", []) if p["name"] != "cursor"]
        needed = {p["name"]: example(p) for p in parameters if p.get("required")}
        for parameter in parameters:
            query = urlencode({**needed, parameter["name"]: example(parameter)}, doseq=True)
            answer = client.get(f"{path}?{query}")
            assert answer.status_code == 200, (path, query, answer.content.decode())


def example(parameter):
    [shown] = parameter["examples"].values()
    return shown["value"]


@pytest.mark.parametrize("resource", VIEWSETS)
def test_answers_fit_the_schema(world, schema, resource):
    client = APIClient()
    answer = client.get(f"/api/v1/{resource}/", {"count": "true"}).json()
    assert errors(schema, f"/api/v1/{resource}/", answer) == []
    path = next(path for path in schema["paths"] if path.startswith(f"/api/v1/{resource}/{{"))
    for row in answer["results"]:
        assert errors(schema, path, client.get(row["url"]).json()) == []


def errors(schema, path, answer):
    """What about an answer does not fit the schema of its address."""
    from jsonschema import Draft202012Validator

    content = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**content, "components": schema["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(answer)]


@pytest.mark.parametrize("model", [Page, Article, Place, Organisation, Initiative, Metric])
def test_every_field_of_a_model_has_a_filter_or_a_stated_reason(model):
    [viewset] = [each for each in VIEWSETS.values() if each.model is model and each.lookup_field == "pk"]
    filters = viewset.filterset_class
    reached = {parameter.field_name.split("__")[0] for parameter in filters.base_filters.values()}
    fields = {field.name for field in model._meta.get_fields() if not field.auto_created and field.concrete}
    assert fields - reached - set(filters.unfiltered) == set()
    assert set(filters.unfiltered) - {field.name for field in model._meta.get_fields()} == set(), (
        "stale reasons"
    )
    assert all(filters.unfiltered.values())


@pytest.mark.parametrize("path", ["nowhere/", "initiatives/q%0A/", "%0A"])
def test_an_unknown_address_is_a_problem_document(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_docs_page_loads_nothing_from_elsewhere(client, db):
    page = client.get(reverse("docs")).content.decode()
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)


def test_the_browsable_pages_are_in_chinese_and_escape_what_was_printed(world):
    world.lark.name = "<script>alert(1)</script>"
    world.lark.save()
    answer = APIClient().get("/api/v1/initiatives/", headers={"accept": "text/html"})
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "<script>alert(1)" not in page
    assert '<html lang="zh-hans">' in page
    assert "<h1>举措</h1>" in page
    assert '<a href="/">总览</a> › <a href="/api/v1/">API</a> › ' in page
    assert "开展它的盟市" in page


def test_the_way_to_the_browsable_pages_is_told_in_both_languages(db):
    for language, home in (("zh-CN", "总览"), ("en", "Overview")):
        answer = APIClient().get("/api/v1/", headers={"accept": "text/html", "accept-language": language})
        page = answer.content.decode()
        assert f'<a href="/">{home}</a> › <span aria-current="page">API</span>' in page
        assert "<h1>API</h1>" in page


def test_the_browsable_pages_tell_of_errors(world):
    answer = APIClient().get("/api/v1/initiatives/?citty=1", headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert "unknown_parameter" in answer.content.decode()
