"""What each parameter selects, and how strictly it is read."""

import pytest

from tests.api.conftest import names

LARK, LIGHTS, ROOM = "“云雀”志愿服务品牌", "“三色灯”工作机制", "“晨光”书屋"


@pytest.mark.parametrize("city", ["呼和浩特市", "呼和浩特", "青城", "150100"])
def test_a_city_is_found_by_name_alias_and_code(ask, city):
    assert names(ask("initiatives/", city=city)) == {LARK}


def test_a_city_is_found_by_id(ask, world):
    assert names(ask("initiatives/", city=world.ordos.id)) == {ROOM}
    assert names(ask("initiatives/", city=f"id:{world.ordos.id}")) == {ROOM}


@pytest.mark.parametrize(
    ("resource", "params", "expected"),
    [
        ("initiatives", {"place": "内蒙古自治区"}, {LARK, ROOM}),
        ("initiatives", {"place": "包头市"}, {LIGHTS}),
        ("initiatives", {"place": "新城区"}, {LARK}),
        ("articles", {"place": "包头市"}, {"三色灯照亮老街"}),
        ("articles", {"place": "昆都仑区"}, {"三色灯照亮老街"}),
        ("places", {"place": "包头"}, {"包头市", "昆都仑区", "鹿苑镇"}),
        ("places", {"parent": "150200"}, {"昆都仑区"}),
        ("organisations", {"place": "昆都仑区"}, {"昆都仑区委宣传部"}),
        ("metrics", {"place": "新城区"}, {"3个"}),
    ],
)
def test_a_place_includes_what_lies_below_it(ask, resource, params, expected):
    assert names(ask(f"{resource}/", params)) == expected


@pytest.mark.parametrize(
    ("resource", "params", "expected"),
    [
        ("initiatives", {"kind": "brand"}, {LARK}),
        ("initiatives", {"kind": "品牌"}, {LARK}),
        ("initiatives", {"kind": ["brand", "facility"]}, {LARK, ROOM}),
        ("initiatives", {"kind__in": "brand,facility"}, {LARK, ROOM}),
        ("initiatives", {"kind!": "brand"}, {LIGHTS, ROOM}),
        ("initiatives", {"kind!": "brand,facility"}, {LIGHTS}),
        ("initiatives", {"city!": "青城"}, {LIGHTS, ROOM}),
        ("initiatives", {"city": ["青城", "150600"]}, {LARK, ROOM}),
        ("initiatives", {"city__in": "青城,包头"}, {LARK, LIGHTS}),
        ("initiatives", {"organiser": "石榴花志愿服务队"}, {LARK}),
        ("initiatives", {"organiser!": "石榴花志愿服务队"}, {LIGHTS, ROOM}),
        ("initiatives", {"organisation": "昆都仑区委宣传部"}, {LIGHTS}),
        ("initiatives", {"started_after": "2023"}, {LARK}),
        ("initiatives", {"started_after": "2023-02"}, set()),
        ("initiatives", {"started_before": "2023"}, {LARK}),
        ("initiatives", {"started": "2023-01"}, {LARK}),
        ("initiatives", {"started__gt": "2022"}, {LARK}),
        ("initiatives", {"started__lt": "2023"}, set()),
        ("initiatives", {"has_metrics": "true"}, {LARK, LIGHTS, ROOM}),
        ("initiatives", {"has_metrics": "false"}, set()),
        ("initiatives", {"name": LARK}, {LARK}),
        ("metrics", {"unit": "次"}, {"9624次", "至少1次"}),
        ("metrics", {"unit": "次", "status": "planned"}, {"至少1次"}),
        ("metrics", {"value_min": "300000"}, {"35万余小时", "至少1次"}),
        ("metrics", {"value_max": "2"}, {"近百人", "至少1次"}),
        ("metrics", {"value__gte": "9624"}, {"35万余小时", "9624次"}),
        ("metrics", {"value__gt": "3", "value__lt": "300"}, {"近百人"}),
        ("metrics", {"value": ["3", "100.0"]}, {"3个", "近百人"}),
        ("metrics", {"value__gte": ["9624", "350000"]}, {"35万余小时", "9624次"}),
        ("metrics", {"value__gte": ["350000", "9624"]}, {"35万余小时", "9624次"}),
        ("metrics", {"value_min": ["300000", "400000"]}, {"35万余小时", "至少1次"}),
        ("initiatives", {"started_after": ["2023", "2024"]}, {LARK}),
        ("metrics", {"initiative": "云雀"}, {"35万余小时", "近百人"}),
        ("metrics", {"as_of": "2024"}, {"35万余小时"}),
        ("metrics", {"as_of_before": "2024-11"}, set()),
        ("metrics", {"qualifier": "range"}, {"300-500平方米"}),
        ("articles", {"author": "周牧云"}, {"云雀飞进寻常巷"}),
        ("articles", {"author!": "周牧云"}, {"三色灯照亮老街", "书屋开门"}),
        ("articles", {"column": "身边"}, {"云雀飞进寻常巷"}),
        ("articles", {"date": "2025-03-01"}, {"云雀飞进寻常巷", "三色灯照亮老街"}),
        ("articles", {"date_after": "2025-03-02"}, set()),
        ("articles", {"publication": "云岭日报", "kind": "brief"}, {"三色灯照亮老街"}),
        ("articles", {"initiative": ROOM}, {"书屋开门"}),
        ("articles", {"organisation": "石榴花志愿服务队"}, {"云雀飞进寻常巷"}),
        ("organisations", {"category": "volunteer_team"}, {"新城区石榴花志愿服务队"}),
        ("organisations", {"initiative": "云雀"}, {"新城区石榴花志愿服务队"}),
        ("places", {"level": "city", "city": "包头"}, {"包头市"}),
        ("places", {"code": "150203"}, {"昆都仑区"}),
        ("pages", {"publication": "云岭日报"}, {"world.txt"}),
        ("pages", {"date_before": "2025-03"}, {"world.txt"}),
    ],
)
def test_a_filter_selects(ask, resource, params, expected):
    assert names(ask(f"{resource}/", params)) == expected


def test_the_parameters_that_name_records_cost_one_query_together(ask):
    ask("initiatives/", kind="brand")
    without = ask.queries
    ask(
        "initiatives/",
        city="青城",
        place="新城区",
        organiser="石榴花志愿服务队",
        organisation="新城区石榴花志愿服务队",
    )
    assert ask.queries == without + 1


def test_an_unknown_parameter_is_named_with_the_nearest_known_first(ask):
    problem = ask("initiatives/", citty="青城", status=400)
    assert ask.answer["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["param"], problem["status"]) == ("unknown_parameter", "citty", 400)
    assert problem["allowed"][0] == "city"
    assert problem["detail"].startswith("未知参数 citty。可用：city, ")


def test_errors_are_in_english_on_demand(ask):
    from rest_framework.test import APIClient

    answer = APIClient().get("/api/v1/initiatives/?kind=brands", headers={"accept-language": "en"})
    problem = answer.json()
    assert problem["title"] == "Invalid value"
    assert problem["allowed"] == ["campaign", "brand", "mechanism", "project", "facility", "event"]


@pytest.mark.parametrize(
    ("resource", "params", "code"),
    [
        ("initiatives", {"kind": "brands"}, "invalid_value"),
        ("initiatives", {"kind__in": "brand,"}, "invalid_value"),
        ("initiatives", {"started_after": "2023-13"}, "invalid_value"),
        ("initiatives", {"started_after": "去年"}, "invalid_value"),
        ("initiatives", {"has_metrics": "maybe"}, "invalid_value"),
        ("initiatives", {"article": "12a"}, "invalid_value"),
        ("initiatives", {"article": "9" * 40}, "invalid_value"),
        ("metrics", {"value_min": "viele"}, "invalid_value"),
        ("metrics", {"value_min": "NaN"}, "invalid_value"),
        ("metrics", {"value_min": "1_000"}, "invalid_value"),
        ("metrics", {"value_min": "1e999999"}, "invalid_value"),
        ("metrics", {"unit": "a\0b"}, "invalid_value"),
        ("metrics", {"page_size": "0"}, "invalid_value"),
        ("metrics", {"page_size": "1001"}, "invalid_value"),
        ("metrics", {"count": "yes"}, "invalid_value"),
        ("metrics", {"count": ["true", "true"]}, "repeated_parameter"),
        ("metrics", {"cursor": "nonsense"}, "invalid_cursor"),
        ("metrics", {"ordering": "colour"}, "invalid_value"),
        ("metrics", {"fields": "colour"}, "invalid_value"),
        ("metrics", {"expand": "text"}, "invalid_value"),
        ("initiatives", {"city": "火星市"}, "unknown_place"),
        ("initiatives", {"city": "新城区"}, "unknown_place"),
        ("initiatives", {"organiser": "无此组织"}, "unknown_name"),
        ("initiatives", {"kind": "x", "city": "y", "has_metrics": "z"}, "invalid_parameters"),
    ],
)
def test_a_bad_value_is_refused(ask, resource, params, code):
    assert ask(f"{resource}/", params, status=400)["code"] == code


def test_an_unknown_place_suggests_near_names(ask, world):
    problem = ask("initiatives/", city="呼和浩持市", status=400)
    assert problem["param"] == "city"
    assert problem["suggestions"][0] == {"id": world.hohhot.id, "name": "呼和浩特市", "code": "150100"}
    assert "呼和浩特市 (150100)" in problem["detail"]


def test_a_name_of_two_places_is_refused_with_both(ask, world):
    world.kundulun.names.create(name="东区", key="150200/东区")
    world.dalad.names.create(name="东区", key="150600/东区")
    problem = ask("places/", place="东区", status=400)
    assert problem["code"] == "ambiguous_place"
    assert {each["code"] for each in problem["suggestions"]} == {"150203", "150621"}


def test_several_problems_are_all_told(ask):
    problem = ask("metrics/", {"status": "x", "qualifier": "y"}, status=400)
    assert {error["param"] for error in problem["errors"]} == {"status", "qualifier"}


def test_an_address_that_leads_nowhere_is_a_problem_document(ask):
    assert ask("colours/", status=404)["code"] == "not_found"
    assert ask("metrics/999999/", status=404)["code"] == "not_found"


def test_what_a_problem_means_can_be_read(ask):
    problem = ask("initiatives/", citty="青城", status=400)
    assert ask(f"http://testserver{problem['type']}")["title_en"] == "Unknown parameter"


@pytest.mark.parametrize(
    ("resource", "query", "expected"),
    [
        ("initiatives", "云雀", {LARK}),
        ("initiatives", "品牌 志愿", {LARK}),
        ("initiatives", "品牌 -志愿", set()),
        ("articles", "志愿服务", {"云雀飞进寻常巷"}),
        ("articles", "“累计服务”", {"云雀飞进寻常巷"}),
        ("articles", "-社区", {"三色灯照亮老街", "书屋开门"}),
        ("organisations", "石榴花", {"新城区石榴花志愿服务队"}),
        ("places", "青城", {"呼和浩特市"}),
        ("metrics", "走访", {"9624次", "至少1次"}),
    ],
)
def test_text_is_searched(ask, resource, query, expected):
    assert names(ask(f"{resource}/", q=query)) == expected


@pytest.mark.parametrize(
    "query", ["", '"', "-", "' OR 1=1 --", "*", "NEAR(", "a" * 200, "🐎", "\x00", "%_\\", "：（）"]
)
def test_any_characters_are_a_valid_query(ask, query):
    ask("articles/", q=query)


def test_a_text_query_is_ranked_and_paged(ask, world):
    from tests.factories import InitiativeFactory

    for number in range(7):
        InitiativeFactory(name=f"“松涛{'林海' * (number % 3)}{number}”活动")
    whole = [row["id"] for row in ask("initiatives/", q="松涛")["results"]]
    assert len(whole) == 7
    found, answer = [], ask("initiatives/", q="松涛", page_size=2)
    while True:
        found += [row["id"] for row in answer["results"]]
        if not answer["next"]:
            break
        answer = ask(answer["next"])
    assert found == whole


def test_what_was_rejected_ties_nothing(ask, world):
    article = world.hohhot_article.id
    assert names(ask("initiatives/", article=article)) == {LARK}
    world.lark.mentions.update(state="rejected")
    assert names(ask("initiatives/", article=article)) == set()
    assert names(ask("articles/", initiative="云雀")) == set()
    world.lights.metrics.update(state="rejected")
    assert names(ask("initiatives/", has_metrics="false")) == {LIGHTS}
    assert names(ask("initiatives/", has_metrics="true")) == {LARK, ROOM}
