"""Counting by a field, and adding up vague figures honestly."""

import pytest

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
        ({"group_by": "unit,city,status,year"}, "invalid_value"),
        ({"group_by": "unit", "cursor": "x"}, "conflicting_parameters"),
        ({"group_by": "unit", "fields": "id"}, "conflicting_parameters"),
    ],
)
def test_what_makes_no_sense_is_refused(ask, params, code):
    assert ask("metrics/", params, status=400)["code"] == code
