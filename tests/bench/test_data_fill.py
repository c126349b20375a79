"""Rows that are made for measurements are rows that the tables accept and that readers find."""

import pytest
from django.db import connection

from kb import models
from tests.bench.data_fill import fill

pytestmark = pytest.mark.django_db


def test_rows_are_filled_page_by_page_with_evidence_that_quotes_its_article():
    fill(pages=5)
    assert models.Page.objects.count() == 5
    for model in (models.Metric, models.PlaceMention, models.OrganisationMention, models.InitiativeMention):
        rows = model.objects.select_related("article")
        assert rows
        assert all(row.article.body[row.start : row.end] == row.text for row in rows)
    connection.check_constraints()


def test_filled_rows_are_found_by_their_words_and_new_ones_can_be_added():
    fill(metrics=30)
    assert models.Article.objects.with_text("党建").exists()
    assert models.Metric.objects.count() >= 30
    metric = models.Metric.objects.last()
    metric.pk, metric.ordinal = None, 1
    metric.save()
    assert models.Change.objects.filter(resource="metrics", record_id=metric.pk).exists()
