"""A page that brings a record that may be another's double asks about it, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.load import load_pages
from kb import models
from kb.review.decide import REJECT, choose, decide, undo
from kb.vocabulary import InitiativeKind
from tests.importers.pages import article, first_article, initiative, organisation, page, source

pytestmark = pytest.mark.django_db

BODY = "中共固阳县白桦镇委员会今天推出“小马灯”夜读活动，白桦镇的党员都来了。"
NAMES = ("固阳县白桦镇党委", "中共固阳县白桦镇党委")


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("林溪")


def other_page(body=BODY, name=NAMES[1]):
    words = "中共固阳县白桦镇委员会"
    return page(article(body, organisations=(organisation(body, words, name=name, place="固阳县"),)))


def other(load, **more):
    return load(other_page(**more), source("另一版", "other.txt"))


def asked():
    rows = models.Doubt.objects.filter(reason="possible_duplicate").order_by("pk")
    return [(row.text, [(each["name"], each["reasons"]) for each in row.candidates]) for row in rows]


def test_a_body_of_another_name_form_is_asked_about_where_it_is_named_first(load):
    load()
    other(load)
    assert asked() == [("中共固阳县白桦镇委员会", [(NAMES[0], ["一个是另一个的简称"])])]
    doubt = models.Doubt.objects.get(reason="possible_duplicate")
    assert doubt.article.body[doubt.start : doubt.end] == doubt.text
    assert (doubt.kind, doubt.confidence) == ("organisation", 0.5)


def test_of_two_pages_stored_together_the_later_one_asks():
    load_pages([(source(), page()), (source("另一版", "other.txt"), other_page())], load_gazetteer())
    assert asked() == [("中共固阳县白桦镇委员会", [(NAMES[0], ["一个是另一个的简称"])])]
    load_pages([(source("三", "3.txt"), other_page()), (source("四", "4.txt"), page())], load_gazetteer())
    assert len(asked()) == 1


def test_initiatives_of_one_quoted_name_on_pages_stored_together_are_asked_about():
    other_body = "固阳县白桦镇党委今天推出“小马灯”夜读活动。"
    campaign = initiative(other_body, "“小马灯”夜读活动", kind=InitiativeKind.CAMPAIGN)
    pages = [page(first_article()), page(article(other_body, initiatives=(campaign,)))]
    load_pages([(source(), pages[0]), (source("另一版", "other.txt"), pages[1])], load_gazetteer())
    assert asked() == [("“小马灯”夜读活动", [("“小马灯”夜校项目", ["引号里的名字相同"])])]


def test_an_open_question_stays_and_follows_its_words(load):
    load()
    other(load)
    assert other(load).wrote_nothing()
    other(load, body="今天，" + BODY)
    doubt = models.Doubt.objects.get(reason="possible_duplicate")
    assert doubt.article.body[doubt.start : doubt.end] == doubt.text == "中共固阳县白桦镇委员会"


def test_a_question_goes_with_its_record(load):
    load()
    other(load)
    other(load, name="固阳县白桦镇妇联")
    assert asked() == []


def test_kept_apart_is_kept_apart_over_importing_anew(load, editor):
    load()
    other(load)
    decide(editor, [models.Doubt.objects.get(reason="possible_duplicate").pk], REJECT)
    assert models.Distinct.objects.get().by == "林溪"
    assert other(load).wrote_nothing()
    load()
    other(load, body="今天，" + BODY)
    assert list(models.Doubt.objects.filter(reason="possible_duplicate").values_list("state", flat=True)) == [
        "rejected"
    ]
    # Named otherwise for a while, it is not made anew: what was decided is known by its id.
    other(load, name="固阳县白桦镇妇联")
    other(load)
    assert not models.Doubt.objects.filter(reason="possible_duplicate", state="open").exists()
    assert models.Organisation.objects.filter(name=NAMES[1]).count() == 1


def test_a_merge_by_one_key_lasts_and_is_taken_back_by_one(load, editor):
    load()
    other(load)
    gone, kept = (models.Organisation.objects.get(name=name) for name in NAMES[::-1])
    doubt = models.Doubt.objects.get(reason="possible_duplicate")
    decide(editor, [doubt.pk], choose(f"merge:{gone.pk}-{kept.pk}"))
    other(load)
    assert not models.Organisation.objects.asserted().filter(name=NAMES[1]).exists()
    undo(editor)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.decided_by) == ("open", None)
    assert models.Organisation.objects.asserted().filter(name__in=NAMES).count() == 2


def test_initiatives_of_one_quoted_name_are_asked_about_across_pages_only(load):
    two = (
        initiative(BODY, "“小马灯”夜读活动", kind=InitiativeKind.CAMPAIGN),
        initiative(BODY, "“小马灯”", name="“小马灯”品牌", kind=InitiativeKind.BRAND),
    )
    load(page(article(BODY, initiatives=two)), source("另一版", "other.txt"))
    assert asked() == []
    load(page(first_article()))
    [(text, others)] = asked()
    assert text == "“小马灯”夜校项目"
    assert ("“小马灯”夜读活动", ["引号里的名字相同"]) in others


def test_looking_costs_one_query_for_new_bodies_one_for_new_initiatives_and_none_for_known_ones(
    load, monkeypatch
):
    def statements():
        with CaptureQueriesContext(connection) as all_of_them:
            load()
        return len(all_of_them.captured_queries)

    load()
    models.Page.objects.all().delete()
    models.Organisation.objects.all().delete()
    models.Initiative.objects.all().delete()
    first, again = statements(), statements()
    models.Page.objects.all().delete()
    models.Organisation.objects.all().delete()
    models.Initiative.objects.all().delete()
    monkeypatch.setattr("importers.load.doubts_of_doubles", lambda arrivals: [[] for _ in arrivals])
    assert (first, again) == (statements() + 2, statements() + 1)
