"""Choosing fields and embedding records changes what is shown, never the number of queries."""

from itertools import chain, combinations

import orjson
import pytest

from api.models import Token
from api.renderers import to_json
from api.serializers.records import shape_of
from api.urls import router
from api.viewsets.base import RecordViewSet
from tests.api.conftest import DETAIL_BUDGET

VIEWSETS = {prefix: view for prefix, view, _ in router.registry if issubclass(view, RecordViewSet)}
EXPANDABLE = [
    (prefix, names)
    for prefix, viewset in VIEWSETS.items()
    for size in range(1, len(viewset.serializer_class.expandable()) + 1)
    for names in combinations(viewset.serializer_class.expandable(), size)
]


@pytest.mark.parametrize("prefix", VIEWSETS)
@pytest.mark.parametrize("is_expanded", [False, True])
def test_a_list_that_is_written_at_once_says_the_same(world, prefix, is_expanded):
    view = VIEWSETS[prefix]
    expand = tuple(view.serializer_class.expandable()) if is_expanded else ()
    shape = shape_of(view.serializer_class, "http://testserver/api/v1/", expand=expand)
    found = shape.read(view.model, list(view.records().values_list("pk", flat=True)))
    assert orjson.dumps(shape.written(found)) == to_json(shape.show(found))


def test_only_chosen_fields_are_shown_and_read(ask):
    [row, *_] = ask("initiatives/", fields="id,name")["results"]
    assert set(row) == {"id", "name"}
    assert ask.queries == 2


def test_left_out_fields_are_neither_shown_nor_read(ask):
    [row, *_] = ask("initiatives/", omit="evidence,other_names")["results"]
    assert "evidence" not in row
    assert "organisers" in row
    assert ask.queries == 2


def test_records_are_there_where_every_field_is_left_out(ask, world):
    assert ask("initiatives/", fields="name", omit="name", page_size=2)["results"] == [{}, {}]
    assert ask(f"initiatives/{world.lark.id}/", fields="name", omit="name") == {}


def test_a_detail_takes_the_same_choice(ask, world):
    assert ask(f"initiatives/{world.lark.id}/", fields="name,kind_label") == {
        "name": world.lark.name,
        "kind_label": "品牌",
    }


def test_a_link_is_expanded(ask, world):
    row = ask(f"metrics/{world.hours.id}/", expand="initiative,city")
    assert row["initiative"]["kind_label"] == "品牌"
    assert row["initiative"]["started"] == {"date": "2023-01-01", "precision": "year", "text": "2023年"}
    assert row["initiative"]["url"].endswith(f"/initiatives/{world.lark.id}/")
    assert row["city"]["level_label"] == "盟市"
    assert row["organisation"] is None


def test_what_is_not_shown_is_not_expanded(ask):
    wrong = ask("metrics/", fields="text", expand="city", status=400)
    assert (wrong["code"], wrong["param"], wrong["value"]) == ("missing_parameter", "expand", "fields=city")
    wrong = ask("metrics/", omit="city", expand="city", status=400)
    assert (wrong["code"], wrong["param"]) == ("conflicting_parameters", "expand")
    assert ask("metrics/", fields="text,city", expand="city")["results"][0]["city"]["level"] == "city"


def test_many_links_are_expanded(ask, world):
    row = ask(f"initiatives/{world.lark.id}/", expand="organisers,cities")
    assert row["organisers"][0]["category_label"] == "志愿服务队"
    assert row["cities"][0]["code"] == "150100"
    assert row["cities"][0]["longitude"] == 110.0


@pytest.mark.parametrize(("resource", "names"), EXPANDABLE)
def test_expanding_and_counting_cost_no_query(ask_as_any, resource, names):
    answer = ask_as_any(f"{resource}/", expand=",".join(names), count="true")
    assert ask_as_any.queries == 2 + ask_as_any.extra
    if resource != "cities":
        ask_as_any(answer["results"][0]["url"], expand=",".join(names), budget=DETAIL_BUDGET)


@pytest.mark.parametrize("resource", list(VIEWSETS))
def test_a_detail_stays_within_its_budget(ask_as_any, resource):
    first = ask_as_any(f"{resource}/")["results"][0]["url"]
    Token.objects.update(last_used_at=None)
    ask_as_any(first, budget=DETAIL_BUDGET)


@pytest.mark.parametrize("resource", list(VIEWSETS))
def test_the_number_of_queries_does_not_grow_with_the_page(ask, resource):
    ask(f"{resource}/", page_size=1)
    one = ask.queries
    ask(f"{resource}/", page_size=1000)
    assert ask.queries == one


def test_all_fields_of_every_resource_can_be_chosen_alone(ask):
    for prefix, viewset in VIEWSETS.items():
        for name in viewset.serializer_class.shown():
            assert set(chain(*ask(f"{prefix}/", fields=name)["results"])) == {name}


@pytest.mark.parametrize("name", ["fields", "omit", "expand", "ordering"])
def test_an_empty_choice_is_no_choice(ask, name):
    assert ask("metrics/", {name: ""}, status=400)["code"] == "invalid_value"


def test_all_that_can_be_asked_at_once_stays_within_the_budget(ask_as_any):
    [row] = ask_as_any(
        "initiatives/",
        city="青城",
        place="新城区",
        organiser="石榴花志愿服务队",
        organisation="新城区石榴花志愿服务队",
        q="云雀",
        highlight="true",
        count="true",
        expand="organisers,cities,places",
        has_metrics="true",
    )["results"]
    assert row["highlight"]["field"] == "name"
    assert ask_as_any.queries == 4 + ask_as_any.extra


def test_groups_by_three_links_stay_within_the_budget(ask_as_any):
    ask_as_any("metrics/", group_by="city,initiative,organisation", city="青城", initiative="云雀")
    assert ask_as_any.queries == 3 + ask_as_any.extra
