"""What a person does in the admin bears the person's name, in the change feed and in the history."""

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import reverse

from kb import models
from kb.changes import newest_number
from kb.models import Change
from tests.factories import DoubtFactory
from tests.kb.test_admin import address, submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(admin_client, admin_user):
    admin_user.username = "bianji"
    admin_user.save()
    return admin_client


class Since:
    """What was written since this was made: who, by the lines of the feed."""

    def __init__(self):
        self.number = newest_number()

    def lines(self):
        new = Change.objects.filter(number__gt=self.number).order_by("number")
        return {(line.resource, line.record_id, line.action, line.by) for line in new}


def test_an_edited_form_is_one_change_by_the_person(editor, world):
    url = address(models.Metric, "change", world.visits.pk)
    values, since = submitted(editor.get(url)) | {"subject": "入户"}, Since()
    assert editor.post(url, values).status_code == 302
    assert ("metrics", world.visits.pk, "update", "bianji") in since.lines()
    assert {by for *_, by in since.lines()} == {"bianji"}
    latest = world.visits.history.latest("history_id")
    assert (latest.history_user_id, latest.subject, latest.locked) == ("bianji", "入户", ["subject"])
    assert world.visits.history.count() == 2


def test_a_row_below_a_form_and_its_names(editor, world):
    url = address(models.Organisation, "change", world.team.pk)
    values = submitted(editor.get(url))
    values |= {"names-TOTAL_FORMS": 3, "names-2-name": "石榴花队", "names-2-organisation": world.team.pk}
    since = Since()
    assert editor.post(url, values).status_code == 302
    assert since.lines() == {("organisations", world.team.pk, "update", "bianji")}
    latest = world.team.history.latest("history_id")
    assert (latest.history_user_id, latest.history_change_reason) == ("bianji", "update")
    assert "石榴花队" in {name for name, _key in latest.parts["names"]}


@pytest.mark.parametrize(("action", "told"), [("reject", "reject"), ("unlock_all", "unlock")])
def test_an_action_on_chosen_rows(editor, world, action, told):
    world.lark.lock(["kind"])
    world.lark.save()
    since = Since()
    editor.post(address(models.Initiative), {"action": action, "_selected_action": [world.lark.pk]})
    assert since.lines() == {("initiatives", world.lark.pk, "update", "bianji")}
    latest = world.lark.history.latest("history_id")
    assert (latest.history_change_reason, latest.history_user_id) == (told, "bianji")


def test_adding_and_removing_for_good(editor, world):
    since = Since()
    values = {"name": "柳湾镇", "level": "township", "state": "asserted",
              **{f"{prefix}-{key}": 0 for prefix in ("names", "mentions", "metrics")
                 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}}  # fmt: skip
    answer = editor.post(address(models.Place, "add"), values)
    assert answer.status_code == 302, answer.context["errors"]
    row = models.Place.objects.get(name="柳湾镇")
    assert since.lines() == {("places", row.pk, "create", "bianji")}
    since = Since()
    editor.post(address(models.Place, "delete", row.pk), {"post": "yes"})
    assert since.lines() == {("places", row.pk, "delete", "bianji")}
    actions = models.Place.history.filter(id=row.pk).values_list("history_change_reason", flat=True)
    assert sorted(actions) == ["create", "delete"]


def test_a_decision_of_the_review(editor, world):
    doubt = DoubtFactory(article=world.hohhot_article)
    editor.post(address(models.Doubt, "change", doubt.pk), {"state": "skipped"})
    latest = doubt.history.latest("history_id")
    assert (latest.state, latest.history_user_id) == ("skipped", "bianji")


def test_a_form_that_is_refused_changes_nothing(editor, world):
    url = address(models.Metric, "change", world.visits.pk)
    values, since = submitted(editor.get(url)) | {"subject": "入户", "qualifier": "x"}, Since()
    assert editor.post(url, values).status_code == 200
    assert since.lines() == set()
    assert not world.visits.history.exists()


def test_every_page_of_the_admin_names_the_writer_but_one_that_sees_to_it_itself(
    editor, rf, admin_user, world
):
    def rename(request):
        models.Place.objects.filter(pk=world.town.pk).update(name=world.town.name + "村")
        return HttpResponse()

    request = rf.post(reverse("admin:index"))
    request.user, request._dont_enforce_csrf_checks = admin_user, True
    since = Since()
    assert admin.site.admin_view(rename)(request).status_code == 200
    assert {by for *_, by in since.lines()} == {"bianji"}
    rename.has_own_transactions, since = True, Since()
    world.town.refresh_from_db()
    assert admin.site.admin_view(rename)(request).status_code == 200
    assert {by for *_, by in since.lines()} == {""}
