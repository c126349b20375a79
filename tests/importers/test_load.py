"""What importing a page leaves in the tables."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection

from importers import load_facts
from importers.extract.gazetteer import load_gazetteer
from importers.extract.records import DateText
from importers.load import load_page
from importers.load_places import load_gazetteer_places
from importers.load_result import TABLES, Outcome
from kb import models
from kb.vocabulary import InitiativeKind, OrganisationCategory, PlaceLevel, Qualifier
from tests.importers.pages import (
    BODY,
    SECOND_BODY,
    article,
    first_article,
    initiative,
    metric,
    organisation,
    page,
    place,
    second_article,
    source,
)

pytestmark = pytest.mark.django_db

SPAN_MODELS = [models.PlaceMention, models.OrganisationMention, models.InitiativeMention, models.Metric]


@pytest.fixture
def load():
    gazetteer = load_gazetteer()

    def run(record=None, source_page=None, **options):
        return load_page(source_page or source(), record or page(), gazetteer, **options)

    return run


def everything():
    """Every row of every table, as it is stored."""
    tables = [
        m._meta.db_table
        for m in models.Article._meta.apps.get_app_config("kb").get_models()
        if m._meta.managed
    ]
    tables += [
        models.Initiative.places.through._meta.db_table,
        models.Initiative.organisers.through._meta.db_table,
    ]
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
            rows[table] = cursor.fetchall()
    return rows


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


def test_entities_are_one_row_and_tied_to_what_lies_above(load):
    load()
    village = models.Place.objects.get(name="柳叶村")
    assert [village.parent.name, village.parent.parent.code, village.city.name] == [
        "白桦镇",
        "150222",
        "包头市",
    ]
    assert village.mentions.count() == 2
    committee = models.Organisation.objects.get(name="固阳县白桦镇党委")
    assert (committee.mentions.count(), committee.place.name, committee.city.name) == (2, "固阳县", "包头市")
    school = models.Initiative.objects.get()
    assert (school.started_on, school.started_precision) == (datetime.date(2022, 3, 1), "month")
    assert [o.name for o in school.organisers.all()] == ["固阳县白桦镇党委"]
    assert [p.name for p in school.places.all()] == ["柳叶村"]
    assert {n.name for n in school.names.all()} == {"“小马灯”夜校项目", "“小马灯”"}


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


def test_a_name_without_a_city_links_to_the_one_that_bears_it(load):
    load()
    body = "固阳县妇联再出发。"
    other = article(body, title="再出发", organisations=(organisation(body, "固阳县妇联", city=None),))
    load(page(other), source("另一版", "other.txt"))
    assert models.Organisation.objects.get(name="固阳县妇联").mentions.count() == 2
    assert load(page(other), source("另一版", "other.txt")).wrote_nothing()


def test_a_name_that_two_bear_stays_unresolved(load):
    body = "春风小学开学。"
    for number, city in enumerate(("包头市", "乌海市")):
        read = organisation(body, "春风小学", city=city, category=OrganisationCategory.INSTITUTION)
        load(page(article(body, organisations=(read,), city=city)), source(str(number), f"{number}.txt"))
    read = organisation(body, "春风小学", city=None)
    load(page(article(body, organisations=(read,))), source("三", "3.txt"))
    mention = models.OrganisationMention.objects.get(organisation=None)
    assert (mention.text, mention.name) == ("春风小学", "春风小学")
    doubt = models.Doubt.objects.get()
    assert (doubt.reason, doubt.candidates) == ("ambiguous", ["春风小学（乌海市）", "春风小学（包头市）"])


def test_a_place_without_anything_above_stays_unresolved(load):
    body = "红柳村修路。"
    read = place(body, "红柳村", city=None, level=PlaceLevel.VILLAGE)
    load(page(article(body, places=(read,))))
    mention = models.PlaceMention.objects.get()
    assert (mention.place, mention.official) == (None, "红柳村")
    assert not models.Place.objects.filter(name="红柳村").exists()


def test_merged_entities_are_found_again(load):
    load()
    gone, kept = (
        models.Organisation.objects.get(name="固阳县妇联"),
        models.Organisation.objects.get(name="固阳县白桦镇党委"),
    )
    gone.names.update(organisation=kept)
    models.OrganisationMention.objects.filter(organisation=gone).update(organisation=kept)
    models.Metric.objects.filter(organisation=gone).update(organisation=kept)
    gone.delete()
    result = load()
    assert not models.Organisation.objects.filter(name="固阳县妇联").exists()
    assert result.count("organisations", Outcome.CREATED) == 0
    assert kept.mentions.count() == 3


def test_the_article_that_described_an_entity_decides_its_fields(load):
    load()
    body = "“小马灯”夜校项目又开班。"
    other = article(body, initiatives=(initiative(body, "“小马灯”夜校项目", kind=InitiativeKind.BRAND),))
    load(page(other), source("另一版", "other.txt"))
    assert models.Initiative.objects.get().kind == "project"
    assert load().wrote_nothing()
    first = first_article()
    changed = tuple(replace(m, kind=InitiativeKind.FACILITY) for m in first.initiatives)
    load(page(replace(first, initiatives=changed), second_article()))
    assert models.Initiative.objects.get().kind == "facility"


def test_the_same_name_in_two_cities_is_two_initiatives(load):
    body = "“百灵鸟”活动开始。"
    for number, city in enumerate(("包头市", "乌海市", None)):
        read = initiative(body, "“百灵鸟”活动", city=city)
        load(page(article(body, initiatives=(read,))), source(str(number), f"{number}.txt"))
    assert models.Initiative.objects.count() == 2
    assert models.InitiativeMention.objects.filter(initiative=None).count() == 1


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


@pytest.mark.parametrize("value", [10**40, float("inf"), float("nan")])
def test_a_figure_without_room_becomes_a_doubt(load, value):
    read = replace(second_article().metrics[0], value=value)
    load(page(replace(second_article(), metrics=(read,))))
    assert not models.Metric.objects.exists()
    assert models.Doubt.objects.get().text == "120册"
    assert load(page(replace(second_article(), metrics=(read,)))).wrote_nothing()


@pytest.mark.parametrize("value", [0.1, 98.6, 1 / 3, 123456789012345678, 2.5e-5])
def test_any_number_is_unchanged_when_read_again(load, value):
    record = page(replace(second_article(), metrics=(replace(second_article().metrics[0], value=value),)))
    load(record)
    assert load(record).wrote_nothing()


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024", (datetime.date(2024, 1, 1), "year")),
        ("2024-06", (datetime.date(2024, 6, 1), "month")),
        ("2024-02-29", (datetime.date(2024, 2, 29), "day")),
        ("2023-02-29", (None, "")),
        ("0000", (None, "")),
        (None, (None, "")),
    ],
)
def test_dates_keep_their_precision(iso, expected):
    columns = load_facts.date_columns("as_of", DateText("那天", iso))
    assert (columns["as_of_on"], columns["as_of_precision"]) == expected
    assert columns["as_of_text"] == "那天"


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


def test_the_gazetteer_is_stored_once(db):
    gazetteer = load_gazetteer()
    result = load_gazetteer_places(gazetteer)
    assert models.Place.objects.filter(level="city", parent__code="150000").count() == 12
    assert models.Place.objects.filter(level="county", parent__parent__code="150000").count() == 103
    assert models.Place.objects.get(names__name="科右前旗").code == "152221"
    assert result.count("places", Outcome.CREATED) == models.Place.objects.count()
    before = everything()
    assert load_gazetteer_places(gazetteer).wrote_nothing()
    assert everything() == before
