"""Merging two entities over HTTP: what is left, what the old id answers, what the feed tells."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from kb.changes import newest_number
from kb.models import Initiative, Metric, Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = {
    "places": ("town", "dalad"),
    "organisations": ("team", "department"),
    "initiatives": ("lark", "lights"),
}


def url(resource, row):
    return f"/api/v1/{resource}/{row if isinstance(row, int) else row.pk}/"


def merged(session, resource, gone, into, tag=None):
    tag = tag or session.get(url(resource, gone)).get("ETag", "*")
    into = getattr(into, "pk", into)
    return session.post(f"{url(resource, gone)}merge/", {"into": into}, headers={"if-match": tag})


@pytest.mark.parametrize("resource", PAIRS)
def test_one_is_left_and_the_old_id_leads_to_it(session, world, resource):
    gone, kept = (getattr(world, name) for name in PAIRS[resource])
    before = newest_number()
    answer = merged(session, resource, gone, kept)
    assert answer.status_code == 200, answer.content
    assert answer.json()["id"] == kept.pk
    assert gone.name in answer.json()["other_names"]
    moved = APIClient().get(url(resource, gone), {"fields": "id,name"})
    assert moved.status_code == 301
    assert moved["Location"] == f"http://testserver{url(resource, kept)}?fields=id%2Cname"
    followed = APIClient().get(moved["Location"])
    assert followed.json() == {"id": kept.pk, "name": kept.name}
    feed = session.get("/api/v1/changes/", {"after": before, "resource": resource}).json()["results"]
    [line] = [line for line in feed if line["id"] == gone.pk]
    assert (line["action"], line["into"]["id"], line["by"]) == ("merge", kept.pk, "bianji")


def test_merging_again_changes_nothing(session, world):
    tag = session.get(url("organisations", world.team))["ETag"]
    first = merged(session, "organisations", world.team, world.department, tag)
    before = newest_number()
    second = merged(session, "organisations", world.team, world.department, tag)
    assert (second.status_code, second["ETag"]) == (200, first["ETag"])
    assert newest_number() == before


def test_an_id_leads_on_through_later_merges(session, world):
    third = OrganisationFactory(name="石榴花总队")
    merged(session, "organisations", world.team, world.department)
    merged(session, "organisations", world.department, third)
    assert APIClient().get(url("organisations", world.team))["Location"].endswith(url("organisations", third))


def test_writes_to_the_old_id_are_sent_on(session, world):
    merged(session, "organisations", world.team, world.department)
    for method in ("patch", "delete"):
        answer = getattr(session, method)(url("organisations", world.team), {}, headers={"if-match": "*"})
        assert answer.status_code == 301
    assert Organisation.objects.get(pk=world.department.pk).state == "asserted"


@pytest.mark.parametrize("into", ["itself", 999999, "x", None, 0])
def test_into_itself_or_nothing_is_refused(session, world, into):
    answer = merged(session, "initiatives", world.lark, world.lark.pk if into == "itself" else into)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_body")
    assert answer.json()["errors"][0]["param"] == "into"
    assert Initiative.objects.get(pk=world.lark.pk).state == "asserted"


def test_into_a_rejected_one_or_elsewhere_than_before_is_refused(session, world):
    Initiative.objects.filter(pk=world.lights.pk).update(state="rejected")
    answer = merged(session, "initiatives", world.lark, world.lights)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    third = OrganisationFactory(name="石榴花总队")
    merged(session, "organisations", world.team, world.department)
    assert merged(session, "organisations", world.team, third).status_code == 409
    assert third.names.count() == 1


def test_a_rejected_or_unknown_one_is_not_found(session, world):
    Initiative.objects.filter(pk=world.lark.pk).update(state="rejected")
    assert merged(session, "initiatives", world.lark, world.lights).status_code == 404
    assert merged(session, "initiatives", 999999, world.lights).status_code == 404
    assert APIClient().get(url("initiatives", world.lark)).status_code == 404


def test_a_merge_needs_the_version_and_the_right(session, world):
    address = f"{url('initiatives', world.lark)}merge/"
    body = {"into": world.lights.pk}
    assert session.post(address, body).status_code == 428
    assert session.post(address, body, headers={"if-match": '"1-1"'}).status_code == 412
    assert APIClient().post(address, body, headers={"if-match": "*"}).status_code == 401
    reader = APIClient()
    reader.force_login(User.objects.create_user("leser"))
    assert reader.post(address, body, headers={"if-match": "*"}).status_code == 403
    assert Initiative.objects.get(pk=world.lark.pk).state == "asserted"


def unmerged(session, resource, row):
    return session.post(f"{url(resource, row)}unmerge/")


@pytest.mark.parametrize("resource", PAIRS)
def test_a_merge_is_taken_back(session, world, resource):
    gone, kept = (getattr(world, name) for name in PAIRS[resource])
    before = {row.pk: session.get(url(resource, row)).json() for row in (gone, kept)}
    merged(session, resource, gone, kept)
    feed = newest_number()
    answer = unmerged(session, resource, gone)
    assert answer.status_code == 200, answer.content
    for row in (gone, kept):
        now = session.get(url(resource, row)).json()
        assert {**now, "updated_at": None} == {**before[row.pk], "updated_at": None}
    lines = session.get("/api/v1/changes/", {"after": feed, "resource": resource}).json()["results"]
    assert {(line["id"], line["action"], line["by"]) for line in lines} >= {
        (gone.pk, "update", "bianji"), (kept.pk, "update", "bianji"),
    }  # fmt: skip
    told = session.get(f"{url(resource, gone)}history/").json()["results"]
    assert [each["action"] for each in told] == ["unmerge", "merge", "create"]


def test_a_merge_that_cannot_be_taken_back_says_why(session, world):
    merged(session, "organisations", world.team, world.department)
    Metric.objects.filter(pk=world.communities.pk).update(organisation=None)
    answer = unmerged(session, "organisations", world.team)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert str(world.communities.pk) in answer.json()["detail"]
    assert APIClient().get(url("organisations", world.team)).status_code == 301


def test_what_was_not_merged_cannot_be_taken_back(session, world):
    assert unmerged(session, "organisations", world.team).status_code == 404
    assert unmerged(session, "organisations", 999999).status_code == 404
    assert unmerged(APIClient(), "organisations", world.team).status_code == 401
