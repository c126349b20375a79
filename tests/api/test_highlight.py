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


def test_without_a_query_there_is_nothing_to_show_and_asking_for_it_is_refused(ask):
    refused = ask("places/", highlight="true", status=400)
    assert (refused["code"], refused["param"], refused["value"]) == ("missing_parameter", "highlight", "q")
    assert refused["detail"] == "参数 highlight 须与 q 同用"
    assert "highlight" not in ask("places/", highlight="false")["results"][0]
    assert ask("places/", q="", highlight="true")["results"][0]["highlight"] is None


def test_highlighting_costs_one_query(ask):
    ask("articles/", q="服务")
    plain = ask.queries
    ask("articles/", q="服务", highlight="true")
    assert ask.queries == plain + 1


@pytest.mark.parametrize("query", ["(", "[a", "\\", "*云雀", "云雀 -书屋", "“云雀”"])
def test_a_query_is_never_read_as_a_pattern(ask, query):
    ask("initiatives/", q=query, highlight="true")
