"""A whole list can be taken away, in every form, with the same filters."""

import csv
import datetime
import io
import json

import openpyxl
import pytest
from django.db import connection
from rest_framework.test import APIClient

from api.exports import answers
from tests.factories import InitiativeFactory, PlaceFactory


@pytest.fixture
def take(world):
    """`take("metrics/", format="csv")` gives the bytes of the file."""

    def get(path, language="zh-hans", **params):
        answer = APIClient().get(f"/api/v1/{path}", params, headers={"accept-language": language})
        assert answer.status_code == 200, answer.content
        get.answer = answer
        return b"".join(answer.streaming_content)

    return get


def test_json_lines_are_the_records_of_the_list(ask, take):
    lines = take("initiatives/", format="jsonl", kind="brand").decode().splitlines()
    assert [json.loads(line) for line in lines] == ask("initiatives/", kind="brand")["results"]
    assert take.answer["Content-Disposition"] == 'attachment; filename="initiatives.jsonl"'


def test_a_list_longer_than_a_page_is_taken_whole(take):
    InitiativeFactory.create_batch(40)
    from api.exports import answers

    answers.ROWS_A_QUERY, before = 7, answers.ROWS_A_QUERY
    try:
        lines = take("initiatives/", format="jsonl", ordering="-name").decode().splitlines()
    finally:
        answers.ROWS_A_QUERY = before
    names = [json.loads(line)["name"] for line in lines]
    assert len(set(names)) == 43
    assert names == sorted(names, reverse=True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could hold a cursor")
def test_a_cursor_on_the_server_holds_the_list_while_it_is_taken(world, monkeypatch):
    monkeypatch.setattr(answers, "ROWS_A_QUERY", 1)
    answer = APIClient().get("/api/v1/places/?format=jsonl")
    lines = iter(answer.streaming_content)
    first = json.loads(next(lines))
    PlaceFactory(name="后来的地方")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone() == (1,)
    names = [first["name"], *(json.loads(line)["name"] for line in lines)]
    assert len(names) == len(set(names)) > 5
    assert "后来的地方" not in names


def test_csv_opens_in_excel_with_chinese_headings(take):
    data = take("metrics/", format="csv", unit="小时")
    assert data.startswith("\ufeff".encode())
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert row["数值"] == "350000"
    assert row["盟市"] == "呼和浩特市"
    assert row["盟市·代码"] == "150100"
    assert row["截止时间"] == "2024-12-31"
    assert "累计服务35万余小时" in row["出处·上下文"]


def test_csv_headings_are_field_names_in_english(take):
    data = take("initiatives/", language="en", format="csv", fields="id,name,organisers,started")
    heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert heading == ["id", "name", "organisers", "started", "started.precision", "started.text"]
    assert rows[0][2:] == ["新城区石榴花志愿服务队", "2023-01-01", "year", "2023年"]


def test_embedded_records_fill_columns_of_their_own(take):
    data = take("metrics/", format="csv", fields="text,city", expand="city", language="en")
    row = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert row["city.name"] == "呼和浩特市"
    assert row["city.level_label"] == "盟市"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "－1"])
def test_what_looks_like_a_formula_is_made_harmless(take, name):
    InitiativeFactory(name=name)
    rows = list(
        csv.reader(io.StringIO(take("initiatives/", format="csv", fields="name").decode("utf-8-sig")))
    )
    assert [f"'{name}"] in rows
    book = openpyxl.load_workbook(io.BytesIO(take("initiatives/", format="xlsx", fields="name")))
    assert {cell.data_type for cell in book.active["A"]} == {"s"}
    assert name in [cell.value for cell in book.active["A"]]


def test_xlsx_has_typed_cells(take):
    book = openpyxl.load_workbook(io.BytesIO(take("metrics/", format="xlsx", unit="小时")))
    heading, row = book.active.iter_rows()
    cells = dict(zip([cell.value for cell in heading], row, strict=True))
    assert cells["数值"].value == 350000
    assert cells["截止时间"].value == datetime.datetime(2024, 12, 31)
    assert isinstance(cells["更新时间"].value, datetime.datetime)
    assert cells["原文"].value == "35万余小时"


def test_places_are_points_on_a_map(take):
    collection = json.loads(take("places/", format="geojson", level="city"))
    assert collection["type"] == "FeatureCollection"
    hohhot = collection["features"][0]
    assert hohhot["geometry"] == {"type": "Point", "coordinates": [110.0, 40.0]}
    assert hohhot["properties"]["name"] == "呼和浩特市"
    [town] = json.loads(take("places/", format="geojson", level="township"))["features"]
    assert town["geometry"] is None


def test_the_form_can_be_asked_for_by_header(world):
    answer = APIClient().get("/api/v1/places/", headers={"accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "params", "status", "code"),
    [
        ("metrics/", {"format": "csv", "page_size": "5"}, 400, "conflicting_parameters"),
        ("metrics/", {"format": "csv", "cursor": "5"}, 400, "conflicting_parameters"),
        ("metrics/", {"format": "csv", "kind": "5"}, 400, "unknown_parameter"),
        ("metrics/", {"format": "geojson"}, 400, "invalid_value"),
        ("metrics/", {"format": "pdf"}, 400, "invalid_value"),
    ],
)
def test_what_cannot_be_taken_away_is_refused(ask, path, params, status, code):
    assert ask(path, params, status=status)["code"] == code


@pytest.mark.parametrize("name", ["xml", "JSON", ""])
def test_a_form_that_is_not_there_is_refused(ask, name):
    refused = ask("initiatives/", {"format": name}, status=400)
    assert (refused["code"], refused["param"]) == ("invalid_value", "format")
    assert "jsonl" in refused["allowed"]
