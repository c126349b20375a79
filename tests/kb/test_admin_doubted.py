"""The lists of what is in doubt: by a row's very words, each row once, in the usual order, all of them."""

import pytest
from django.db import connection
from django.urls import reverse

from kb import models
from kb.admin.desk.doubted import along_doubts, doubts_about, in_doubt, out_of_doubt
from tests.factories import ArticleFactory, DoubtFactory, MetricFactory, OrganisationMentionFactory

pytestmark = pytest.mark.django_db

ADDRESS = {model: reverse(f"admin:kb_{model._meta.model_name}_changelist") for model in (
    models.Article, models.Metric, models.PlaceMention, models.OrganisationMention, models.InitiativeMention
)}  # fmt: skip


def listed(client, model, **query):
    return list(client.get(ADDRESS[model], query).context["cl"].result_list)


@pytest.fixture
def figures():
    """Three articles of four figures each, `n人` at 0, 2, 4 and 6."""
    articles = [ArticleFactory(body="1人2人3人4人") for _ in range(3)]
    return [
        MetricFactory(article=article, text=f"{n}人", start=2 * n - 2, end=2 * n)
        for article in articles
        for n in (1, 2, 3, 4)
    ]


def ask(row, **more):
    words = {"article": row.article, "start": row.start, "end": row.end, "kind": "metric"}
    return DoubtFactory(**{"reason": "no_subject", **words, **more})


def test_rows_in_doubt_stand_in_the_usual_order_each_once(admin_client, figures):
    doubted = [figures[n] for n in (9, 2, 6, 3)]
    for row in doubted:
        ask(row)
    ask(doubted[0], reason="low_confidence")
    assert listed(admin_client, models.Metric, review="open") == [figures[n] for n in (2, 3, 6, 9)]
    assert listed(admin_client, models.Metric, review="closed") == [
        row for row in figures if row not in doubted
    ]
    page = admin_client.get(ADDRESS[models.Metric], {"review": "open"})
    assert page.context["cl"].result_count == 4
    assert listed(admin_client, models.Article, review="open") == [figures[n].article for n in (2, 6, 9)]


def test_what_is_doubted_of_other_words_or_as_another_record_says_nothing_of_a_row(admin_client, figures):
    row = figures[0]
    ask(row, kind="place", reason="ambiguous")
    ask(row, end=row.end + 1)
    ask(row, start=row.start + 1)
    settled = ask(row, state="accepted")
    assert listed(admin_client, models.Metric, review="open") == []
    assert listed(admin_client, models.Metric, review="closed") == figures
    settled.state = "open"
    settled.save()
    assert listed(admin_client, models.Metric, review="open") == [row]


def test_marking_an_organisation_as_reviewed_leaves_the_place_in_its_name_open(admin_client):
    article = ArticleFactory(body="白鹭镇党支部")
    body = OrganisationMentionFactory(article=article, start=0, end=6, text="白鹭镇党支部")
    place = DoubtFactory(article=article, kind="place", start=0, end=3)
    mine = DoubtFactory(article=article, kind="organisation", start=0, end=6, reason="unresolved")
    assert set(doubts_about(models.OrganisationMention.objects.filter(pk=body.pk))) == {mine}
    sent = {"action": "mark_reviewed", "_selected_action": [body.pk]}
    admin_client.post(ADDRESS[models.OrganisationMention], sent)
    assert set(models.Doubt.objects.filter(state="open")) == {place}


def test_other_filters_and_orders_go_with_it(admin_client, figures):
    for row in figures[::2]:
        ask(row)
    models.Metric.objects.filter(pk=figures[4].pk).update(unit="户")
    assert listed(admin_client, models.Metric, review="open", unit="户") == [figures[4]]
    by_text = listed(admin_client, models.Metric, review="open", o="-1")
    assert [row.text for row in by_text] == ["3人"] * 3 + ["1人"] * 3


@pytest.mark.parametrize("model", ADDRESS, ids=lambda model: model._meta.model_name)
def test_every_list_with_the_filter_shows_both_sides(admin_client, model, world):
    row = model.objects.order_by("pk").first()
    words = {name: getattr(row, name, None) or 0 for name in ("start", "end")}
    article = row if model is models.Article else row.article
    DoubtFactory(article=article, kind=model._meta.model_name.removesuffix("mention"), **words)
    rows = model.objects.all()
    others = set(rows.exclude(pk=row.pk))
    assert listed(admin_client, model, review="open") == [row] == list(in_doubt(rows))
    assert set(listed(admin_client, model, review="closed")) == others == set(out_of_doubt(rows))


def test_the_first_page_is_read_from_the_index_of_open_doubts_without_sorting(figures):
    """SQLite tells its plan by rule; PostgreSQL's goes by how much there is."""
    rows = models.Metric.objects.all()
    ordered = in_doubt(rows).order_by(*along_doubts(rows, models.Metric._meta.ordering))[:50]
    if connection.vendor == "sqlite":
        plan = ordered.explain()
        assert "kb_doubt_words (state=?" in plan.splitlines()[0]
        assert "TEMP B-TREE FOR ORDER BY" not in plan
    ask(figures[0])
    assert list(ordered) == figures[:1]
