import csv
import io
import xml.etree.ElementTree as ET

import pytest

from kb.tables.cells import harmless
from tests.factories import ArticleFactory, MetricFactory


def rows(look, name: str) -> list[dict[str, str]]:
    text = look(f"/overview/{name}.csv")
    assert look.answer["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_cities_as_csv(look, world):
    found = {row["code"]: row for row in rows(look, "cities")}
    assert len(found) == 13
    assert found["150200"]["city"] == "包头市"
    assert [
        found["150200"][name] for name in ("articles", "initiatives", "organisations", "metrics")
    ] == list("1112")


def test_initiatives_as_csv(look, world):
    found = {row["code"]: row for row in rows(look, "initiatives")}
    assert (found["150100"]["brand"], found["150100"]["mechanism"]) == ("1", "0")


def test_years_as_csv(look, world):
    assert rows(look, "years") == [
        {"year": "2024", "reported": "1", "planned": "0"},
        {"year": "", "reported": "5", "planned": "1"},
    ]


def test_largest_figures_as_csv(look, world):
    hours = next(row for row in rows(look, "largest") if row["unit"] == "小时")
    assert (hours["value"], hours["text"], hours["city"], hours["as_of"]) == (
        "350000",
        "35万余小时",
        "呼和浩特市",
        "2024-12-31",
    )


def test_words_from_pages_are_no_formulas(look, world):
    article = ArticleFactory(page=world.page, title="=HYPERLINK(1)", body="77777只")
    MetricFactory(article=article, text="77777只", value=77777, unit="只", subject="@SUM(A1)")
    row = next(row for row in rows(look, "largest") if row["unit"] == "只")
    assert (row["title"], row["subject"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    assert harmless(-5) == -5


@pytest.mark.parametrize("name", ["cities", "initiatives", "years", "largest"])
@pytest.mark.parametrize("filled", [True, False])
def test_pictures_are_svg_without_style_or_script(look, db, request, name, filled):
    if filled:
        request.getfixturevalue("world")
    picture = ET.fromstring(look(f"/overview/{name}.svg"))  # noqa: S314 - our own
    assert look.answer["Content-Type"] == "image/svg+xml"
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(picture.get("viewBox").split()[2]) > 0
    tags = {node.tag.partition("}")[2] for node in picture.iter()}
    assert not tags & {"script", "style", "a", "foreignObject", "image"}


def test_the_picture_of_the_map_has_every_city_with_its_value(look, world):
    picture = ET.fromstring(look("/overview/cities.svg?by=metrics"))  # noqa: S314 - our own
    words = [node.text for node in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert words[words.index("呼和浩特") + 1] == "3"
    assert len(words) == 1 + 2 * 12


@pytest.mark.parametrize("path", ["secrets.csv", "latest.svg", "secrets.svg"])
def test_unknown_tables_and_pictures_are_not_found(look, db, path):
    look(f"/overview/{path}", status=404)


def test_a_map_by_something_unknown_is_refused(look, db):
    look("/overview/cities.svg?by=age", status=400)


def test_the_picture_of_the_largest_figures_has_their_words(look, world):
    article = ArticleFactory(page=world.page, body="<b>养羊88888只</b>")
    MetricFactory(article=article, text="88888只", value=88888, unit="只", subject="<b>羊")
    picture = ET.fromstring(look("/overview/largest.svg"))  # noqa: S314 - our own
    said = "".join(picture.itertext())
    for words in ("35万余小时", "…<b>养羊88888只</b>…", "<b>羊"):
        assert words in said


def test_every_chart_of_the_overview_offers_its_data_and_its_picture(look, world):
    text = look("/")
    for name in ("cities", "initiatives", "years", "largest"):
        assert f'href="/overview/{name}.csv"' in text
        assert f'data-png="{name}"' in text
