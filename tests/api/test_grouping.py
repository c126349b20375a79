"""Counting by a field, and adding up vague figures honestly."""

import csv
import io
from decimal import Decimal

import openpyxl
import orjson
import pytest
from rest_framework.test import APIClient

from api.exports.groups import group_columns
from api.viewsets import resources
from tests.factories import MetricFactory


def test_records_are_counted_by_a_closed_list(ask):
    answer = ask("initiatives/", group_by="kind")
    assert answer["group_by"] == ["kind"]
    assert answer["more"] is False
    assert {"kind": "brand", "kind_label": "品牌", "count": 1} in answer["results"]
    assert ask.queries == 1


def test_records_are_counted_by_a_link_and_filters_hold(ask, world):
    answer = ask("metrics/", group_by="city", city="包头")
    [group] = answer["results"]
    assert group["city"]["code"] == "150200"
    assert group["city"]["url"].endswith(f"/places/{world.baotou.id}/")
    assert group["count"] == 2


def test_records_are_counted_by_year_and_those_without_one_too(ask):
    groups = ask("initiatives/", group_by="year")["results"]
    assert groups == [{"year": None, "count": 2}, {"year": 2023, "count": 1}]


def test_two_fields_make_a_table(ask):
    groups = ask("metrics/", group_by="city,unit")["results"]
    assert len(groups) == 6
    assert {(g["city"]["code"], g["unit"], g["count"]) for g in groups} >= {("150200", "次", 2)}


def test_figures_of_one_unit_add_up_to_an_interval(ask):
    [visits] = [g for g in ask("metrics/", group_by="unit")["results"] if g["unit"] == "次"]
    assert visits["count"] == 2
    assert (visits["sum_low"], visits["sum_high"]) == (9625, None)
    assert (visits["open_low"], visits["open_high"]) == (0, 1)
    assert (visits["min_low"], visits["max_high"]) == (1, None)


def test_closed_intervals_add_up_at_both_ends(ask, world):
    MetricFactory(article__body="约100册", text="约100册", value=100, unit="册", qualifier="about")
    [books] = ask("metrics/", group_by="unit", unit="册")["results"]
    assert (books["sum_low"], books["sum_high"]) == (1890, 2310)


def test_figures_of_different_units_are_never_added(ask):
    assert all("sum_low" not in group for group in ask("metrics/", group_by="city")["results"])
    [hohhot] = ask("metrics/", group_by="city", unit="小时")["results"]
    assert hohhot["sum_low"] == 350000


def test_the_largest_groups_come_first_and_a_cut_is_told(ask):
    answer = ask("metrics/", group_by="unit", page_size=1)
    assert answer["more"] is True
    assert answer["results"][0]["unit"] == "次"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"group_by": "colour"}, "invalid_value"),
        ({"group_by": ""}, "invalid_value"),
        ({"group_by": "unit,city,status,year"}, "wrong_number_of_values"),
        ({"group_by": "unit", "cursor": "x"}, "conflicting_parameters"),
        ({"group_by": "unit", "fields": "id"}, "conflicting_parameters"),
    ],
)
def test_what_makes_no_sense_is_refused(ask, params, code):
    assert ask("metrics/", params, status=400)["code"] == code


@pytest.mark.parametrize(
    "query",
    [
        {"group_by": "unit"},
        {"group_by": "unit", "unit": ["次", "棵"]},
        {"group_by": "unit", "unit": "次", "city": "包头"},
        {"group_by": "city"},
        {"group_by": "city,status,qualifier"},
        {"group_by": "status,qualifier", "city": ["包头", "呼和浩特市"], "qualifier": ["exact", "about"]},
        {"group_by": "qualifier", "status": "reported"},
    ],
)
def test_tallies_give_the_answer_that_the_figures_give(ask, world, monkeypatch, query):
    for number, qualifier in enumerate(("exact", "over", "nearly", "about", "about"), 1):
        MetricFactory(unit="棵", value=Decimal("98.65") * number, qualifier=qualifier, city=world.baotou)
        MetricFactory(unit="次", value=number, qualifier=qualifier, city=None, status="planned")
    MetricFactory(unit="次", value=5, state="rejected")
    tallied = ask("metrics/", query)
    monkeypatch.setattr("api.viewsets.resources.is_tallied", lambda *_, **__: False)
    assert tallied == ask("metrics/", query)
    assert tallied["results"]


def test_a_figure_too_large_to_be_tallied_still_adds_up(ask):
    MetricFactory(unit="棵", value=Decimal(10**14), qualifier="exact")
    MetricFactory(unit="棵", value=1, qualifier="exact")
    [trees] = ask("metrics/", group_by="unit", unit="棵")["results"]
    assert (trees["count"], trees["sum_low"], trees["max_high"]) == (2, 10**14 + 1, 10**14)


def test_one_unit_may_be_chosen_in_any_form(ask):
    [hohhot] = ask("metrics/", group_by="city", unit__in="小时")["results"]
    assert hohhot["sum_low"] == 350000
    two = ask("metrics/", group_by="city", unit__in="小时,次")["results"]
    assert all("sum_low" not in group for group in two)


def test_groups_are_taken_away_as_a_table(ask, world):
    MetricFactory(article__body="约100册", text="约100册", value=100, unit="册", qualifier="about")
    asked = {"group_by": "city,unit", "format": "csv"}
    answer = APIClient().get("/api/v1/metrics/", asked)
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    shown = ask("metrics/", group_by="city,unit", page_size=1000)["results"]
    assert len(rows) == len(shown)
    [hours] = [row for row in rows if row["单位"] == "小时"]
    assert (hours["盟市"], hours["盟市·代码"], hours["条数"]) == ("呼和浩特市", "150100", "1")
    assert (hours["合计下限"], hours["合计上限"]) == ("350000", "")
    lines = b"".join(APIClient().get("/api/v1/metrics/", {**asked, "format": "jsonl"})).splitlines()
    assert [orjson.loads(line) for line in lines] == shown
    book = APIClient().get("/api/v1/initiatives/", {"group_by": "kind", "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book))).active
    assert [cell.value for cell in sheet[1]] == ["类别", "类别的中文名", "条数"]
    assert sheet["C2"].value == 1


def test_a_file_of_groups_has_all_of_them(ask):
    wrong = ask("metrics/", group_by="unit", format="csv", page_size=1, status=400)
    assert (wrong["code"], wrong["param"]) == ("conflicting_parameters", "page_size")
    wrong = ask("places/", group_by="level", format="geojson", status=400)
    assert (wrong["code"], wrong["param"]) == ("conflicting_parameters", "group_by")


@pytest.mark.parametrize("view", [v for v in vars(resources).values() if getattr(v, "groups", None)])
def test_every_way_to_count_has_a_heading(view):
    assert all(column.title for column in group_columns(view.groups, True))
