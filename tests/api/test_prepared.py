"""First pages of lists by plain values are what the query written for the request alone would give."""

import pytest

from api.filtersets.base import RecordFilterSet
from api.prepared import _query

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

NOT_PLAIN = [
    "metrics/?unit=人次&unit=场",
    "metrics/?unit__in=人次,场",
    "metrics/?unit!=人次",
    "metrics/?city!=包头市",
    "metrics/?city=包头市&city=呼和浩特市",
    "metrics/?value__gte=10",
    "metrics/?place=包头市",
    "initiatives/?q=云雀",
    "metrics/?city=呼和浩特市&count=true",
]


@pytest.mark.parametrize(("path", "values"), SHAPES, ids=[path for path, _ in SHAPES])
def test_every_value_of_a_shape_has_its_own_answer(ask, monkeypatch, path, values):
    prepared = [ask(path.format(value)) for value in values]
    monkeypatch.setattr(RecordFilterSet, "plain", lambda filters: None)
    assert prepared == [ask(path.format(value)) for value in values]
    assert any(answer["results"] for answer in prepared)


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
