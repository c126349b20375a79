"""Writing: by right, on a known version, locked against re-import, attributed."""

import pytest
from django.contrib.auth.models import Permission, User
from rest_framework.test import APIClient

from api.models import Token
from kb.models import Initiative, Metric, Organisation


@pytest.fixture
def editor(world):
    user = User.objects.create_user("bianji")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="kb"))
    return user


@pytest.fixture
def tool(editor):
    """A client with a token that may write."""
    _, key = Token.objects.make(name="报表", user=editor, can_write=True)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client


def patch(client, url, data, tag=None):
    return client.patch(url, data, headers={"if-match": tag} if tag else {})


@pytest.fixture
def lark(world):
    return f"/api/v1/initiatives/{world.lark.id}/"


def test_a_changed_field_is_stored_locked_and_shown(tool, world, lark):
    tag = tool.get(lark)["ETag"]
    answer = patch(tool, lark, {"kind": "campaign", "name": world.lark.name}, tag)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["kind"], answer.json()["locked"]) == ("campaign", ["kind"])
    assert answer["ETag"] != tag
    assert Initiative.objects.get(pk=world.lark.pk).locked == ["kind"]


def test_links_and_dates_are_written_in_the_form_they_are_read(tool, world, lark):
    started = {"date": "2022-05-01", "precision": "month", "text": "2022年5月"}
    data = {"started": started, "places": [world.dalad.id], "organisers": [], "city": world.ordos.id}
    row = patch(tool, lark, data, tool.get(lark)["ETag"]).json()
    assert row["started"] == started
    assert [place["name"] for place in row["places"]] == ["达拉特旗"]
    assert row["organisers"] == []
    assert set(row["locked"]) == {
        "started_on", "started_precision", "started_text", "places", "organisers", "city",
    }  # fmt: skip


def test_a_lost_update_is_refused(tool, lark):
    tag = tool.get(lark)["ETag"]
    assert patch(tool, lark, {"kind": "campaign"}, tag).status_code == 200
    answer = patch(tool, lark, {"kind": "project"}, tag)
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert tool.get(lark).json()["kind"] == "campaign"


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_write_without_a_version_is_refused(tool, lark, method):
    answer = getattr(tool, method)(lark, {"kind": "project"})
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")


def test_new_evidence_does_not_stand_in_the_way_of_a_change(tool, world, lark):
    tag = tool.get(lark)["ETag"]
    world.lark.mentions.all().delete()
    assert tool.get(lark)["ETag"] != tag
    assert patch(tool, lark, {"kind": "project"}, tag).status_code == 200


def test_what_the_client_has_already_is_not_sent_again(tool, lark):
    tag = tool.get(lark)["ETag"]
    assert tool.get(lark, headers={"if-none-match": tag}).status_code == 304
    assert tool.get(lark, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_record_is_added(tool, world):
    data = {"name": "白桦社区居委会", "category": "community", "city": world.hohhot.id}
    answer = tool.post("/api/v1/organisations/", data)
    assert answer.status_code == 201, answer.content
    row = Organisation.objects.get(name="白桦社区居委会")
    assert answer["Location"].endswith(f"/organisations/{row.pk}/")
    assert (row.origin, row.locked) == ("manual", [])
    assert [name.name for name in row.names.all()] == ["白桦社区居委会"]


def test_a_figure_quotes_its_span(tool, world):
    start = world.hohhot_article.body.index("2023")
    data = {"article": world.hohhot_article.id, "start": start, "end": start + 4, "value": "2023",
            "unit": "", "qualifier": "exact", "status": "reported"}  # fmt: skip
    answer = tool.post("/api/v1/metrics/", data)
    assert answer.status_code == 201, answer.content
    assert answer.json()["evidence"]["text"] == "2023"
    assert answer.json()["low"] == 2023
    outside = tool.post("/api/v1/metrics/", {**data, "end": 9999})
    assert outside.json()["errors"][0]["param"] == "end"


def test_a_record_taken_away_stays_away(tool, world, lark):
    answer = tool.delete(lark, headers={"if-match": tool.get(lark)["ETag"]})
    assert answer.status_code == 204
    assert tool.get(lark).status_code == 404
    assert Initiative.objects.get(pk=world.lark.pk).state == "rejected"


@pytest.mark.parametrize(
    ("resource", "data", "param"),
    [
        ("initiatives", {"kind": "marke"}, "kind"),
        ("initiatives", {"colour": "red"}, "colour"),
        ("initiatives", {"city": 999999}, "city"),
        ("initiatives", {"name": ""}, "name"),
        ("initiatives", {"started": {"date": "2022-13-01"}}, "started.date"),
        ("initiatives", {"locked": []}, "locked"),
        ("metrics", {"value": "viele"}, "value"),
        ("metrics", {"start": 0}, "start"),
    ],
)
def test_wrong_content_is_refused_by_field(tool, world, resource, data, param):
    row = {"initiatives": world.lark, "metrics": world.hours}[resource]
    url = f"/api/v1/{resource}/{row.pk}/"
    answer = patch(tool, url, data, tool.get(url)["ETag"])
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert param in {error["param"] for error in answer.json()["errors"]}
    assert Metric.objects.get(pk=world.hours.pk).value == 350000


def test_a_constraint_of_the_database_is_told_before_it_is_broken(tool, lark):
    data = {"started": {"date": "2022-05-01"}}
    answer = patch(tool, lark, data, tool.get(lark)["ETag"])
    assert answer.status_code == 400


def test_writing_needs_the_right_and_the_scope(world, editor, lark):
    anonymous = APIClient()
    assert patch(anonymous, lark, {"kind": "project"}, '"x"').status_code == 401
    _, key = Token.objects.make(name="只读", user=editor)
    reading = APIClient()
    reading.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    assert patch(reading, lark, {"kind": "project"}, '"x"').status_code == 403
    nobody = User.objects.create_user("niemand")
    _, key = Token.objects.make(name="无权", user=nobody, can_write=True)
    reading.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    assert patch(reading, lark, {"kind": "project"}, '"x"').status_code == 403
