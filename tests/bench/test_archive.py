"""The archive of the measurements is like real pages: every span quotes its body, every row finds a place."""

import pytest
from django.core.management import call_command
from django.db import connection

from kb.changes import newest_line
from kb.models import Article, InitiativeMention, Metric, OrganisationMention, PlaceMention
from tests.bench.archive.load import batches, edit_one, store
from tests.bench.archive.postgresql import PostgresTables
from tests.bench.archive.sqlite import SqliteTables
from tests.factories import OrganisationFactory


class WithTriggers:
    """The writers of the archive on tables as they are, so that the database refuses what does not fit."""

    def __init__(self):
        kind = SqliteTables if connection.vendor == "sqlite" else PostgresTables
        self.writer = kind(connection)
        self.writer.raw = connection.connection

    def __getattr__(self, name):
        return getattr(self.writer, name)


@pytest.mark.django_db
def test_a_small_archive_fits_the_tables():
    call_command("rebuild_search", verbosity=0)  # a test that flushed the tables left the words of its rows
    tables = WithTriggers()
    for second, batch in enumerate(batches(metrics=200, articles=40)):
        order = sorted(batch, key=lambda name: ("mention" in name or name == "metric", name != "page"))
        store(tables, {name: batch[name] for name in order if name not in ("author", "credit")}, second)
    assert Article.objects.count() == 40
    assert Metric.objects.count() >= 200
    for model in (PlaceMention, OrganisationMention, InitiativeMention, Metric):
        for row in model.objects.select_related("article"):
            assert row.article.body[row.start : row.end] == row.text


def test_two_archives_of_one_size_are_the_same():
    assert list(batches(30, 6)) == list(batches(30, 6))


@pytest.mark.django_db(transaction=True)
def test_a_line_in_the_feed_tells_the_version_of_lists():
    OrganisationFactory(pk=1)
    before = newest_line()
    edit_one()
    assert newest_line() not in (None, before)
