"""Whoever manages accounts gives nobody, and not themselves, a right that they do not have."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from api.models import Token

pytestmark = pytest.mark.django_db
PASSWORD = "长长的一句口令 42"


@pytest.fixture
def chief(client):
    """A 管理员, signed in."""
    user = User.objects.create_user("guanli", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="管理员"))
    client.force_login(user)
    return user


@pytest.fixture
def root():
    return User.objects.create_superuser("root", password=PASSWORD)


def save(client, user, **more):
    """Sends the form of an account, and gives the account as it then is."""
    form = {"username": user.username, "is_active": "on", "is_staff": "on"}
    form |= {"date_joined_0": "2026-01-01", "date_joined_1": "08:00", **more}
    answer = client.post(f"/admin/auth/user/{user.pk}/change/", form)
    user.refresh_from_db()
    return answer


def test_nobody_makes_himself_a_superuser(client, chief):
    groups = [str(group.pk) for group in chief.groups.all()]
    assert save(client, chief, is_superuser="on", groups=groups, first_name="林").status_code == 302
    assert (chief.is_superuser, chief.first_name) == (False, "林")


def test_a_superuser_makes_another_one(client, chief, root):
    client.force_login(root)
    assert save(client, chief, is_superuser="on").status_code == 302
    assert chief.is_superuser


def test_an_account_is_put_into_groups_within_reach_only(client, chief):
    person = User.objects.create_user("chen")
    more = Group.objects.create(name="更多")
    more.permissions.add(Permission.objects.get(codename="add_session"))
    editors = Group.objects.get(name="编辑")
    assert save(client, person, groups=[str(more.pk)]).status_code == 200
    assert save(client, person, groups=[str(editors.pk)]).status_code == 302
    assert list(person.groups.all()) == [editors]


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_a_superusers_account_is_left_alone(client, chief, root, page):
    assert client.post(f"/admin/auth/user/{root.pk}/{page}/", {"post": "yes"}).status_code == 403
    root.refresh_from_db()
    assert root.check_password(PASSWORD)


def test_a_group_is_given_only_what_its_maker_has(client, chief):
    right = Permission.objects.get(codename="add_session")
    form = {"name": "新组", "permissions": [str(right.pk)]}
    assert client.post("/admin/auth/group/add/", form).status_code == 200
    assert not Group.objects.filter(name="新组").exists()
    own = Permission.objects.get(codename="change_organisation")
    assert client.post("/admin/auth/group/add/", {**form, "permissions": [str(own.pk)]}).status_code == 302
    assert list(Group.objects.get(name="新组").permissions.all()) == [own]


def test_no_token_acts_for_somebody_with_more_rights(client, chief, root):
    form = {"name": "采集", "can_write": "on"}
    assert client.post("/admin/api/token/add/", {**form, "user": root.pk}).status_code == 200
    assert not Token.objects.exists()
    assert client.post("/admin/api/token/add/", {**form, "user": chief.pk}).status_code == 302
    token, _ = Token.objects.make(name="总", user=root, can_write=True)
    assert client.post(f"/admin/api/token/{token.pk}/delete/", {"post": "yes"}).status_code == 403
