"""The form of answers: what each resource shows, and with which evidence."""

import pytest

from tests.api.conftest import names

RESOURCES = ["pages", "articles", "places", "organisations", "initiatives", "metrics"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_list_has_a_page_of_records_and_its_neighbours(ask, resource):
    answer = ask(f"{resource}/")
    assert set(answer) == {"next", "previous", "results"}
    assert answer["results"]
    assert all("body" not in row and "raw_text" not in row for row in answer["results"])


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_address_of_a_record_answers_it(ask, resource):
    for row in ask(f"{resource}/")["results"]:
        detail = ask(row["url"], budget=8)
        assert detail["id"] == row["id"]
        assert set(row) <= set(detail)


def test_an_initiative_is_shown_with_links_labels_and_evidence(ask, world):
    row = ask("initiatives/", kind="brand")["results"][0]
    base = "http://testserver/api/v1"
    assert row["name"] == "“云雀”志愿服务品牌"
    assert row["other_names"] == ["云雀"]
    assert (row["kind"], row["kind_label"]) == ("brand", "品牌")
    hohhot = {"id": world.hohhot.id, "name": "呼和浩特市", "code": "150100"}
    assert row["cities"] == [{**hohhot, "url": f"{base}/places/{world.hohhot.id}/"}]
    assert [place["name"] for place in row["places"]] == ["新城区"]
    assert row["organisers"] == [
        {"id": world.team.id, "name": world.team.name, "url": f"{base}/organisations/{world.team.id}/"}
    ]
    assert row["started"] == {"date": "2023-01-01", "precision": "year", "text": "2023年"}
    assert (row["metrics_count"], row["articles_count"]) == (2, 1)
    [evidence] = row["evidence"]
    body = world.hohhot_article.body
    assert body[evidence["start"] : evidence["end"]] == evidence["text"] == row["name"]
    assert evidence["article"]["name"] == "云雀飞进寻常巷"
    assert evidence["context"].startswith("新城区石榴花志愿服务队2023年推出“云雀”")
    assert evidence["context"].endswith("…")


def test_a_metric_is_shown_with_its_interval(ask, world):
    row = ask(f"metrics/{world.hours.id}/", budget=8)
    assert (row["text"], row["value"], row["upper"], row["low"], row["high"]) == (
        "35万余小时", 350000, None, 350000, None,
    )  # fmt: skip
    assert (row["qualifier_label"], row["status_label"]) == ("余", "已完成")
    assert row["as_of"] == {"date": "2024-12-31", "precision": "day", "text": "截至2024年底"}
    assert row["period_from"] is None
    assert row["initiative"]["name"] == world.lark.name
    assert row["evidence"]["text"] == "35万余小时"
    assert "累计服务35万余小时，近百人" in row["evidence"]["context"]


def test_an_article_carries_its_text_and_everything_in_it(ask, world):
    article = ask(f"articles/{world.hohhot_article.id}/", budget=8)
    assert article["body"] == world.hohhot_article.body
    assert article["authors"] == [
        {"name": "林溪", "role": "reporter", "role_label": "记者"},
        {"name": "周牧云", "role": "correspondent", "role_label": "通讯员"},
    ]
    for kind in ("places", "organisations", "initiatives"):
        for mention in article[kind]:
            assert article["body"][mention["start"] : mention["end"]] == mention["text"]
            assert mention[kind[:-1]]["name"] == mention["name"]
    assert [metric["text"] for metric in article["metrics"]] == ["35万余小时", "近百人", "3个"]


def test_rejected_records_and_mentions_are_not_shown(ask, world):
    world.lark.state = "rejected"
    world.lark.save()
    world.bookroom.mentions.update(state="rejected")
    answer = ask("initiatives/")
    assert world.lark.name not in names(answer)
    assert [row["evidence"] for row in answer["results"] if row["name"] == world.bookroom.name] == [[]]
    assert ask(f"initiatives/{world.lark.id}/", status=404)["code"] == "not_found"


def test_an_article_without_a_headline_is_still_named_in_links(ask, world):
    world.hohhot_article.title = ""
    world.hohhot_article.save()
    assert ask(f"metrics/{world.hours.id}/")["evidence"]["article"]["name"] == "（无题）"
