"""Pages of lists by plain values are what the query written for the request alone would give."""

import base64

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.filtersets.base import RecordFilterSet
from api.prepared import _query
from tests.factories import InitiativeFactory

SHAPES = [
    ("metrics/?city={}&page_size=3", ["呼和浩特市", "包头市", "150600"]),
    ("metrics/?unit={}&ordering=-value", ["次", "平方米", "没有"]),
    ("metrics/?status={}&ordering=-updated_at", ["reported", "计划"]),
    ("metrics/?qualifier__in={}&fields=id", ["over", "nearly"]),
    ("initiatives/?city={}&kind=brand", ["呼和浩特市", "包头市", "鄂尔多斯市"]),
    ("initiatives/?kind={}&page_size=1", ["brand", "活动"]),
    ("organisations/?city={}", ["呼和浩特市", "包头市"]),
    ("places/?level={}&ordering=-name", ["city", "county"]),
    ("articles/?city={}", ["呼和浩特市", "包头市"]),
    ("cities/?ordering={}", ["code", "-name"]),
]

COUNTED = [
    ("metrics/?", 7),
    ("metrics/?city=呼和浩特市&", 3),
    ("initiatives/?city=呼和浩特市&city__in=包头市&", 0),
    ("metrics/?unit__in=次&status=planned&", 1),
    ("metrics/?value=3&", 1),
    ("initiatives/?city=呼和浩特市&", 1),
    ("initiatives/?city=呼和浩特市&kind=brand&", 1),
    ("initiatives/?city=呼和浩特市&kind=event&", 0),
    ("initiatives/?kind=brand&", 1),
    ("organisations/?city=包头市&category=party_department&", 1),
    ("articles/?city=包头市&", 1),
    ("places/?city=包头市&", 3),
    ("places/?city=包头市&level=county&", 1),
]
NOT_TALLIED = (
    "initiatives/?city=呼和浩特市&city__in=包头市&",
    "metrics/?value=3&",
    "initiatives/?kind=brand&",
    "places/?city=包头市&level=county&",
)
"""How many there are of each in the tests' world, and what only counting the records themselves can tell."""

NOT_PLAIN = [
    "metrics/?unit=人次&unit=场",
    "metrics/?unit__in=人次,场",
    "metrics/?unit!=人次",
    "metrics/?city!=包头市",
    "metrics/?city=包头市&city=呼和浩特市",
    "metrics/?value__gte=10",
    "metrics/?place=包头市",
    "initiatives/?q=云雀",
]

ORDERS = [
    ("metrics", "id"),
    ("metrics", "-value"),
    ("metrics", "low"),
    ("metrics", "-high"),
    ("metrics", "as_of,-value"),
    ("metrics", "-updated_at"),
    ("metrics", "unit,-low"),
    ("initiatives", "started"),
    ("initiatives", "-started,name"),
    ("places", "code"),
    ("pages", "-issue_date"),
    ("articles", "issue_date,title"),
    ("organisations", "category,-name"),
]

ODD = [
    ("id", [None]),
    ("id", [10**30]),
    ("id", [-(10**30)]),
    ("id", [1.5]),
    ("id", [True]),
    ("id", [[1]]),
    ("value,id", ["Infinity", 1]),
    ("value,id", ["1e9999", 1]),
    ("value,id", [None, 1]),
    ("as_of_on,id", [None, None]),
    ("as_of_on,id", ["2020-02-30", 1]),
    ("unit,id", ["\0", 1]),
    ("unit,id", [{"a": 1}, 1]),
    ("updated_at,id", ["0001-01-01T00:00:00+14:00", 1]),
    ("updated_at,id", ["9999-12-31T23:59:59-14:00", 1]),
    ("updated_at,id", ["0001-01-01T00:00:00", 1]),
]
"""Cursors that no answer held, by what signs them."""


@pytest.mark.parametrize(("path", "values"), SHAPES, ids=[path for path, _ in SHAPES])
def test_every_value_of_a_shape_has_its_own_answer(ask, monkeypatch, path, values):
    prepared = [ask(path.format(value)) for value in values]
    monkeypatch.setattr(RecordFilterSet, "plain", lambda filters: None)
    assert prepared == [ask(path.format(value)) for value in values]
    assert any(answer["results"] for answer in prepared)


@pytest.mark.parametrize(("path", "expected"), COUNTED)
def test_what_is_tallied_is_not_counted(ask, monkeypatch, path, expected):
    with CaptureQueriesContext(connection) as queries:
        found = ask(f"{path}count=true")["count"]
    assert found == expected
    assert any("AS counted" in each["sql"] for each in queries) == (path in NOT_TALLIED)
    monkeypatch.setattr(RecordFilterSet, "plain", lambda filters: None)
    assert ask(f"{path}count=true")["count"] == expected


def test_a_shape_is_put_together_once_whatever_the_values(ask):
    _query.cache_clear()
    found = [
        ask("metrics/", city=city, page_size=9)["results"] for city in ("呼和浩特市", "包头市", "150600")
    ]
    assert found[0] != found[1] != found[2]
    assert (_query.cache_info().misses, _query.cache_info().hits) == (1, 2)


@pytest.mark.parametrize("path", NOT_PLAIN)
def test_what_changes_the_query_is_written_for_the_request(ask, path):
    _query.cache_clear()
    ask(path)
    assert _query.cache_info().currsize == 0


def test_the_pages_after_a_prepared_one_go_on_where_it_ends(ask):
    seen, page = [], ask("metrics/", ordering="-value", page_size=2)
    while page:
        seen += [row["id"] for row in page["results"]]
        page = ask(page["next"]) if page["next"] else None
    assert seen == [row["id"] for row in ask("metrics/", ordering="-value", page_size=1000)["results"]]
    assert len(seen) > 4


def pages(ask, path, **params):
    """The answers of all pages of a list, to the end and back."""
    found = [ask(path, params)]
    while found[-1]["next"]:
        found.append(ask(found[-1]["next"]))
    while found[-1]["previous"]:
        found.append(ask(found[-1]["previous"]))
    return found


@pytest.mark.parametrize(("resource", "ordering"), ORDERS)
def test_a_cursor_leads_where_it_would_have_led(ask, monkeypatch, resource, ordering):
    for year in ("2021", "2023"):
        InitiativeFactory(started_on=f"{year}-01-01", started_precision="year", started_text=year)
    path, params = f"{resource}/", {"ordering": ordering, "page_size": 1, "count": "true"}
    prepared = pages(ask, path, **params)
    monkeypatch.setattr(RecordFilterSet, "plain", lambda filters: None)
    assert prepared == pages(ask, path, **params)
    assert len(prepared) > 2


def test_the_pages_of_a_list_share_one_query_each_way(ask):
    _query.cache_clear()
    assert len(pages(ask, "metrics/", ordering="-value", page_size=1)) > 10
    assert _query.cache_info().misses == 3  # the first page, those after one, those before one


def test_a_filter_and_a_cursor_are_bound_together(ask, monkeypatch):
    params = {"unit": "次", "ordering": "-value", "page_size": 1, "count": "true"}
    prepared = pages(ask, "metrics/", **params)
    monkeypatch.setattr(RecordFilterSet, "plain", lambda filters: None)
    assert prepared == pages(ask, "metrics/", **params)
    assert [answer["count"] for answer in prepared] == [2, 2, 2]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("signature", "values"), ODD, ids=str)
def test_a_cursor_that_nobody_was_given_harms_nothing(ask, client, monkeypatch, signature, values, backwards):
    # By hand: a number of thirty digits stands in no cursor of ours.
    words = str([signature, backwards, values]).replace("'", '"').replace("None", "null")
    words = words.replace("True", "true").replace("False", "false").replace("\\x00", "\\u0000")
    assert orjson.loads(words)[0] == signature
    cursor = base64.urlsafe_b64encode(words.encode()).rstrip(b"=").decode()
    params = {"ordering": signature.replace("_on", ""), "cursor": cursor, "count": "true"}
    prepared = client.get("/api/v1/metrics/", params)
    assert prepared.status_code in (200, 400)
    monkeypatch.setattr(RecordFilterSet, "plain", lambda filters: None)
    asked = client.get("/api/v1/metrics/", params)
    assert (prepared.status_code, prepared.content) == (asked.status_code, asked.content)
