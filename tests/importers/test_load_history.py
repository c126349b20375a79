"""An import leaves no history of what it makes; what it changes later can be looked up."""

import pytest
from django.apps import apps
from msgspec.structs import replace

from kb import models
from kb.changes import IMPORTER, attributed
from kb.models.history import HistoryRow
from tests.importers.pages import BODY, article, first_article, page, second_article

pytestmark = pytest.mark.django_db

HISTORIES = [m for m in apps.get_app_config("kb").get_models() if issubclass(m, HistoryRow)]


def told(row):
    return [(r.history_change_reason, r.history_user_id) for r in row.history.order_by("history_id")]


def test_what_is_made_and_what_is_unchanged_leaves_nothing(load):
    load()
    load()
    assert not any(model.objects.exists() for model in HISTORIES)


def test_a_value_that_is_read_differently_is_told_with_the_one_before(load):
    load()
    figures = first_article().metrics
    load(
        page(
            replace(first_article(), metrics=(replace(figures[0], subject="上课"), *figures[1:])),
            second_article(),
        )
    )
    row = models.Metric.objects.get(text="40余场")
    before, after = row.history.order_by("history_id")
    assert (before.subject, before.history_date, before.history_user_id) == ("办班", row.created_at, IMPORTER)
    assert (after.subject, after.history_user_id, after.history_change_reason) == ("上课", IMPORTER, "import")
    assert models.Metric.history.count() == 2, "the others are unchanged"


def test_another_body_is_told_with_the_one_before(load):
    load()
    load(page(first_article("【夜校】" + BODY), second_article()))
    before, after = models.Article.objects.get(title="夜校的灯").history.order_by("history_id")
    assert (before.body, after.body) == (BODY, "【夜校】" + BODY)
    assert not models.Metric.history.exists(), "spans that only moved are no change of a figure"


def test_a_moved_span_is_not_laid_to_the_person_who_edits_next(load):
    load()
    row = models.Metric.objects.get(text="近千人")
    with attributed("张三"):
        row.subject = "村民"
        row.lock(["subject"])
        row.save()
    load(page(first_article("【夜校】" + BODY), second_article()))
    row.refresh_from_db()
    with attributed("李四"):
        row.unit = "位"
        row.save()
    moved, last = row.history.order_by("history_id")[2:]
    assert (moved.start, moved.unit, last.unit) == (last.start, "人", "位")
    assert moved.history_user_id != "李四"


def test_the_removal_of_a_row_with_a_history_ends_it(load):
    load()
    row = models.Metric.objects.get(text="120册")
    with attributed("张三"):
        row.subject = "旧书"
        row.save()
    with attributed("张三"):
        row.subject = "书籍"
        row.save()
    visit = article("固阳县妇联走访。", lines=((12, 13),), title="送书")
    load(page(first_article(), visit))
    rows = models.Metric.history.filter(id=row.pk).order_by("history_id")
    assert [r.history_change_reason for r in rows] == ["create", "update", "update", "delete"]
    assert [r.history_user_id for r in rows][2:] == ["张三", IMPORTER]
