"""Taking over HTTP one record apart that stands for two."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from kb.changes import newest_number
from kb.models import Metric, Organisation, OrganisationMention
from tests.api.test_merging import merged, url
from tests.world import mix_up

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "晨光书屋志愿队"


@pytest.fixture
def mixed(world):
    """The world with a mixed team; `chosen` is the evidence of the other one."""
    mix_up(world)
    world.chosen = [{"article": world.ordos_article.pk, "start": world.elsewhere.start}]
    return world


def parted(session, row, tag="*", **body):
    headers = {"if-match": tag} if tag else {}
    return session.post(f"{url(f'{row._meta.model_name}s', row)}split/", body, headers=headers)


def test_the_evidence_that_an_answer_shows_goes_to_a_new_record(session, mixed):
    address = url("organisations", mixed.team)
    seen = session.get(address)
    shown = [each for each in seen.json()["evidence"] if each["article"]["id"] == mixed.ordos_article.pk]
    chosen = [{"article": each["article"]["id"], "start": each["start"]} for each in shown]
    before = newest_number()
    answer = parted(session, mixed.team, seen["ETag"], evidence=chosen, name=NEW)
    assert answer.status_code == 201, answer.content
    new = Organisation.objects.get(name=NEW)
    assert (answer.json()["id"], answer["Location"]) == (new.pk, answer.json()["url"])
    assert [each["text"] for each in answer.json()["evidence"]] == ["“晨光”书屋"]
    assert answer["ETag"] == session.get(answer["Location"])["ETag"]
    assert Metric.objects.get(pk=mixed.books.pk).organisation == new
    assert list(mixed.bookroom.organisers.all()) == [new]
    left = session.get(address).json()["evidence"]
    assert left
    assert all(each["article"]["id"] != mixed.ordos_article.pk for each in left)
    feed = session.get("/api/v1/changes/", {"after": before}).json()["results"]
    told = {(each["resource"], each["id"], each["action"], each["by"]) for each in feed}
    assert ("organisations", new.pk, "create", "bianji") in told
    assert ("metrics", mixed.books.pk, "update", "bianji") in told
    history = session.get(f"{url('metrics', mixed.books)}history/").json()["results"]
    assert history[0]["action"] == "split"


def test_all_of_an_article_goes_to_one_that_is_there(session, mixed):
    answer = parted(
        session,
        mixed.team,
        evidence=[{"article": mixed.ordos_article.pk}],
        into=mixed.department.pk,
        carry=False,
    )
    assert (answer.status_code, answer.json()["id"]) == (200, mixed.department.pk)
    assert OrganisationMention.objects.get(pk=mixed.elsewhere.pk).organisation == mixed.department
    assert Metric.objects.get(pk=mixed.books.pk).organisation == mixed.team


def test_it_is_made_on_a_known_version(session, mixed):
    seen = session.get(url("organisations", mixed.team))["ETag"]
    assert parted(session, mixed.team, "", evidence=mixed.chosen, name=NEW).status_code == 428
    mixed.team.save()
    late = parted(session, mixed.team, seen, evidence=mixed.chosen, name=NEW)
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert not Organisation.objects.filter(name=NEW).exists()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"evidence": []}, "evidence", ""),
        ({"evidence": [{"start": 1}]}, "evidence.0.article", "必"),
        ({"evidence": [{"article": 999999}]}, "evidence", "文章 999999 中没有这条记录的出处"),
        ({"evidence": [{"article": 1, "end": 3}]}, "evidence.0.end", "可用：article, start"),
        ({"name": ""}, "name", ""),
        ({"name": "甲" * 301}, "name", "300"),
        ({"into": 999999, "name": None}, "into", "没有编号为 999999 的记录"),
        ({"into": 1}, "into", "二者取一"),
        ({"name": None}, "into", "二者取一"),
        ({"colour": "red"}, "colour", "可用：carry, evidence, into, name"),
    ],
)
def test_what_will_not_do_is_refused_by_name(session, mixed, change, field, words):
    body = {"evidence": mixed.chosen, "name": NEW, **change}
    answer = parted(session, mixed.team, **{name: value for name, value in body.items() if value is not None})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_body"), answer.content
    [error] = answer.json()["errors"]
    assert error["param"] == field
    assert words in error["detail"]
    assert OrganisationMention.objects.get(pk=mixed.elsewhere.pk).organisation == mixed.team


def test_another_record_s_evidence_and_another_s_name_are_refused(session, mixed):
    foreign = [{"article": mixed.baotou_article.pk}]
    assert parted(session, mixed.team, evidence=foreign, name=NEW).status_code == 400
    taken = parted(session, mixed.team, evidence=mixed.chosen, name=mixed.team.name)
    assert (taken.status_code, taken.json()["code"]) == (409, "conflict")
    assert "已经是" in taken.json()["detail"]
    itself = parted(session, mixed.team, evidence=mixed.chosen, into=mixed.team.pk)
    assert (itself.status_code, "自身" in itself.json()["detail"]) == (409, True)


def test_one_that_was_merged_away_leads_on_and_one_that_is_not_there_is_not_found(session, mixed):
    merged(session, "organisations", mixed.team, mixed.department)
    moved = parted(session, mixed.team, evidence=mixed.chosen, name=NEW)
    assert (moved.status_code, moved["Location"].endswith(url("organisations", mixed.department))) == (
        301,
        True,
    )
    mixed.department.state = "rejected"
    mixed.department.save()
    assert parted(session, mixed.department, evidence=mixed.chosen, name=NEW).status_code == 404


@pytest.mark.parametrize(("row", "name"), [("town", "鹿苑街道"), ("lark", "“云雀”夜校")])
def test_places_and_initiatives_are_split_too(session, mixed, row, name):
    source = getattr(mixed, row)
    article = source.mentions.first().article_id
    answer = parted(session, source, evidence=[{"article": article}], name=name)
    assert (answer.status_code, answer.json()["name"]) == (201, name), answer.content


def test_it_takes_the_right_to_change(session, mixed):
    reader = APIClient()
    reader.force_login(User.objects.create_user("leser"))
    assert parted(reader, mixed.team, evidence=mixed.chosen, name=NEW).status_code == 403
    assert parted(APIClient(), mixed.team, evidence=mixed.chosen, name=NEW).status_code == 401


def test_unknown_fields_of_a_merge_are_refused_too(session, mixed):
    body = {"into": mixed.department.pk, "carry": True}
    answer = session.post(f"{url('organisations', mixed.team)}merge/", body, headers={"if-match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["param"]) == (400, "carry")
