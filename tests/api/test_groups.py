"""The groups that an installation starts with, and what their people and tokens may do."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from rest_framework.test import APIClient

from api.models import Token
from kb.models import Article, Initiative, Metric, Organisation, Place

groups = importlib.import_module("api.migrations.0002_groups")

ROLES = ("读者", "编辑", "管理员")
RESOURCES = {
    "places": (Place, "dalad", {"name": "达拉特"}),
    "organisations": (Organisation, "team", {"category": "enterprise"}),
    "initiatives": (Initiative, "lark", {"kind": "project"}),
    "metrics": (Metric, "hours", {"unit": "分钟"}),
    "articles": (Article, "ordos_article", {"column": "书香"}),
}
NEW = {
    "places": {"name": "柳湾镇", "level": "township"},
    "organisations": {"name": "柳湾合作社", "category": "enterprise"},
    "initiatives": {"name": "“柳笛”行动", "kind": "campaign"},
}


@pytest.fixture
def client_of(world):
    """`client_of("编辑", can_write=True)`: a client with a token of somebody in the group."""
    groups.create(apps, None)  # a test that flushed the tables took the migration's rows away

    def made(role, **scopes):
        user = User.objects.create_user(f"{role}一号")
        user.groups.add(Group.objects.get(name=role))
        client = APIClient()
        if scopes:
            _, key = Token.objects.make(name="试", user=user, **scopes)
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        else:
            client.force_login(user)
        return client

    return made


@pytest.mark.parametrize("scopes", [{}, {"can_write": True}], ids=["person", "token"])
@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("role", ROLES)
def test_readers_read_and_editors_write(client_of, world, settings, role, resource, scopes):
    settings.KB_PUBLIC_READ = False
    client, writes = client_of(role, **scopes), role != "读者"
    model, row, change = RESOURCES[resource]
    url = f"/api/v1/{resource}/{getattr(world, row).pk}/"
    assert client.get(f"/api/v1/{resource}/").status_code == 200
    tag = client.get(url)["ETag"]
    assert client.patch(url, change, headers={"if-match": tag}).status_code == (200 if writes else 403)
    if resource in NEW:
        answer = client.post(f"/api/v1/{resource}/", NEW[resource])
        assert answer.status_code == (201 if writes else 403), answer.content
    tag = client.get(url)["ETag"]
    assert client.delete(url, headers={"if-match": tag}).status_code == (204 if writes else 403)
    assert model.objects.get(pk=getattr(world, row).pk).state == ("rejected" if writes else "asserted")


@pytest.mark.parametrize("role", ROLES)
def test_handing_in_a_page_takes_the_right_and_the_scope(client_of, role):
    page = {"text": "云岭日报\n柳湾镇开门\n柳湾镇的书屋开门了。"}
    allowed = client_of(role, can_import=True).post("/api/v1/pages/", page).status_code
    assert allowed == (403 if role == "读者" else 200)


@pytest.mark.parametrize("role", ROLES)
def test_a_token_without_scope_reads_whoever_it_acts_for(client_of, world, role):
    client = client_of(role, can_write=False)
    url = f"/api/v1/initiatives/{world.lark.pk}/"
    tag = client.get(url)["ETag"]
    assert client.patch(url, {"kind": "project"}, headers={"if-match": tag}).status_code == 403
    assert client.post("/api/v1/pages/", {"text": "柳湾镇"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "removes", "manages"), [("读者", False, False), ("编辑", False, False), ("管理员", True, True)]
)
def test_only_administrators_remove_rows_and_make_accounts_and_tokens(client_of, role, removes, manages):
    client_of(role)
    user = User.objects.get(groups__name=role)
    assert user.has_perm("kb.view_metric")
    assert user.has_perm("kb.delete_metric") is removes
    assert user.has_perms(["auth.add_user", "auth.change_group", "api.add_token"]) is manages
    assert not user.has_perm("kb.change_change"), "nobody rewrites the change feed"


@pytest.mark.django_db(transaction=True)
def test_the_migration_makes_the_groups():
    Group.objects.all().delete()
    call_command("migrate", "api", "0001", verbosity=0)
    call_command("migrate", "api", verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert Group.objects.get(name="编辑").permissions.filter(codename="change_initiative").exists()
