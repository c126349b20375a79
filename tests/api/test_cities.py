"""One answer tells what is most asked about a 盟市."""

import pytest

from tests.api.conftest import names


def test_the_list_has_the_cities_of_the_region_with_counts(ask, world):
    answer = ask("cities/")
    assert [row["code"] for row in answer["results"]] == ["150100", "150200", "150600"]
    hohhot = answer["results"][0]
    assert hohhot["url"].endswith("/cities/150100/")
    counts = {
        name: hohhot[f"{name}_count"] for name in ("articles", "initiatives", "organisations", "metrics")
    }
    assert counts == {"articles": 1, "initiatives": 1, "organisations": 1, "metrics": 3}


def test_a_city_elsewhere_is_no_city_of_the_list(ask, world):
    from tests.factories import PlaceFactory

    PlaceFactory(name="沈阳市", code="210100", level="city")
    assert "沈阳市" not in names(ask("cities/"))
    ask("cities/210100/", status=404)


@pytest.mark.parametrize("name", ["150100", "呼和浩特市", "呼和浩特", "青城"])
def test_one_city_in_one_answer(ask, world, name):
    city = ask(f"cities/{name}/", budget=8)
    assert city["name"] == "呼和浩特市"
    assert set(city["other_names"]) == {"呼和浩特", "青城"}
    [brands] = city["initiatives"]
    assert (brands["kind"], brands["kind_label"], brands["count"]) == ("brand", "品牌", 1)
    assert brands["results"][0]["evidence"][0]["text"] == world.lark.name
    assert names(ask(brands["url"])) == {world.lark.name}
    [teams] = city["organisations"]
    assert (teams["category"], teams["results"][0]["name"]) == ("volunteer_team", world.team.name)
    assert [article["title"] for article in city["latest_articles"]] == ["云雀飞进寻常巷"]
    assert {metric["text"] for metric in city["headline_metrics"]} == {"35万余小时", "近百人", "3个"}


def test_headlines_are_the_largest_reported_figure_of_each_unit(ask, world):
    assert [metric["text"] for metric in ask("cities/150200/", budget=8)["headline_metrics"]] == ["9624次"]


@pytest.mark.parametrize("code", ["159900", "%00", "青%00城"])
def test_an_unknown_city_is_not_found(ask, code):
    assert ask(f"cities/{code}/", status=404)["code"] == "not_found"


def test_a_city_takes_no_unknown_parameter(ask):
    assert ask("cities/150100/", citty="1", status=400)["code"] == "unknown_parameter"
