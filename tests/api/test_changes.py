"""Another tool can mirror the base by following the changes."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from kb.changes import attributed, newest_number, note_merge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start(world):
    return newest_number()


def lines(answer):
    return [(row["resource"], row["id"], row["action"]) for row in answer["results"]]


def test_changes_are_told_in_order_and_followed_by_their_next(ask, world, start):
    with attributed("张三"):
        world.lark.name = "“云雀”行动"
        world.lark.save()
    gone = world.books.id
    world.books.delete()
    first = ask("changes/", after=start, resource="initiatives,metrics", page_size=1)
    assert lines(first) == [("initiatives", world.lark.id, "update")]
    assert first["more"] is True
    assert first["results"][0]["by"] is None
    rest, answer = [], ask(first["next"])
    while True:
        rest += lines(answer)
        if not answer["more"]:
            break
        answer = ask(answer["next"])
    assert ("metrics", gone, "delete") in rest
    later = ask(answer["next"])
    assert (later["results"], later["more"], later["after"]) == ([], False, answer["after"])


def test_who_changed_is_told_to_those_who_signed_in(world, start):
    with attributed("张三"):
        world.lark.save()
    client = APIClient()
    client.force_login(User.objects.create_user("leser"))
    [line] = client.get("/api/v1/changes/", {"after": start, "resource": "initiatives"}).json()["results"]
    assert line["by"] == "张三"


def test_a_merge_tells_what_is_left(ask, world, start):
    with attributed("张三"):
        note_merge("organisations", world.team.id, world.department.id)
    [line] = ask("changes/", after=start, resource="organisations")["results"]
    assert (line["action"], line["action_label"], line["into"]["id"]) == (
        "merge",
        "合并",
        world.department.id,
    )


@pytest.mark.parametrize("params", [{"after": "-1"}, {"after": "x"}, {"resource": "colours"}, {"since": "1"}])
def test_following_is_strict(ask, params):
    ask("changes/", params, status=400)
