"""What a person wrote, locked, rejected or decided stays, whatever is read."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from importers.load_result import Outcome
from kb import models
from kb.vocabulary import Qualifier
from tests.importers.pages import (
    BODY,
    SECOND_BODY,
    article,
    first_article,
    page,
    second_article,
)
from tests.importers.stored import everything

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "pick", "field", "value"),
    [
        (models.Article, {"title": "送书"}, "title", "送书到家"),
        (models.Metric, {"text": "120册"}, "subject", "旧书"),
        (models.Metric, {"text": "120册"}, "value", Decimal(12)),
        (models.Initiative, {}, "kind", "brand"),
        (models.Organisation, {"name": "固阳县妇联"}, "category", "other"),
        (models.PlaceMention, {"text": "青杨社区"}, "place_id", None),
    ],
)
def test_a_locked_field_is_left_alone(load, model, pick, field, value):
    load()
    row = model.objects.get(**pick)
    setattr(row, field, value)
    row.lock([field.removesuffix("_id")])
    row.save()
    result = load()
    assert result.wrote_nothing()
    assert getattr(model.objects.get(pk=row.pk), field) == value


def test_a_locked_value_keeps_the_figure_whole(load):
    load()
    row = models.Metric.objects.get(text="2-3场")
    row.lock(["upper"])
    row.save()
    exact = replace(first_article().metrics[2], qualifier=Qualifier.EXACT, upper=None, value=9)
    load(page(replace(first_article(), metrics=(exact,)), second_article()))
    row.refresh_from_db()
    assert (row.value, row.upper, row.qualifier) == (2, 3, "range")


def test_an_unlocked_field_goes_back_to_the_importer(load):
    load()
    row = models.Metric.objects.get(text="120册")
    row.subject = "旧书"
    row.save()
    load()
    row.refresh_from_db()
    assert row.subject == "书籍"


@pytest.mark.parametrize(
    "model", [models.Metric, models.PlaceMention, models.Initiative, models.Organisation]
)
def test_a_rejected_row_stays_rejected(load, model):
    load()
    row = model.objects.first()
    model.objects.filter(pk=row.pk).update(state="rejected")
    before = everything()
    result = load()
    assert everything() == before
    table = "place_mentions" if model is models.PlaceMention else f"{model._meta.model_name}s"
    assert result.count(table, Outcome.REJECTED) == 1


def test_a_rejected_article_keeps_all_its_rows_away(load):
    load()
    models.Article.objects.filter(title="送书").update(state="rejected")
    models.Metric.objects.filter(text="120册").delete()
    load()
    assert not models.Metric.objects.filter(text="120册").exists()


def test_a_rejected_initiative_is_linked_no_more(load):
    load()
    models.Initiative.objects.update(state="rejected")
    models.Metric.objects.all().delete()
    load()
    assert models.Metric.objects.get(text="近千人").initiative is None


def test_a_person_s_row_is_not_removed(load):
    load()
    row = models.Article.objects.get(title="送书")
    by_hand = models.Metric.objects.create(
        article=row, start=0, end=3, text="固阳县", value=1, qualifier="exact", status="reported"
    )
    load()
    assert models.Metric.objects.filter(pk=by_hand.pk).exists()
    load(page(first_article()))
    assert models.Metric.objects.filter(pk=by_hand.pk).exists(), "nor is the article that holds it"


def test_spans_move_with_a_body_that_is_read_differently(load):
    load()
    row = models.Metric.objects.get(text="近千人")
    row.subject = "村民听课"
    row.lock(["subject"])
    row.save()
    made = row.created_at
    body = "【夜校】" + BODY
    load(page(first_article(body), second_article()))
    row.refresh_from_db()
    assert (row.article.body, row.article.body[row.start : row.end], row.subject) == (
        body,
        "近千人",
        "村民听课",
    )
    assert row.created_at == made
    assert row in models.Metric.objects.with_text("村民听课")


def test_a_body_that_would_lose_a_person_s_work_is_not_taken(load):
    load()
    row = models.Metric.objects.get(text="120册")
    row.lock(["subject"])
    row.save()
    result = load(page(first_article(), article("固阳县妇联走访。", lines=((12, 13),), title="送书")))
    row.refresh_from_db()
    assert row.article.body == SECOND_BODY
    assert len(result.notes) == 1
    assert "送书" in result.notes[0]


def test_a_doubt_that_was_decided_is_not_asked_again(load):
    load()
    models.Doubt.objects.update(state="rejected")
    load()
    assert models.Doubt.objects.get().state == "rejected"
    load(page(replace(first_article(), doubts=()), second_article()))
    assert models.Doubt.objects.get().state == "rejected"


def test_an_open_doubt_that_is_read_no_more_is_gone(load):
    load()
    load(page(replace(first_article(), doubts=()), second_article()))
    assert not models.Doubt.objects.exists()
