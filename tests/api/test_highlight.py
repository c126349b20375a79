"""The words that a text query found are shown in their place."""

import pytest


def marked(row):
    return [row["highlight"]["text"][start:end] for start, end in row["highlight"]["marks"]]


def test_an_article_shows_the_matching_words(ask):
    [row] = ask("articles/", q="累计服务", highlight="true")["results"]
    assert row["highlight"]["field"] == "body"
    assert set(marked(row)) & {"累计服务", "累计", "服务"}
    assert "body" not in row


def test_an_alias_shows_that_it_was_found(ask):
    [row] = ask("places/", q="青城", highlight="true")["results"]
    assert row["highlight"] == {"field": "other_names", "text": "青城", "marks": [[0, 2]]}


def test_without_a_query_there_is_nothing_to_show(ask):
    assert "highlight" not in ask("places/", highlight="true")["results"][0]


def test_highlighting_costs_one_query(ask):
    ask("articles/", q="服务")
    plain = ask.queries
    ask("articles/", q="服务", highlight="true")
    assert ask.queries == plain + 1


@pytest.mark.parametrize("query", ["(", "[a", "\\", "*云雀", "云雀 -书屋", "“云雀”"])
def test_a_query_is_never_read_as_a_pattern(ask, query):
    ask("initiatives/", q=query, highlight="true")
