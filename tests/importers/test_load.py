"""What importing a page leaves in the tables."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from importers import load_facts
from importers.extract.gazetteer.lookup import load_gazetteer
from importers.load_places import load_gazetteer_places
from importers.load_result import TABLES, Outcome
from kb import models
from kb.vocabulary import Qualifier
from tests.importers.pages import (
    SECOND_BODY,
    article,
    first_article,
    metric,
    page,
    second_article,
    source,
)
from tests.importers.stored import everything

pytestmark = pytest.mark.django_db


SPAN_MODELS = [models.PlaceMention, models.OrganisationMention, models.InitiativeMention, models.Metric]


def test_a_page_is_stored_with_all_that_it_says(load):
    result = load(source_page=source(newspaper="云岭日报", issue_date="2024-05-06"))
    stored = models.Page.objects.get()
    assert (stored.publication.name, str(stored.issue_date), stored.home_city.code) == (
        "云岭日报",
        "2024-05-06",
        "150200",
    )
    assert stored.furniture == [{"kind": "slogan", "text": "夜读", "lines": [[1, 1]]}]
    first, second = stored.articles.all()
    assert (first.title, first.column, first.first_line, first.lines) == ("夜校的灯", "灯下", 3, [[3, 9]])
    assert [(c.author.name, c.role) for c in first.credits.all()] == [
        ("林溪", "reporter"),
        ("周牧云", "correspondent"),
    ]
    assert (second.kind, second.city.name, second.body) == ("brief", "包头市", SECOND_BODY)
    assert {t: result.count(t, Outcome.CREATED) for t in TABLES if t != "places"} == {
        "pages": 1, "articles": 2, "credits": 2, "organisations": 2, "initiatives": 1, "place_mentions": 4,
        "organisation_mentions": 3, "initiative_mentions": 2, "metrics": 4, "doubts": 1,
    }  # fmt: skip


def test_a_metric_keeps_figure_interval_and_links(load):
    load()
    rows = {row.text: row for row in models.Metric.objects.all()}
    assert (rows["40余场"].low, rows["40余场"].high) == (Decimal(40), None)
    assert (rows["2-3场"].low, rows["2-3场"].high, rows["2-3场"].status) == (2, 3, "planned")
    assert rows["2-3场"].place.name == "柳叶村"
    assert (str(rows["2-3场"].period_from_on), rows["2-3场"].period_from_precision) == ("2022-03-01", "month")
    assert rows["近千人"].initiative.name == "“小马灯”夜校项目"
    assert rows["120册"].organisation.name == "固阳县妇联"


def test_every_stored_span_quotes_its_body(load):
    load()
    for model in SPAN_MODELS:
        for row in model.objects.select_related("article"):
            assert row.article.body[row.start : row.end] == row.text


def test_a_second_import_writes_nothing(load, django_assert_max_num_queries):
    load()
    before = everything()
    with django_assert_max_num_queries(45):
        result = load()
    assert result.wrote_nothing()
    assert result.count("metrics", Outcome.UNCHANGED) == 4
    assert everything() == before


def test_queries_do_not_grow_with_the_articles(load, django_assert_max_num_queries):
    load_gazetteer_places(load_gazetteer())
    many = [
        replace(second_article(), draft=replace(second_article().draft, lines=((n, n),)))
        for n in range(20, 60)
    ]
    with django_assert_max_num_queries(75):
        load(page(first_article(), *many))


def test_an_error_in_the_middle_leaves_nothing(load, monkeypatch):
    monkeypatch.setattr(load_facts.FactLoader, "_metrics", lambda self: 1 / 0)
    before = everything()
    with pytest.raises(ZeroDivisionError):
        load()
    assert everything() == before


def test_a_span_that_does_not_quote_its_body_is_refused_as_a_whole(load):
    wrong = replace(second_article().metrics[0], start=0, end=4)
    before = everything()
    with pytest.raises(Exception, match="is not body"):
        load(page(first_article(), replace(second_article(), metrics=(wrong,))))
    assert everything() == before


def test_a_dry_run_tells_and_stores_nothing(load):
    before = everything()
    result = load(dry_run=True)
    assert result.count("metrics", Outcome.CREATED) == 4
    assert everything() == before


def test_what_is_read_differently_is_updated(load):
    load()
    changed = replace(second_article(), metrics=(metric(SECOND_BODY, "120册", 120, "册", subject="图书"),))
    result = load(page(first_article(), changed))
    row = models.Metric.objects.get(text="120册")
    assert (row.subject, row.organisation.name) == ("图书", "固阳县妇联"), "what was not read does not erase"
    assert result.count("metrics", Outcome.UPDATED) == 1
    assert result.count("metrics", Outcome.UNCHANGED) == 3


def test_what_is_read_no_more_is_removed(load):
    load()
    result = load(page(first_article()))
    assert not models.Article.objects.filter(title="送书").exists()
    assert not models.Organisation.objects.filter(name="固阳县妇联").exists()
    assert result.count("articles", Outcome.REMOVED) == 1
    assert result.count("organisations", Outcome.REMOVED) == 1


def test_a_figure_that_is_no_range_any_more_loses_its_upper_end(load):
    load()
    metrics = first_article().metrics
    exact = replace(metrics[2], qualifier=Qualifier.EXACT, upper=None)
    load(page(replace(first_article(), metrics=(*metrics[:2], exact)), second_article()))
    assert models.Metric.objects.get(text="2-3场").upper is None


def test_an_article_whose_lines_moved_stays_the_same_article(load):
    load()
    pk = models.Article.objects.get(title="送书").pk
    moved = replace(second_article(), draft=replace(second_article().draft, lines=((30, 31),)))
    result = load(page(first_article(), moved))
    assert models.Article.objects.get(first_line=30).pk == pk
    assert result.count("articles", Outcome.UPDATED) == 1


def test_articles_that_begin_in_one_line_are_told_apart(load):
    load(page(article("甲。", title="甲"), article("乙。", title="乙")))
    assert list(models.Article.objects.values_list("title", "part")) == [("甲", 0), ("乙", 1)]


def test_over_long_texts_are_cut_to_their_columns(load):
    long = "长" * 2000
    record = page(replace(second_article(), draft=replace(second_article().draft, title=long, column=long)))
    load(record)
    assert len(models.Article.objects.get().title) == 500
    assert load(record).wrote_nothing()


def test_what_was_loaded_is_found_by_text(load):
    load()
    assert models.Article.objects.with_text("夜校").count() == 1
    assert models.Initiative.objects.with_text("马灯").count() == 1
    assert models.Place.objects.with_text("柳叶").count() == 1
    assert models.Organisation.objects.with_text("妇联").count() == 1
    assert models.Metric.objects.with_text("书籍").count() == 1
