"""Writing: by right, on a known version, locked against re-import, attributed."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from kb.changes import newest_number
from kb.models import Initiative, Metric, Organisation
from tests.api.clients import with_token


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


@pytest.mark.parametrize(
    ("resource", "data", "param", "words"),
    [
        ("initiatives", {"started": {"date": "2022-05-01"}}, "started.precision", "须都写，或都不写"),
        ("initiatives", {"started": {"precision": "year"}}, "started.date", "须都写，或都不写"),
        ("metrics", {"qualifier": "range"}, "", "限定为“区间”时须有区间的上限"),
        ("metrics", {"qualifier": "range", "upper": 3}, "", "上限不能小于数值"),
        ("places", {"longitude": 500, "latitude": 40}, "", "经度须在 -180 至 180"),
        ("places", {"longitude": None}, "", "二者都有或都没有"),
        ("places", {"parent": "SELF"}, "", "上级不能是它自己"),
        ("organisations", {"parent": "SELF"}, "parent", "上级不能是它自己"),
        ("organisations", {"category": "党委"}, "category", "可用：party_committee（党委（党工委））、"),
        ("initiatives", {"city": "呼和浩特市"}, "city", "请写记录的编号"),
        ("initiatives", {"organisers": [999999]}, "organisers", "没有编号为 999999 的记录"),
        ("initiatives", [], "", "list"),
    ],
)
def test_what_is_wrong_and_what_would_do_is_said_in_words(tool, world, resource, data, param, words):
    rows = {
        "initiatives": world.lark, "metrics": world.hours, "places": world.baotou, "organisations": world.team
    }  # fmt: skip
    row = rows[resource]
    if isinstance(data, dict):
        data = {name: row.pk if value == "SELF" else value for name, value in data.items()}
    url = f"/api/v1/{resource}/{row.pk}/"
    answer = patch(tool, url, data, tool.get(url)["ETag"])
    assert answer.status_code == 400, answer.content
    [error] = answer.json()["errors"]
    assert error["param"] == param
    assert words in error["detail"]
    english = tool.patch(url, data, headers={"if-match": "*", "accept-language": "en"}).json()
    said = english["errors"][0]["detail"].split("Allowed:")[0]
    assert not [sign for sign in said if "\u3400" <= sign <= "\u9fff" and sign not in "党委呼和浩特市"]


def test_a_value_of_a_closed_list_is_written_by_its_chinese_name_too(tool, lark):
    answer = patch(tool, lark, {"kind": "项目"}, tool.get(lark)["ETag"])
    assert (answer.status_code, answer.json()["kind"]) == (200, "project")


@pytest.mark.parametrize("data", [{}, {"kind": "brand"}])
def test_a_change_that_changes_nothing_leaves_the_version(tool, lark, data):
    tag, before = tool.get(lark)["ETag"], newest_number()
    answer = patch(tool, lark, data, tag)
    assert (answer.status_code, answer["ETag"], answer.json()["locked"]) == (200, tag, [])
    assert newest_number() == before


def test_a_body_that_cannot_be_read_is_told_where(tool, lark):
    broken = tool.patch(
        lark, '{"kind":\n  brand}', content_type="application/json", headers={"if-match": "*"}
    )
    assert (broken.status_code, broken.json()["code"]) == (400, "parse_error")
    assert "第 2 行第 3 列" in broken.json()["detail"]
    sent = {"content_type": "application/x-www-form-urlencoded", "headers": {"if-match": "*"}}
    form = tool.patch(lark, "kind=brand", **sent)
    assert (form.status_code, form.json()["allowed"]) == (415, ["application/json"])


@pytest.mark.parametrize(
    "body", ['{"\\ud800": 1}', '{"name": "\\udc00\\ud83c"}', '{"city": 1e999}', '{"city": NaN}', "[" * 3000]
)
def test_a_body_with_what_nothing_can_hold_is_malformed(tool, lark, body):
    sent = tool.generic("PATCH", lark, body, content_type="application/json", headers={"if-match": "*"})
    assert (sent.status_code, sent.json()["code"]) == (400, "parse_error")


def test_a_sign_may_be_written_as_two_halves(tool, lark):
    body = r'{"name": "\ud83c\udfee灯会"}'
    sent = tool.generic("PATCH", lark, body, content_type="application/json", headers={"if-match": "*"})
    assert (sent.status_code, sent.json()["name"]) == (200, "🏮灯会")


def test_a_format_that_a_record_does_not_have_is_not_offered(tool, lark):
    answer = tool.get(lark, headers={"accept": "text/csv"})
    assert (answer.status_code, answer.json()["allowed"]) == (406, ["api", "json"])


def test_writing_needs_the_right_and_the_scope(world, editor, lark):
    anonymous = APIClient()
    assert patch(anonymous, lark, {"kind": "project"}, '"x"').status_code == 401
    reading = with_token(editor, "只读")
    refused = patch(reading, lark, {"kind": "project"}, '"x"')
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert refused.json()["scope"] == "can_write"
    assert "can_write（可以修改）" in refused.json()["detail"]
    nobody = User.objects.create_user("niemand")
    powerless = with_token(nobody, "无权", can_write=True)
    refused = patch(powerless, lark, {"kind": "project"}, '"x"')
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert refused.json()["right"] == "kb.change_initiative"
    assert "kb.change_initiative（修改：举措）" in refused.json()["detail"]
    english = powerless.post("/api/v1/places/", {"name": "x"}, headers={"accept-language": "en"}).json()
    assert english["right"] == "kb.add_place"
    assert "no right kb.add_place (New: Places)" in english["detail"]
