"""What became of a record, over HTTP: who did what, when, and what it was before."""

import pytest
from rest_framework.test import APIClient

from api.urls import router
from api.writing.viewset import WritableViewSet
from kb.changes import attributed
from kb.models import Metric
from tests.api.conftest import DETAIL_BUDGET
from tests.api.test_schema import errors

RESOURCES = {prefix: view for prefix, view, _ in router.registry if issubclass(view, WritableViewSet)}


def patch(client, url, data):
    answer = client.patch(url, data, headers={"if-match": client.get(url)["ETag"]})
    assert answer.status_code == 200, answer.content


def test_a_change_is_told_with_who_when_and_what(ask, tool, world):
    url = f"/api/v1/initiatives/{world.lark.pk}/"
    patch(tool, url, {"kind": "campaign", "organisers": [world.department.pk], "city": world.ordos.pk})
    newest, oldest = tool.get(f"{url}history/").json()["results"]
    assert (newest["by"], newest["action"], newest["action_label"]) == (
        "bianji（令牌 报表）",
        "update",
        "修改",
    )
    changed = {each["field"]: each for each in newest["changes"]}
    assert set(changed) == {"kind", "organisers", "city", "locked"}
    assert (changed["kind"]["label"], changed["kind"]["before"], changed["kind"]["after"]) == (
        "类别",
        "brand",
        "campaign",
    )
    assert changed["city"]["before"]["name"] == "呼和浩特市"
    assert changed["city"]["after"] == {
        "id": world.ordos.pk,
        "name": "鄂尔多斯市",
        "url": f"http://testserver/api/v1/places/{world.ordos.pk}/",
    }
    assert [each["name"] for each in changed["organisers"]["before"]] == [world.team.name]
    assert (oldest["action"], oldest["changes"]) == ("create", [])


def test_names_of_people_are_for_those_who_signed_in(ask, tool, world):
    url = f"/api/v1/metrics/{world.visits.pk}/"
    patch(tool, url, {"value": "9625"})
    [newest, _] = ask(f"metrics/{world.visits.pk}/history/")["results"]
    assert newest["by"] is None
    [value] = [each for each in newest["changes"] if each["field"] == "value"]
    assert (value["before"], value["after"]) == (9624, 9625)


def test_a_record_that_nobody_changed_was_made(ask, world):
    Metric.objects.filter(pk=world.visits.pk).update(origin="imported")
    answer = ask(f"metrics/{world.visits.pk}/history/", count="true")
    [made] = answer["results"]
    assert (made["id"], made["action"], answer["count"]) == (None, "create", 1)


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_tells_in_few_queries_what_its_schema_says(ask, tool, world, schema, resource):
    data = {
        "pages": ("page", {"page_name": "二版", "home_city": world.ordos.pk, "publication": None}),
        "articles": ("hohhot_article", {"title": "云雀", "city": world.ordos.pk}),
        "places": ("town", {"name": "鹿苑", "parent": world.baotou.pk}),
        "organisations": ("team", {"place": world.dalad.pk, "parent": world.department.pk}),
        "initiatives": ("lark", {"organisers": [], "places": [world.town.pk], "city": None}),
        "metrics": ("communities", {"initiative": world.lark.pk, "organisation": None, "place": None}),
    }
    name, change = data[resource]
    url = f"{resource}/{getattr(world, name).pk}/"
    patch(tool, f"/api/v1/{url}", change)
    answer = ask(f"{url}history/", count="true", budget=DETAIL_BUDGET)
    assert {each["field"] for each in answer["results"][0]["changes"]} >= set(change)
    path = next(
        path for path in schema["paths"] if path.startswith(f"/api/v1/{resource}/") and "history" in path
    )
    assert errors(schema, path, answer) == []


def test_pages_follow_one_another_without_gap(ask, tool, world):
    url = f"metrics/{world.visits.pk}/"
    for number in range(5):
        patch(tool, f"/api/v1/{url}", {"subject": f"第{number}次"})
    page, seen = ask(f"{url}history/", page_size=2), []
    while True:
        seen += page["results"]
        if not page["next"]:
            break
        page = ask(page["next"])
    assert [each["changes"][-1]["after"] for each in seen[:-2]] == ["第4次", "第3次", "第2次", "第1次"]
    assert [each["action"] for each in seen] == ["update"] * 5 + ["create"]
    assert ask(page["previous"])["results"] == seen[2:4]


def test_credits_and_names_are_told(ask, world):
    with attributed("张三"):
        world.hohhot_article.credits.get(ordinal=1).delete()
        world.team.names.create(name="石榴花队", key="150100/石榴花队")
    [newest, _] = ask(f"articles/{world.hohhot_article.pk}/history/")["results"]
    [change] = newest["changes"]
    assert change["before"] == [
        {"name": "林溪", "role": "reporter", "role_label": "记者"},
        {"name": "周牧云", "role": "correspondent", "role_label": "通讯员"},
    ]
    [change] = ask(f"organisations/{world.team.pk}/history/")["results"][0]["changes"]
    assert (change["label"], "石榴花队" in change["after"]) == ("别称", True)


@pytest.mark.django_db(transaction=True)
def test_unknown_rejected_and_merged_ids_answer_as_the_record_does(ask, tool, world):
    ask("metrics/999999/history/", status=404)
    ask(f"metrics/{world.visits.pk}/history/", status=400, colour="red")
    url = f"/api/v1/organisations/{world.team.pk}/"
    tool.post(f"{url}merge/", {"into": world.department.pk}, headers={"if-match": "*"})
    answer = APIClient().get(f"{url}history/")
    assert (answer.status_code, answer["Location"]) == (
        301,
        f"http://testserver/api/v1/organisations/{world.department.pk}/history/",
    )
    tool.delete(f"/api/v1/metrics/{world.visits.pk}/", headers={"if-match": "*"})
    ask(f"metrics/{world.visits.pk}/history/", status=404)


def test_a_record_taken_away_is_told_as_rejected(tool, world):
    tool.delete(f"/api/v1/metrics/{world.visits.pk}/", headers={"if-match": "*"})
    latest = world.visits.history.latest("history_id")
    assert (latest.history_change_reason, latest.history_user_id) == ("reject", "bianji（令牌 报表）")


def test_reading_may_be_closed(world, settings):
    settings.KB_PUBLIC_READ = False
    assert APIClient().get(f"/api/v1/metrics/{world.visits.pk}/history/").status_code == 401
