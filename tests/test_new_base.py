"""What a test leaves behind: nothing that the next one would see."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from kb.models import Change, Metric, MetricTally
from tests.factories import MetricFactory, OrganisationFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [Change, MetricTally, Metric], ids=lambda model: model.__name__)
def test_emptied_tables_leave_nothing_noted_whichever_is_emptied_first(first, monkeypatch):
    MetricFactory()
    names = connection.introspection.django_table_names(only_existing=True)
    ordered = sorted(names, key=lambda name: name != first._meta.db_table)
    monkeypatch.setattr(connection.introspection, "django_table_names", lambda **_: ordered)
    call_command("flush", interactive=False, verbosity=0)
    assert not Metric.objects.exists()
    assert not Change.objects.exists()
    assert not MetricTally.objects.exists()
    assert Group.objects.exists()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_language_and_made_up_names_begin_anew(turn):
    assert translation.get_language() == "zh-hans"
    assert OrganisationFactory.build().name == "第0党支部"
    translation.activate("en")
