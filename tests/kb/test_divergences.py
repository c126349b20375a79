"""Divergences: what is remembered when a person corrects a field, and deciding in the admin."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from kb.divergences import take, unlock
from kb.models import Divergence, Metric
from tests.factories import DivergenceFactory, InitiativeFactory, MetricFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:kb_divergence_changelist")


def imported(**values):
    return MetricFactory(origin="imported", **values)


def test_a_lock_remembers_the_reading_that_it_overrules():
    row = imported(subject="参加")
    row.subject, row.value = "到场", 20
    row.lock(["subject", "value"])
    row.save()
    found = {each.field: (each.read, each.state) for each in Divergence.objects.all()}
    assert found == {
        "subject": ({"subject": "参加"}, "kept"),
        "value": ({"value": "12", "upper": None, "qualifier": "exact"}, "kept"),
    }


def test_a_lock_that_changes_nothing_and_a_person_s_own_row_have_nothing_to_remember():
    row = imported()
    row.lock(["subject"])
    own = MetricFactory(origin="manual")
    own.subject = "到场"
    own.lock(["subject"])
    assert not Divergence.objects.exists()


def test_a_list_of_links_is_remembered_too():
    body = OrganisationFactory()
    row = InitiativeFactory(organisers=[body], origin="imported")
    row.lock(["organisers"])
    row.organisers.clear()
    assert Divergence.objects.get().read == {"organisers": [body.pk]}


def test_unlocking_settles_what_was_open():
    row = imported(locked=["subject", "unit"])
    DivergenceFactory(row=row)
    DivergenceFactory(row=row, field="unit", read={"unit": "名"})
    unlock(row, ["subject"])
    row.refresh_from_db()
    assert row.locked == ["unit"]
    assert [each.field for each in Divergence.objects.all()] == ["unit"]


def test_what_points_at_a_record_that_is_gone_cannot_be_taken(admin_user):
    row = imported(locked=["organisation"])
    found = DivergenceFactory(row=row, field="organisation", read={"organisation": 10**9})
    with translation.override("zh-hans"):
        with pytest.raises(ValidationError, match="所指的记录已经不在库中"):
            take(found, admin_user)
        found.record_id = 10**9
        with pytest.raises(ValidationError, match="这条记录已经不在库中"):
            take(found, admin_user)


def test_the_list_shows_record_field_and_reading(admin_client):
    body = OrganisationFactory(name="白鹭村党支部")
    found = DivergenceFactory(field="organisation", read={"organisation": body.pk})
    shown = admin_client.get(LIST, {"state": "open"}).content.decode()
    assert reverse("admin:kb_metric_change", args=[found.record_id]) in shown
    for words in ("12人", "组织 白鹭村党支部", "待决定"):
        assert words in shown
    assert "白鹭村党支部" not in admin_client.get(LIST, {"state": "kept"}).content.decode()


@pytest.mark.parametrize(
    ("action", "state", "subject"), [("keep_mine", "kept", "参加"), ("take_theirs", "taken", "听课")]
)
def test_differences_are_decided_in_the_list(admin_client, admin_user, action, state, subject):
    found = DivergenceFactory()
    admin_client.post(LIST, {"action": action, "_selected_action": [found.pk]})
    found.refresh_from_db()
    assert (found.state, found.decided_by) == (state, admin_user)
    assert Metric.objects.get(pk=found.record_id).subject == subject


def test_a_reading_that_is_no_valid_value_is_named_and_stays_open(admin_client):
    found = DivergenceFactory(field="unit", read={"unit": "名" * 100})
    answer = admin_client.post(LIST, {"action": "take_theirs", "_selected_action": [found.pk]}, follow=True)
    assert "60" in "".join(str(message) for message in answer.context["messages"])
    found.refresh_from_db()
    assert found.state == "open"


def test_a_row_that_is_removed_takes_its_divergences_along(admin_client):
    found = DivergenceFactory()
    admin_client.post(reverse("admin:kb_metric_delete", args=[found.record_id]), {"post": "yes"})
    assert not Metric.objects.exists()
    assert not Divergence.objects.exists()


def test_the_groups_have_their_rights():
    migration = importlib.import_module("api.migrations.0003_divergence_rights")
    for name in migration.RIGHTS:
        Group.objects.get_or_create(name=name)
    migration.grant(apps, None)
    rights = {
        name: sorted(
            Permission.objects.filter(group__name=name, codename__endswith="_divergence").values_list(
                "codename", flat=True
            )
        )
        for name in migration.RIGHTS
    }
    both = ["change_divergence", "view_divergence"]
    assert rights == {"读者": ["view_divergence"], "编辑": both, "管理员": both}


def test_who_may_only_look_decides_nothing(client, django_user_model):
    found = DivergenceFactory()
    person = django_user_model.objects.create_user("reader", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_divergence"))
    client.force_login(person)
    assert client.get(LIST).status_code == 200
    client.post(LIST, {"action": "take_theirs", "_selected_action": [found.pk]})
    found.refresh_from_db()
    assert found.state == "open"


def test_who_may_not_change_the_record_takes_no_reading(client, django_user_model):
    found = DivergenceFactory()
    person = django_user_model.objects.create_user("decider", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__endswith="_divergence"))
    client.force_login(person)
    client.post(LIST, {"action": "take_theirs", "_selected_action": [found.pk]})
    assert Metric.objects.get(pk=found.record_id).subject == "参加"
