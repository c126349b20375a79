"""Figures and dates on their way into the tables."""

import datetime

import pytest
from msgspec.structs import replace

from importers import load_facts
from importers.extract.records import DateText
from kb import models
from tests.importers.pages import (
    page,
    second_article,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("value", [10**40, float("inf"), float("nan")])
def test_a_figure_without_room_becomes_a_doubt(load, value):
    read = replace(second_article().metrics[0], value=value)
    load(page(replace(second_article(), metrics=(read,))))
    assert not models.Metric.objects.exists()
    assert models.Doubt.objects.get().text == "120册"
    assert load(page(replace(second_article(), metrics=(read,)))).wrote_nothing()


@pytest.mark.parametrize("value", [0.1, 98.6, 1 / 3, 123456789012345678, 2.5e-5])
def test_any_number_is_unchanged_when_read_again(load, value):
    record = page(replace(second_article(), metrics=(replace(second_article().metrics[0], value=value),)))
    load(record)
    assert load(record).wrote_nothing()


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024", (datetime.date(2024, 1, 1), "year")),
        ("2024-06", (datetime.date(2024, 6, 1), "month")),
        ("2024-02-29", (datetime.date(2024, 2, 29), "day")),
        ("2023-02-29", (None, "")),
        ("0000", (None, "")),
        (None, (None, "")),
    ],
)
def test_dates_keep_their_precision(iso, expected):
    columns = load_facts.date_columns("as_of", DateText("那天", iso))
    assert (columns["as_of_on"], columns["as_of_precision"]) == expected
    assert columns["as_of_text"] == "那天"
