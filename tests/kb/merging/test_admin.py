"""Merges in the admin: looked at, taken back, and nothing that came by the back door."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from kb.changes import attributed
from kb.merging.merge import merge
from kb.models import Merge, Metric, Organisation
from tests.kb.test_admin import address, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(world):
    with attributed("张三"):
        return merge(world.team, world.department)


def undo_of(merged):
    return reverse("admin:kb_merge_undo", args=[merged.pk])


def test_a_merge_is_listed_and_taken_back(admin_client, admin_user, world, merged):
    shown = admin_client.get(address(Merge)).content.decode()
    assert undo_of(merged) in shown
    assert undo_of(merged) in admin_client.get(address(Merge, "change", merged.pk)).content.decode()
    page = admin_client.get(undo_of(merged)).content.decode()
    assert world.team.name in page
    answer = admin_client.post(undo_of(merged))
    assert answer["Location"] == address(Organisation, "change", world.team.pk)
    world.team.refresh_from_db()
    merged.refresh_from_db()
    assert (world.team.state, merged.undone_by) == ("asserted", admin_user.username)
    assert world.team.mentions.exists()
    assert f"已由 {admin_user.username} 撤销" in admin_client.get(address(Merge)).content.decode()


def test_why_it_cannot_be_taken_back_is_said(admin_client, world, merged):
    Metric.objects.filter(pk=world.communities.pk).update(organisation=None)
    answer = admin_client.post(undo_of(merged), follow=True)
    assert f"数据 {world.communities.pk}" in answer.content.decode()
    assert Organisation.objects.get(pk=world.team.pk).state == "rejected"


def test_taking_back_needs_the_right_to_change_the_records(client, world, merged):
    person = User.objects.create_user("leser", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_merge"))
    client.force_login(person)
    assert client.get(undo_of(merged)).status_code == 403
    assert client.post(undo_of(merged)).status_code == 403
    assert Organisation.objects.get(pk=world.team.pk).state == "rejected"


def test_a_record_that_was_merged_away_is_not_brought_back_without_its_names(admin_client, world, merged):
    chosen = {"action": "assert_again", "_selected_action": [world.team.pk]}
    answer = admin_client.post(address(Organisation), chosen, follow=True)
    assert "要分开，请在“合并”中撤销" in answer.content.decode()
    url = address(Organisation, "change", world.team.pk)
    values = submitted(admin_client.get(url)) | {"state": "asserted"}
    refused = admin_client.post(url, values)
    assert refused.status_code == 200
    assert "要分开，请在“合并”中撤销" in refused.content.decode()
    assert Organisation.objects.get(pk=world.team.pk).state == "rejected"


def test_one_that_was_only_rejected_comes_back_with_its_names(admin_client, world):
    Organisation.objects.filter(pk=world.team.pk).update(state="rejected")
    admin_client.post(address(Organisation), {"action": "assert_again", "_selected_action": [world.team.pk]})
    world.team.refresh_from_db()
    assert (world.team.state, world.team.names.count()) == ("asserted", 2)
