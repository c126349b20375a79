"""Whatever is put into the forms, lists and actions of the admin, the answer is no fault of ours.

The same is tried each time; `KB_FUZZ_ROUNDS=50` tries so much of everything, another choice each time.
"""

import os
import random

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction

from tests.factories import DivergenceFactory, DoubtFactory

pytestmark = pytest.mark.django_db

NASTY = (
    "", " ", "0", "-1", "1", "true", "null", "9" * 30, "-" + "9" * 40, "1e999", "NaN", "Infinity", "１２",
    "\x00", "a\x00b", "甲" * 5000, "' OR 1=1 --", "<script>alert(1)</script>", "2024-13-45", "0000-00-00",
    "25:61", "../../etc/passwd", "\u202e", "\ufeff", "👩‍👩‍👧", "[]", "{", '{"a": [1]}', "[[[[", "%s%n",
    "{{7*7}}", "\r\nX: y", "http://127.0.0.1/", "1,2,3", "1-2", "-" * 300,
)  # fmt: skip
LOOKUPS = ("", "__exact", "__isnull", "__in", "__gt", "__gte", "__lt", "__contains", "__year", "__nothing")
USUAL = ("q", "o", "p", "all", "e", "_facets", "_popup", "_to_field", "pk", "id__in")
TABLES = sorted(admin.site._registry, key=lambda model: model._meta.label)
THOROUGH = "KB_FUZZ_ROUNDS" in os.environ
ROUNDS = int(os.environ.get("KB_FUZZ_ROUNDS", "6"))


@pytest.fixture
def chief(client, world):
    """A client of somebody who may do everything; each kind of row is there."""
    DoubtFactory(article=world.baotou_article)
    DivergenceFactory()
    client.force_login(User.objects.create_superuser("chief"))
    return client


def address(model, page=""):
    """Where a page of a table is."""
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}"


def chance_of(model):
    """What chooses for a table, the same each time where not more is wanted."""
    return random.Random(None if THOROUGH else model._meta.label)


def answered(ask, *words, **more):
    """The status of an answer; whatever it wrote is taken back, and a fault is raised."""
    with transaction.atomic():
        status = ask(*words, **more).status_code
        transaction.set_rollback(True)
    return status


def fields_of(page):
    """The names and present values of all fields of a form page, those of its rows too."""
    context = page.context or {}
    forms = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", ()):
        forms += [inline.formset.management_form, *inline.formset.forms]
    found = {}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            found[form.add_prefix(name)] = (
                value if isinstance(value, list) else ("" if value is None else value)
            )
    return found


def spoiled(values, chance):
    """The values of a form, some of them replaced, and now and then one left out or doubled."""
    made = dict(values)
    for name in chance.sample(sorted(made), min(len(made), chance.randint(1, 4))) if made else ():
        kind = chance.random()
        if kind < 0.1:
            del made[name]
        elif kind < 0.2:
            made[name] = [chance.choice(NASTY) for _ in range(3)]
        else:
            made[name] = chance.choice(NASTY)
    return made


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_a_list_takes_any_question(chief, model):
    chance = chance_of(model)
    names = [*USUAL, *(field.name + chance.choice(LOOKUPS) for field in model._meta.fields)]
    for _ in range(2 * ROUNDS):
        asked = {name: chance.choice(NASTY) for name in chance.sample(names, chance.randint(1, 3))}
        status = answered(chief.get, address(model), asked)
        assert status in (200, 302, 400, 403, 404), (str(asked)[:300], status)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_a_form_takes_anything(chief, model):
    chance = chance_of(model)
    row = model._default_manager.order_by("pk").first()
    for page in ("add/", f"{row.pk}/change/" if row else "0/change/"):
        shown = chief.get(address(model, page))
        values = fields_of(shown) if shown.status_code == 200 else {}
        for _ in range(ROUNDS):
            sent = spoiled(values, chance) | {chance.choice(["_save", "_continue", "_addanother"]): "1"}
            status = answered(chief.post, address(model, page), sent)
            assert status in (200, 302, 400, 403, 404, 409, 413), (page, str(sent)[:300], status)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_an_action_takes_any_rows(chief, model, rf):
    chance = chance_of(model)
    asking = rf.get(address(model))
    asking.user = User.objects.get(username="chief")
    row = model._default_manager.order_by("pk").first()
    for action in [*admin.site._registry[model].get_actions(asking), "no_such_action"]:
        for _ in range(4):
            rows = [str(row.pk) if row and chance.random() < 0.5 else chance.choice(NASTY) for _ in range(2)]
            sent = {"action": action, "_selected_action": rows, "index": chance.choice(["0", "7", "x"])}
            sent |= {"post": "yes"} if chance.random() < 0.5 else {}
            status = answered(chief.post, address(model), sent)
            assert status in (200, 302, 400, 403, 404), (str(sent)[:300], status)


def test_the_forms_that_are_tried_have_fields(chief):
    filled = [model for model in TABLES if fields_of(chief.get(address(model, "add/")))]
    assert len(filled) >= 12
