"""A list or summary that the client has already is not sent again, and never where anything has changed."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from rest_framework.test import APIClient

from api.models import Token
from api.viewsets.resources import MetricViewSet
from kb.merging.merge import merge
from kb.models import Author, InitiativeName, Organisation, OrganisationMention, Place, Publication
from tests.api.conftest import names

pytestmark = pytest.mark.django_db(transaction=True)

WATCHED = ["metrics/", "initiatives/?city=青城", "organisations/", "places/?page_size=3", "cities/"]
BY_CONTENT = [
    "articles/",
    "pages/",
    "initiatives/?q=云雀",
    "metrics/?group_by=unit",
    "cities/150100/",
    "cities/compare/?city=150100&city=150200",
    "suggest/?q=青",
    "metrics/?unit=没有",
]


def tagged(client, path, **headers):
    return client.get(f"/api/v1/{path}", headers=headers)


@pytest.mark.parametrize("path", WATCHED + BY_CONTENT)
def test_what_a_client_has_is_not_sent_again(path, world):
    client = APIClient()
    first = tagged(client, path)
    assert first.status_code == 200
    same = tagged(client, path, **{"if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    other = tagged(
        client, f"{path}{'&' if '?' in path else '?'}format=json", **{"if-none-match": first["ETag"]}
    )
    assert other.status_code == 200, "the tag of another address"


@pytest.mark.parametrize("path", WATCHED)
def test_one_query_tells_that_nothing_has_changed(path, world, django_assert_num_queries):
    client = APIClient()
    tag = tagged(client, path)["ETag"]
    with django_assert_num_queries(1):
        assert tagged(client, path, **{"if-none-match": tag}).status_code == 304


def rename_a_place(world):
    world.hohhot.name = "呼市"
    world.hohhot.save()


def add_a_name(world):
    InitiativeName.objects.create(initiative=world.lark, name="百灵", key="百灵")


def reject_a_mention(world):
    OrganisationMention.objects.update(state="rejected")


def write_by_hand(world):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kb_metric SET unit = '回' WHERE unit = '次'")


def merge_two(world):
    merge(Organisation.objects.get(pk=world.team.pk), Organisation.objects.exclude(pk=world.team.pk).first())


def delete_one(world):
    world.books.delete()


@pytest.mark.parametrize(
    "path", ["metrics/", "initiatives/", "organisations/", "places/", "cities/", *BY_CONTENT[:2]]
)
@pytest.mark.parametrize(
    "write", [rename_a_place, add_a_name, reject_a_mention, write_by_hand, merge_two, delete_one]
)
def test_no_answer_is_older_than_a_write(path, write, world):
    client = APIClient()
    before = tagged(client, path)
    write(world)
    after, fresh = tagged(client, path, **{"if-none-match": before["ETag"]}), tagged(client, path)
    if after.status_code == 304:
        assert fresh.content == before.content
    else:
        assert (after.content, after["ETag"]) == (fresh.content, fresh["ETag"])


def test_every_list_of_watched_tables_has_a_new_version_after_a_write(world):
    client = APIClient()
    before = {path: tagged(client, path)["ETag"] for path in WATCHED}
    rename_a_place(world)
    assert all(
        tagged(client, path, **{"if-none-match": tag}).status_code == 200 for path, tag in before.items()
    )


def test_names_that_no_feed_watches_are_never_old(world):
    client = APIClient()
    before = {path: tagged(client, path) for path in ("articles/", "pages/")}
    Publication.objects.update(name="新的报名")
    Author.objects.update(name="新的姓名")
    for path, answer in before.items():
        after = tagged(client, path, **{"if-none-match": answer["ETag"]})
        assert after.status_code == 200
        assert "新的报名" in after.content.decode()


@pytest.mark.parametrize("more", ["", "&count=true"])
def test_what_changed_after_the_names_were_looked_up_is_no_part_of_the_tag(world, monkeypatch, more):
    """青城 is moved to another 盟市 after it was looked up: the answer is still that of before."""
    client, path = APIClient(), f"metrics/?city=青城{more}"
    looked_up = MetricViewSet.filters

    def moved(view):
        filters = looked_up(view)
        assert filters.given
        Place.objects.get(pk=world.baotou.pk).names.create(name="青城", key="x")
        world.hohhot.names.filter(name="青城").delete()
        return filters

    with monkeypatch.context() as patched:
        patched.setattr(MetricViewSet, "filters", moved)
        old = tagged(client, path)
    new = tagged(client, path, **{"if-none-match": old["ETag"]})
    assert new.status_code == 200
    assert names(new.json()) != names(old.json())


def test_another_person_never_gets_what_was_kept_for_one(world):
    client = APIClient()
    nobody = tagged(client, "metrics/")
    assert nobody["Cache-Control"] == "no-cache"
    assert {"Authorization", "Cookie", "Accept"} <= {part.strip() for part in nobody["Vary"].split(",")}
    key = Token.objects.make(name="表格", user=User.objects.create_user("tool"))[1]
    somebody = tagged(client, "metrics/", authorization=f"Bearer {key}")
    assert somebody["Cache-Control"] == "private, no-cache"


def test_closed_reading_tells_strangers_nothing_of_versions(world, settings):
    client = APIClient()
    tag = tagged(client, "metrics/")["ETag"]
    settings.KB_PUBLIC_READ = False
    assert tagged(client, "metrics/", **{"if-none-match": tag}).status_code in (401, 403)


def test_pages_for_people_and_whole_lists_bear_no_tag(world):
    client = APIClient()
    assert "ETag" not in client.get("/api/v1/metrics/", headers={"accept": "text/html"})
    assert "ETag" not in client.get("/api/v1/metrics/?format=csv")


def test_a_program_that_answers_otherwise_has_other_tags(world, monkeypatch):
    client = APIClient()
    tag = tagged(client, "metrics/")["ETag"]
    monkeypatch.setattr("api.conditional.program", lambda: b"another")
    assert tagged(client, "metrics/", **{"if-none-match": tag}).status_code == 200
