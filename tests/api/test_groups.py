"""The groups that an installation starts with, and what their people and tokens may do."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from rest_framework.test import APIClient

from kb.models import Article, Initiative, Metric, Organisation, Place
from tests.api.clients import with_token

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

    def made(role, **scopes):
        user = User.objects.create_user(f"{role}一号")
        user.groups.add(Group.objects.get(name=role))
        if scopes:
            return with_token(user, "试", **scopes)
        client = APIClient()
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


CLASSIFIED = {
    "records, which editors write and administrators remove": (
        {"读者": {"view"}, "编辑": {"view", "add", "change"}, "管理员": {"view", "add", "change", "delete"}},
        {"publication", "page", "author", "article", "credit", "place", "placename", "placemention",
         "organisation", "organisationname", "organisationmention", "initiative", "initiativename",
         "initiativemention", "metric", "doubt"},
    ),
    "what the program tells": (
        {"读者": {"view"}, "编辑": {"view"}, "管理员": {"view"}}, {"change", "merge", "decision"},
    ),
    "pairs that are not one": (
        {"读者": {"view"}, "编辑": {"view", "delete"}, "管理员": {"view", "delete"}}, {"distinct"},
    ),
    "decisions that wait": (
        {"读者": {"view"}, "编辑": {"view", "change"}, "管理员": {"view", "change"}}, {"divergence"},
    ),
    "addresses with secrets": (
        {"读者": set(), "编辑": set(), "管理员": {"view", "add", "change", "delete"}}, {"webhook"},
    ),
    "what was sent": ({"读者": set(), "编辑": set(), "管理员": {"view", "change"}}, {"delivery"}),
    "accounts and tokens": (
        {"读者": set(), "编辑": set(), "管理员": {"view", "add", "change", "delete"}},
        {"user", "group", "token"},
    ),
    "nobody's business": (
        {role: set() for role in ROLES},
        {"changecontext", "permission", "contenttype", "session", "logentry", "articlesearch", "placesearch",
         "organisationsearch", "initiativesearch", "metricsearch", "accessattempt", "accesslog",
         "accessfailurelog", "accessattemptexpiration"},
    ),
    "seen by who may hand in pages": ({role: set() for role in ROLES}, {"importjob"}),
}  # fmt: skip
"""Every table that there is, by what the groups may do with it."""


def models_with_rights():
    """The models of all applications but their histories, which are read with the record."""
    return [model for model in apps.get_models() if model._meta.default_permissions]


def test_every_table_is_classified():
    known = [name for _rights, names in CLASSIFIED.values() for name in names]
    assert len(known) == len(set(known))
    unknown = {model._meta.model_name for model in models_with_rights()} ^ set(known)
    assert not unknown, f"say in CLASSIFIED what the groups may do with {unknown}, and write a migration"


@pytest.mark.parametrize("kind", CLASSIFIED)
def test_the_groups_have_the_rights_of_the_classification(kind, client_of):
    rights, names = CLASSIFIED[kind]
    for role in ROLES:
        held = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
        for name in names:
            found = {code.removesuffix(f"_{name}") for code in held if code.split("_", 1)[1:] == [name]}
            assert found == rights[role], (role, name)
