"""A search box is answered by name, alias and pinyin."""

import pytest

from api import suggest
from api.pinyin import SpellingIndex, spellings


@pytest.fixture(autouse=True)
def fresh_indexes(monkeypatch):
    """Other tests' names are not this one's; ids begin again in each."""
    monkeypatch.setattr(suggest, "_INDEXES", {kind: SpellingIndex() for kind in suggest.SUGGESTED})


def offered(answer):
    return [(row["kind"], row["name"]) for row in answer["results"]]


@pytest.mark.parametrize("typed", ["呼和", "青", "hhht", "HHHT", "huhehaote", "huhe", "qc"])
def test_a_place_is_offered(ask, typed):
    assert offered(ask("suggest/", q=typed))[0] == ("place", "呼和浩特市")


def test_all_kinds_are_offered_and_one_can_be_chosen(ask, world):
    world.lark.names.create(name="新城小院", key="150100/新城小院")
    kinds = {kind for kind, _ in offered(ask("suggest/", q="新城"))}
    assert kinds == {"place", "organisation", "initiative"}
    assert {kind for kind, _ in offered(ask("suggest/", q="新城", kind="organisation"))} == {"organisation"}


def test_an_alias_tells_that_it_matched(ask):
    [row] = ask("suggest/", q="云雀", kind="initiative")["results"]
    assert (row["name"], row["matched"], row["mark"], row["city"]) == (
        "“云雀”志愿服务品牌", "云雀", "brand", "呼和浩特市",
    )  # fmt: skip


def test_a_name_added_later_is_found_by_pinyin(ask, world):
    assert offered(ask("suggest/", q="lyz")) == [("place", "鹿苑镇")]
    world.town.names.create(name="白鹤滩", key="150203/白鹤滩")
    assert offered(ask("suggest/", q="bht")) == [("place", "鹿苑镇")]
    world.town.names.filter(name="白鹤滩").delete()
    world.town.names.create(name="青松岭", key="150203/青松岭")
    assert offered(ask("suggest/", q="qsl")) == [("place", "鹿苑镇")]


def test_an_index_of_another_table_is_read_anew():
    index = SpellingIndex()
    index.refresh(lambda first: [(1, "青城", 10), (2, "包头", 11)])
    assert index.starting_with("bt", 5) == [11]
    index.refresh(lambda first: [row for row in [(1, "乌海", 12), (2, "赤峰", 13)] if row[0] >= first])
    assert index.starting_with("bt", 5) == []
    assert index.starting_with("cf", 5) == [13]
    index.refresh(lambda first: [])
    assert index.starting_with("cf", 5) == []


def test_suggestions_take_a_handful_of_queries_and_are_limited(ask):
    ask("suggest/", q="x", limit=2, budget=4)
    assert len(ask("suggest/", q="包", limit=1, budget=4)["results"]) == 1
    assert ask("suggest/", q="")["results"] == []


@pytest.mark.parametrize("params", [{"q": "a", "limit": "51"}, {"q": "a", "kind": "colour"}, {"p": "a"}])
def test_suggestions_are_strict(ask, params):
    ask("suggest/", params, status=400)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("克什克腾旗", "keshiketengqi"),
        ("商都县", "shangduxian"),
        ("锡林郭勒盟", "xlglm"),
        ("召庙", "zhaomiao"),
    ],
)
def test_place_names_have_readings_of_their_own(name, typed):
    assert typed in spellings(name)


def test_cities_are_compared_side_by_side(ask):
    answer = ask("cities/compare/", {"city": ["青城", "150200"]}, budget=6)
    assert [city["code"] for city in answer["cities"]] == ["150100", "150200"]
    brand = {"kind": "brand", "kind_label": "品牌", "counts": {"150100": 1, "150200": 0}}
    assert brand in answer["initiatives"]
    assert {"unit": "次", "counts": {"150100": 0, "150200": 2}} in answer["metrics"]


@pytest.mark.parametrize(
    ("cities", "code"),
    [
        (["青城"], "wrong_number_of_values"),
        (["青城", "青城"], "wrong_number_of_values"),
        (["青城", "150100"], "wrong_number_of_values"),
        (["青城", "火星"], "unknown_place"),
        (["青城", "新城区"], "unknown_place"),
        (["青城", "\0"], "invalid_value"),
    ],
)
def test_a_comparison_needs_two_known_cities(ask, cities, code):
    assert ask("cities/compare/", {"city": cities}, status=400)["code"] == code
