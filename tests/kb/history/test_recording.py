"""Every change by a person leaves a row: who, when, what it was before and what it is after."""

import contextlib
import datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from kb.changes import IMPORTER, attributed
from kb.history.recording import doing, recording
from kb.models import Change, Metric, Organisation, Place, PlaceMention
from kb.vocabulary import HistoryAction
from tests.factories import OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def told(row):
    """The history of a record, the oldest first: action, writer."""
    rows = row.history.order_by("history_id")
    return [(each.history_change_reason, each.history_user_id) for each in rows]


def test_the_first_change_keeps_what_was_before(world):
    made = Metric.objects.get(pk=world.visits.pk).created_at
    Metric.objects.filter(pk=world.visits.pk).update(origin="imported")
    world.visits.refresh_from_db()
    with attributed("张三"):
        world.visits.subject = "入户"
        world.visits.save()
    first, second = world.visits.history.order_by("history_id")
    assert (first.history_user_id, first.subject, first.history_date) == (IMPORTER, "走访群众", made)
    assert (second.history_user_id, second.subject) == ("张三", "入户")
    assert timezone.now() - second.history_date < datetime.timedelta(minutes=1)


def test_what_is_saved_unchanged_is_no_change(world):
    for _ in range(2):
        with attributed("张三"):
            world.visits.save()
    assert told(world.visits) == [("create", "")]


def test_one_transaction_leaves_one_row_that_tells_all(world):
    with attributed("张三"):
        world.lark.kind = "campaign"
        world.lark.save()
        world.lark.organisers.set([world.department])
        world.lark.places.clear()
        world.lark.names.create(name="百灵", key="150100/百灵")
    before, after = world.lark.history.order_by("history_id")
    assert told(world.lark)[1] == ("update", "张三")
    assert (before.kind, after.kind) == ("brand", "campaign")
    assert (before.parts["organisers"], after.parts["organisers"]) == ([world.team.pk], [world.department.pk])
    assert (before.parts["places"], after.parts["places"]) == ([world.xincheng.pk], [])
    assert ["百灵", "150100/百灵"] in after.parts["names"]
    assert ["百灵", "150100/百灵"] not in before.parts["names"]


def test_links_set_from_the_other_side_and_credits_count(world):
    with attributed("张三"):
        world.dalad.initiatives.clear()
        world.hohhot_article.credits.get(ordinal=1).delete()
    assert world.bookroom.history.latest("history_id").parts["places"] == []
    assert len(world.hohhot_article.history.latest("history_id").parts["credits"]) == 1


def test_a_name_that_moves_is_told_of_both_owners(world):
    name = world.team.names.get(name="石榴花志愿服务队")
    with attributed("张三"):
        name.organisation = world.department
        name.save()
    assert [name.name, name.key] not in world.team.history.latest("history_id").parts["names"]
    assert [name.name, name.key] in world.department.history.latest("history_id").parts["names"]


def test_locking_rejecting_and_named_actions_are_told_apart(world):
    for change, action in (
        ({"locked": ["subject"]}, "lock"),
        ({"locked": []}, "unlock"),
        ({"state": "rejected"}, "reject"),
        ({"state": "asserted"}, "assert"),
    ):
        with attributed("张三"):
            for name, value in change.items():
                setattr(world.visits, name, value)
            world.visits.save()
        assert told(world.visits)[-1] == (action, "张三")
    with attributed("李四"), doing(HistoryAction.REVIEW):
        world.visits.subject = "入户"
        world.visits.save()
    assert told(world.visits)[-1] == ("review", "李四")


def test_a_new_row_and_one_that_is_removed(world):
    with attributed("张三"):
        body = OrganisationFactory()
    with attributed("李四"):
        pk = body.pk
        body.delete()
    rows = Organisation.history.filter(id=pk).order_by("history_id")
    assert [(row.history_change_reason, row.history_user_id) for row in rows] == [
        ("create", "张三"),
        ("delete", "李四"),
    ]
    assert rows[1].name == rows[0].name


def test_what_comes_and_goes_in_one_transaction_leaves_nothing():
    with attributed("张三"):
        OrganisationFactory().delete()
    assert not Organisation.history.exists()


def test_what_nobody_recorded_is_put_down_before_the_next_change_and_laid_to_nobody(world):
    with attributed("张三"):
        world.visits.subject = "入户"
        world.visits.save()
    Metric.objects.filter(pk=world.visits.pk).update(unit="回")
    world.visits.refresh_from_db()
    with attributed("李四"):
        world.visits.status = "planned"
        world.visits.save()
    assert told(world.visits)[1:] == [("update", "张三"), ("unrecorded", ""), ("update", "李四")]
    third, fourth = world.visits.history.order_by("history_id")[2:]
    assert (third.unit, third.status, fourth.unit, fourth.status) == ("回", "reported", "回", "planned")


@pytest.mark.django_db(transaction=True)
def test_the_feed_tells_who_wrote_what_was_not_recorded(world):
    with attributed("张三"):
        world.visits.subject = "入户"
        world.visits.save()
    with attributed(IMPORTER):
        Metric.objects.filter(pk=world.visits.pk).update(unit="回")
    world.visits.refresh_from_db()
    with attributed("李四"):
        world.visits.status = "planned"
        world.visits.save()
    assert told(world.visits)[2] == ("import", IMPORTER)


def test_statements_on_many_rows_are_recorded_where_they_say_so(world, django_assert_max_num_queries):
    rows = PlaceMention.objects.all()
    with attributed("张三"), django_assert_max_num_queries(10):  # noqa: SIM117
        with recording(PlaceMention, rows.values_list("pk", flat=True)):
            rows.update(place=world.town)
    assert [told(row)[-1] for row in rows if row.text != "鹿苑镇"] == [("update", "张三")] * 2
    assert told(rows.get(text="鹿苑镇")) == [("create", "")]


def test_a_transaction_that_failed_leaves_no_history(world):
    with attributed("张三"):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            world.visits.subject = "入户"
            world.visits.save()
            raise ZeroDivisionError
        world.visits.unit = "回"
        world.visits.save()
    latest = world.visits.history.latest("history_id")
    assert (latest.subject, latest.unit) == ("入户", "回")
    assert told(world.visits) == [("create", ""), ("update", "张三")]


def test_the_history_is_in_no_feed(world):
    with attributed("张三"):
        world.visits.save()
        OrganisationFactory()
    resources = set(Change.objects.values_list("resource", flat=True))
    assert resources <= {"pages", "articles", "places", "organisations", "initiatives", "metrics"}


def test_without_a_writer_nothing_is_recorded():
    PlaceFactory().save()
    assert not Place.history.exists()


def test_every_table_that_people_edit_has_a_history():
    parts = {"Credit", "PlaceName", "OrganisationName", "InitiativeName"}
    without = {
        "Change",
        "ChangeContext",
        "Webhook",
        "Delivery",
        "Divergence",
        "Merge",
        "Distinct",
        "Decision",
    }
    for model in apps.get_app_config("kb").get_models():
        if model._meta.managed and not model.__name__.startswith("Historical"):
            has = hasattr(model, "history")
            assert has == (model.__name__ not in parts | without), (
                f"{model.__name__}: give it Tracked(), or name it here"
            )
