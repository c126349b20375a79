"""Who may do what, at every address: one table. An address that is not in it fails the test."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, get_resolver

from importers.models import ImportJob
from tests.factories import DivergenceFactory, DoubtFactory

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "读者", "编辑", "管理员", "superuser")

# What a role may do with the rows of a model in the admin: view, add, change, delete. Not signed in: nothing.
# A superuser may do what anybody may; rows that nobody makes or edits by hand stay so. Columns: 读者, 编辑,
# 管理员, superuser.
MODELS = """
api.token                  -    -    vacd vacd
auth.group                 -    -    vacd vacd
auth.user                  -    -    vacd vacd
importers.importjob        -    va   va   va
kb.article                 v    vc   vcd  vcd
kb.author                  v    vac  vacd vacd
kb.change                  v    v    v    v
kb.credit                  v    vac  vacd vacd
kb.decision                v    v    v    v
kb.delivery                -    -    vc   vcd
kb.distinct                v    vd   vd   vd
kb.divergence              v    vc   vc   vc
kb.doubt                   v    vc   vcd  vcd
kb.initiative              v    vac  vacd vacd
kb.initiativemention       v    vac  vacd vacd
kb.initiativename          v    vac  vacd vacd
kb.merge                   v    v    v    v
kb.metric                  v    vac  vacd vacd
kb.organisation            v    vac  vacd vacd
kb.organisationmention     v    vac  vacd vacd
kb.organisationname        v    vac  vacd vacd
kb.page                    v    vc   vcd  vcd
kb.place                   v    vac  vacd vacd
kb.placemention            v    vac  vacd vacd
kb.placename               v    vac  vacd vacd
kb.publication             v    vac  vacd vacd
kb.webhook                 -    -    vacd vacd
"""

# Every other address: the answers to nobody, 读者, 编辑, 管理员, superuser. Nothing but the address is sent,
# so 400, 409, 415, 422 and 428 say: you may, but say what. 302 from the admin leads to the log-in.
OTHERS = r"""
GET    /health/live                                                 200 200 200 200 200
GET    /health/ready                                                200 200 200 200 200
GET    /metrics                                                     404 404 404 404 404
GET    /                                                            302 200 200 200 200
GET    /overview/{name}.csv                                         302 200 200 200 200
GET    /overview/{name}.svg                                         302 200 200 200 200
GET    /cities/{code}/                                              302 200 200 200 200
GET    /articles/{pk}/                                              302 200 200 200 200
GET    /articles/{pk}/records/undo/                                 405 405 405 405 405
POST   /articles/{pk}/records/undo/                                 403 403 400 400 400
GET    /articles/{pk}/records/{kind}/new/                           403 403 400 400 400
POST   /articles/{pk}/records/{kind}/new/                           403 403 400 400 400
GET    /articles/{pk}/records/{kind}/{row}/                         403 403 200 200 200
POST   /articles/{pk}/records/{kind}/{row}/                         403 403 409 409 409
GET    /articles/{pk}/records/{kind}/{row}/accept/                  405 405 405 405 405
POST   /articles/{pk}/records/{kind}/{row}/accept/                  403 403 409 409 409
GET    /articles/{pk}/records/{kind}/{row}/reject/                  405 405 405 405 405
POST   /articles/{pk}/records/{kind}/{row}/reject/                  403 403 409 409 409
GET    /entities/{kind}/                                            403 403 200 200 200
GET    /lists/{collection}/                                          302 200 200 200 200
GET    /search/                                                     302 200 200 200 200
GET    /admin/import/                                               302 302 302 302 302
GET    /admin/                                                      302 200 200 200 200
GET    /admin/login/                                                200 302 302 302 302
GET    /admin/logout/                                               302 405 405 405 405
GET    /admin/password_change/                                      302 200 200 200 200
GET    /admin/password_change/done/                                 302 200 200 200 200
GET    /admin/autocomplete/                                         302 403 403 403 403
GET    /admin/jsi18n/                                               302 200 200 200 200
GET    /admin/r/{content_type_id}/{object_id}/                      302 404 404 404 404
GET    /admin/auth/user/{id}/password/                              302 403 403 200 200
GET    /admin/kb/initiative/{pk}/history/{number}/                  302 403 404 404 404
GET    /admin/kb/initiativemention/{pk}/history/{number}/           302 403 404 404 404
GET    /admin/kb/merge/{pk}/undo/                                   302 404 404 404 404
POST   /admin/kb/merge/{pk}/undo/                                   302 404 404 404 404
GET    /admin/kb/metric/{pk}/history/{number}/                      302 403 404 404 404
GET    /admin/kb/organisation/{pk}/history/{number}/                302 403 404 404 404
GET    /admin/kb/organisationmention/{pk}/history/{number}/         302 403 404 404 404
GET    /admin/kb/publication/{pk}/history/{number}/                 302 403 404 404 404
GET    /admin/kb/page/{pk}/history/{number}/                        302 403 404 404 404
GET    /admin/kb/article/{pk}/history/{number}/                     302 403 404 404 404
GET    /admin/kb/author/{pk}/history/{number}/                      302 404 404 404 404
GET    /admin/kb/place/{pk}/history/{number}/                       302 403 404 404 404
GET    /admin/kb/placemention/{pk}/history/{number}/                302 403 404 404 404
GET    /admin/kb/initiative/{pk}/split/                             302 403 200 200 200
POST   /admin/kb/initiative/{pk}/split/                             302 403 200 200 200
GET    /admin/kb/initiative/{pk}/locks/                             302 405 405 405 405
POST   /admin/kb/initiative/{pk}/locks/                             302 403 302 302 302
GET    /admin/kb/initiativemention/{pk}/locks/                      302 405 405 405 405
POST   /admin/kb/initiativemention/{pk}/locks/                      302 403 302 302 302
GET    /admin/kb/merge/duplicates/{resource}/                       302 200 200 200 200
POST   /admin/kb/merge/duplicates/{resource}/                       302 403 404 404 404
GET    /admin/kb/metric/{pk}/locks/                                 302 405 405 405 405
POST   /admin/kb/metric/{pk}/locks/                                 302 403 302 302 302
GET    /admin/kb/organisation/{pk}/split/                           302 403 200 200 200
POST   /admin/kb/organisation/{pk}/split/                           302 403 200 200 200
GET    /admin/kb/organisation/{pk}/locks/                           302 405 405 405 405
POST   /admin/kb/organisation/{pk}/locks/                           302 403 302 302 302
GET    /admin/kb/organisationmention/{pk}/locks/                    302 405 405 405 405
POST   /admin/kb/organisationmention/{pk}/locks/                    302 403 302 302 302
GET    /admin/kb/publication/{pk}/locks/                            302 405 405 405 405
POST   /admin/kb/publication/{pk}/locks/                            302 403 302 302 302
GET    /admin/kb/page/{pk}/locks/                                   302 405 405 405 405
POST   /admin/kb/page/{pk}/locks/                                   302 403 302 302 302
GET    /admin/kb/article/{pk}/locks/                                302 405 405 405 405
POST   /admin/kb/article/{pk}/locks/                                302 403 302 302 302
GET    /admin/kb/place/{pk}/split/                                  302 403 200 200 200
POST   /admin/kb/place/{pk}/split/                                  302 403 200 200 200
GET    /admin/kb/place/{pk}/locks/                                  302 405 405 405 405
POST   /admin/kb/place/{pk}/locks/                                  302 403 302 302 302
GET    /admin/kb/placemention/{pk}/locks/                           302 405 405 405 405
POST   /admin/kb/placemention/{pk}/locks/                           302 403 302 302 302
GET    /admin/importers/importjob/batch/{batch}/                    302 403 404 404 404
GET    /admin/importers/importjob/batch/{batch}/{step}/             302 403 404 404 404
POST   /admin/importers/importjob/batch/{batch}/{step}/             302 403 404 404 404
GET    /admin/{app_label}/                                          302 200 200 200 200
GET    /admin/{url}                                                 302 404 404 404 404
GET    /review/                                                     302 200 200 200 200
GET    /review/ahead/                                               405 405 405 405 405
POST   /review/ahead/                                               302 403 200 200 200
GET    /review/undo/                                                405 405 405 405 405
POST   /review/undo/                                                302 403 302 302 302
GET    /review/{pk}/                                                302 200 200 200 200
POST   /review/{pk}/                                                302 403 422 422 422
GET    /review/{pk}/same/                                           302 403 200 200 200
POST   /review/{pk}/same/                                           302 403 422 422 422
GET    /api/schema/                                                 401 200 200 200 200
GET    /api/docs/                                                   401 200 200 200 200
GET    /api/v1/problems/{code}/                                     404 404 404 404 404
GET    /api/v1/reconcile/{resource}/                                401 200 200 200 200
POST   /api/v1/reconcile/{resource}/                                401 200 200 200 200
GET    /api/v1/reconcile/{resource}/properties/                     401 200 200 200 200
POST   /api/v1/reconcile/{resource}/properties/                     401 405 405 405 405
GET    /api/v1/reconcile/{resource}/preview/                        401 404 404 404 404
POST   /api/v1/reconcile/{resource}/preview/                        401 405 405 405 405
GET    /api/v1/reconcile/{resource}/suggest/{part}/                 401 200 200 200 200
POST   /api/v1/reconcile/{resource}/suggest/{part}/                 401 405 405 405 405
GET    /api/v1/pages/                                               401 200 200 200 200
POST   /api/v1/pages/                                               401 403 400 400 400
GET    /api/v1/pages/{pk}/                                          401 200 200 200 200
PATCH  /api/v1/pages/{pk}/                                          401 403 428 428 428
DELETE /api/v1/pages/{pk}/                                          401 403 428 428 428
GET    /api/v1/pages/{pk}/history/                                  401 200 200 200 200
GET    /api/v1/articles/                                            401 200 200 200 200
POST   /api/v1/articles/                                            401 403 415 415 415
GET    /api/v1/articles/{pk}/                                       401 200 200 200 200
PATCH  /api/v1/articles/{pk}/                                       401 403 428 428 428
DELETE /api/v1/articles/{pk}/                                       401 403 428 428 428
GET    /api/v1/articles/{pk}/history/                               401 200 200 200 200
GET    /api/v1/places/                                              401 200 200 200 200
POST   /api/v1/places/                                              401 403 415 415 415
GET    /api/v1/places/{pk}/                                         401 200 200 200 200
PATCH  /api/v1/places/{pk}/                                         401 403 428 428 428
DELETE /api/v1/places/{pk}/                                         401 403 428 428 428
GET    /api/v1/places/{pk}/history/                                 401 200 200 200 200
GET    /api/v1/places/{pk}/merge/                                   401 405 405 405 405
POST   /api/v1/places/{pk}/merge/                                   401 403 415 415 415
GET    /api/v1/organisations/                                       401 200 200 200 200
POST   /api/v1/organisations/                                       401 403 415 415 415
GET    /api/v1/organisations/{pk}/                                  401 200 200 200 200
PATCH  /api/v1/organisations/{pk}/                                  401 403 428 428 428
DELETE /api/v1/organisations/{pk}/                                  401 403 428 428 428
GET    /api/v1/organisations/{pk}/history/                          401 200 200 200 200
GET    /api/v1/organisations/{pk}/merge/                            401 405 405 405 405
POST   /api/v1/organisations/{pk}/merge/                            401 403 415 415 415
GET    /api/v1/initiatives/                                         401 200 200 200 200
POST   /api/v1/initiatives/                                         401 403 415 415 415
GET    /api/v1/initiatives/{pk}/                                    401 200 200 200 200
PATCH  /api/v1/initiatives/{pk}/                                    401 403 428 428 428
DELETE /api/v1/initiatives/{pk}/                                    401 403 428 428 428
GET    /api/v1/initiatives/{pk}/history/                            401 200 200 200 200
GET    /api/v1/initiatives/{pk}/merge/                              401 405 405 405 405
POST   /api/v1/initiatives/{pk}/merge/                              401 403 415 415 415
GET    /api/v1/metrics/                                             401 200 200 200 200
POST   /api/v1/metrics/                                             401 403 415 415 415
GET    /api/v1/metrics/{pk}/                                        401 200 200 200 200
PATCH  /api/v1/metrics/{pk}/                                        401 403 428 428 428
DELETE /api/v1/metrics/{pk}/                                        401 403 428 428 428
GET    /api/v1/metrics/{pk}/history/                                401 200 200 200 200
GET    /api/v1/places/{pk}/unmerge/                                 401 405 405 405 405
POST   /api/v1/places/{pk}/unmerge/                                 401 403 404 404 404
GET    /api/v1/places/{pk}/split/                                   401 405 405 405 405
POST   /api/v1/places/{pk}/split/                                   401 403 415 415 415
GET    /api/v1/organisations/{pk}/unmerge/                          401 405 405 405 405
POST   /api/v1/organisations/{pk}/unmerge/                          401 403 404 404 404
GET    /api/v1/organisations/{pk}/split/                            401 405 405 405 405
POST   /api/v1/organisations/{pk}/split/                            401 403 415 415 415
GET    /api/v1/initiatives/{pk}/unmerge/                            401 405 405 405 405
POST   /api/v1/initiatives/{pk}/unmerge/                            401 403 404 404 404
GET    /api/v1/initiatives/{pk}/split/                              401 405 405 405 405
POST   /api/v1/initiatives/{pk}/split/                              401 403 415 415 415
GET    /api/v1/cities/                                              401 200 200 200 200
GET    /api/v1/cities/compare/                                      401 400 400 400 400
GET    /api/v1/cities/{code}/                                       401 200 200 200 200
GET    /api/v1/suggest/                                             401 200 200 200 200
GET    /api/v1/extract/                                             401 405 405 405 405
POST   /api/v1/extract/                                             401 403 400 400 400
GET    /api/v1/jobs/{pk}/                                           401 403 200 200 200
POST   /api/v1/jobs/{pk}/                                           401 403 405 405 405
PATCH  /api/v1/jobs/{pk}/                                           401 403 405 405 405
DELETE /api/v1/jobs/{pk}/                                           401 403 405 405 405
GET    /api/v1/changes/                                             401 200 200 200 200
GET    /api/v1/                                                     401 200 200 200 200
GET    /api/[\s\S]*                                                 404 404 404 404 404
"""


def rows(table):
    """The rows of a table: what stands before the columns, and these."""
    columns = 5 if table is OTHERS else 4
    found = [line.rsplit(maxsplit=columns) for line in table.strip().splitlines()]
    return [(first.strip(), cells) for first, *cells in found]


def every_route(patterns=None, route=""):
    """Each address of the application as its pattern, those with a format's suffix left out."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        whole = route + str(each.pattern)
        if isinstance(each, URLPattern):
            if "format" not in str(each.pattern):
                yield plain(whole)
        else:
            yield from every_route(each.url_patterns, whole)


def plain(pattern):
    """A pattern to be read: `places/{pk}/`."""
    text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", pattern)
    text = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)
    return "/" + re.sub(r"[\^$]|\\(?=\.)", "", text)


def of_model(route):
    """The model and the page of an address of the admin's usual ones; None for any other."""
    match = re.fullmatch(r"/admin/(\w+)/(\w+)/(.*)", route)
    if not match or (match[1], match[2]) not in {key(model) for model in admin.site._registry}:
        return None
    pages = {
        "": "changelist", "add/": "add", "{object_id}/change/": "change", "{object_id}/delete/": "delete",
        "{object_id}/history/": "history", "file.{form}": "file", "{object_id}/": "shortcut",
    }  # fmt: skip
    return ((match[1], match[2]), pages[match[3]]) if match[3] in pages else None


def key(model):
    return model._meta.app_label, model._meta.model_name


def test_every_address_is_in_the_table():
    listed = {first.split()[1] for first, _cells in rows(OTHERS)}
    models = {tuple(first.split(".")) for first, _cells in rows(MODELS)}
    missing = [
        route for route in every_route() if ((found := of_model(route)) is None and route not in listed)
        or (found and found[0] not in models)
    ]  # fmt: skip
    assert not missing
    assert not listed - set(every_route()), "addresses that are no more"
    assert models == {key(model) for model in admin.site._registry}


@pytest.fixture
def at(world, client, settings):
    """`at(role)`: a client of somebody in that role, and the rows that addresses name."""
    settings.KB_PUBLIC_READ = False
    cache.clear()

    def made(role):
        if role != "anonymous":
            person = User.objects.create_user(role, is_staff=True, is_superuser=role == "superuser")
            if role != "superuser":
                person.groups.add(Group.objects.get(name=role))
            client.force_login(person)
        return client

    return made


NOBODY_S = "00000000-0000-4000-8000-000000000000"


def ids(world):
    """What the gaps of the addresses stand for."""
    job = ImportJob.objects.create(name="a.txt", sha256="0", by="林溪")
    doubt = DoubtFactory(article=world.baotou_article)
    person = User.objects.create_user("chen")
    return {
        "pk": world.baotou_article.pk, "row": world.visits.pk, "kind": "metric", "code": "150200",
        "name": "cities", "collection": "metrics", "slug": "cities", "app_label": "kb", "batch": NOBODY_S,
        "step": "state", "resource": "places", "part": "entity", "content_type_id": 999999, "object_id": "1",
        "form": "csv", "number": 1, "id": person.pk, "url": "nowhere/", "job": job.pk, "doubt": doubt.pk,
    }  # fmt: skip


OWN = {
    "/review/{pk}/": "doubt", "/review/{pk}/same/": "doubt", "/api/v1/jobs/{pk}/": "job",
    "/api/v1/places/{pk}/": "place", "/api/v1/organisations/{pk}/": "organisation",
    "/api/v1/initiatives/{pk}/": "initiative", "/api/v1/metrics/{pk}/": "metric",
    "/api/v1/pages/{pk}/": "page",
    "/api/v1/places/{pk}/history/": "place", "/api/v1/organisations/{pk}/history/": "organisation",
    "/api/v1/initiatives/{pk}/history/": "initiative", "/api/v1/metrics/{pk}/history/": "metric",
    "/api/v1/pages/{pk}/history/": "page",
    "/api/v1/places/{pk}/unmerge/": "place", "/api/v1/places/{pk}/merge/": "place",
    "/api/v1/places/{pk}/split/": "place", "/api/v1/organisations/{pk}/split/": "organisation",
    "/api/v1/initiatives/{pk}/split/": "initiative",
    "/api/v1/organisations/{pk}/merge/": "organisation", "/api/v1/initiatives/{pk}/merge/": "initiative",
}  # fmt: skip
"""Addresses whose `pk` is another one than an article's."""


def filled(route, gaps, world):
    """An address of one row."""
    pks = {
        "place": world.town.pk, "organisation": world.team.pk, "initiative": world.lark.pk,
        "metric": world.visits.pk, "page": world.page.pk, "doubt": gaps["doubt"], "job": gaps["job"],
    }  # fmt: skip
    own = pks.get(OWN.get(route, ""), gaps["pk"])
    if match := re.match(r"/admin/kb/(\w+)/", route):
        row = apps.get_model("kb", match[1]).objects.first()
        gaps = gaps | {"object_id": row.pk if row else 0}
        own = row.pk if row else 0
    return route.format(**gaps | {"pk": own})


def answered(client, method, address):
    """The status of an answer; whatever it wrote is taken back."""
    with transaction.atomic():
        status = getattr(client, method.lower())(address).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_table_says(at, world, role):
    gaps, client, column = ids(world), at(role), ROLES.index(role)
    wrong = {}
    for first, cells in rows(OTHERS):
        method, route = first.split()
        status = answered(client, method, filled(route, gaps, world))
        if status != int(cells[column]):
            wrong[first] = f"{status}, not {cells[column]}"
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_every_table_of_the_admin_opens_to_each_role_as_the_table_says(at, world, role):
    client = at(role)
    DoubtFactory(article=world.baotou_article)
    DivergenceFactory()
    wrong = []
    for name, cells in rows(MODELS):
        may = "" if role == "anonymous" else cells[ROLES.index(role) - 1].strip("-")
        model = apps.get_model(name)
        wrong += [f"{name} {page}: {status}" for page, status in opened(client, model, may, role)]
    assert not wrong


def opened(client, model, may, role):
    """The pages of a model that answer otherwise than a role's rights say."""
    begin = f"/admin/{'/'.join(key(model))}/"
    pages = {("GET", ""): "v", ("GET", "add/"): "a", ("GET", "file.csv"): "v"}
    if not hasattr(admin.site._registry[model], "file_view"):
        del pages["GET", "file.csv"]
    row = model._default_manager.order_by("pk").first()
    if row is not None:
        pages |= {("GET", f"{row.pk}/change/"): "v", ("GET", f"{row.pk}/history/"): "v"}
        pages |= {("POST", f"{row.pk}/change/"): "c", ("GET", f"{row.pk}/delete/"): "d"}
    for (method, page), right in pages.items():
        status = answered(client, method, begin + page)
        allowed = {302} if role == "anonymous" else ({200, 302} if right in may else {403})
        if status not in allowed:
            yield f"{method} {page}", status


@pytest.mark.parametrize(("role", "parts"), [("读者", {"kb"}), ("编辑", {"kb", "importers"})])
def test_the_index_shows_each_role_its_own(at, role, parts):
    shown = at(role).get("/admin/")
    assert {
        each["model"]._meta.app_label for app in shown.context["app_list"] for each in app["models"]
    } == parts
    assert ("to-import" in shown.content.decode()) is (role == "编辑")
