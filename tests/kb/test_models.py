"""What the database itself promises about the rows."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from kb import models
from kb.vocabulary import Qualifier
from tests.factories import (
    ArticleFactory,
    InitiativeFactory,
    MetricFactory,
    OrganisationFactory,
    PlaceFactory,
    PlaceMentionFactory,
)

pytestmark = pytest.mark.django_db

KB_MODELS = [model for model in apps.get_app_config("kb").get_models() if model._meta.managed]


def refused(action):
    """Whether the database refuses what the action writes."""
    try:
        with transaction.atomic():
            action()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    ("qualifier", "value", "upper", "low", "high"),
    [
        ("exact", "9624", None, "9624", "9624"),
        ("over", "350000", None, "350000", None),
        ("at_least", "1", None, "1", None),
        ("nearly", "100", None, None, "100"),
        ("at_most", "5", None, None, "5"),
        ("about", "2000", None, "1800", "2200"),
        ("about", "98.6", None, "88.74", "108.46"),
        ("range", "300", "500", "300", "500"),
    ],
)
def test_the_database_derives_the_interval(qualifier, value, upper, low, high):
    metric = MetricFactory(qualifier=qualifier, value=Decimal(value), upper=upper and Decimal(upper))
    stored = models.Metric.objects.get(pk=metric.pk)
    assert (stored.low, stored.high) == (low and Decimal(low), high and Decimal(high))


def test_every_qualifier_has_an_interval():
    for qualifier in Qualifier:
        metric = MetricFactory(qualifier=qualifier.value, value=5, upper=6 if qualifier == "range" else None)
        stored = models.Metric.objects.get(pk=metric.pk)
        assert stored.low is not None or stored.high is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"qualifier": "range", "value": 5, "upper": 3},
        {"qualifier": "range", "value": 5, "upper": None},
        {"qualifier": "exact", "value": 5, "upper": 9},
        {"qualifier": "some"},
        {"status": "perhaps"},
        {"state": "deleted"},
        {"origin": "elsewhere"},
        {"as_of_on": datetime.date(2024, 1, 1)},
        {"as_of_precision": "year"},
        {"period_from_on": datetime.date(2024, 1, 1), "period_from_precision": "week"},
        {"start": 3, "end": 3},
        {"start": 1, "end": 4},
        {"text": "13人"},
        {"start": 0, "end": 99},
    ],
)
def test_the_database_refuses_a_wrong_metric(wrong):
    article = ArticleFactory(body="12人参加")
    span = {"start": 0, "end": 3}
    assert refused(lambda: MetricFactory(article=article, **span | wrong))
    assert not refused(lambda: MetricFactory(article=article))


@pytest.mark.parametrize(
    "table", ["place_mentions", "organisation_mentions", "initiative_mentions", "metrics"]
)
def test_a_span_that_does_not_quote_the_body_is_refused_on_update(world, table):
    rows = getattr(world.hohhot_article, table)
    assert refused(lambda: rows.update(text="别的"))
    assert refused(lambda: rows.update(end=F("end") + 1))
    assert not refused(lambda: rows.update(ordinal=7))


@pytest.mark.parametrize(
    "table", ["place_mentions", "organisation_mentions", "initiative_mentions", "metrics"]
)
def test_a_body_under_which_a_span_would_not_hold_is_refused(world, table):
    article = world.hohhot_article
    for other in {"place_mentions", "organisation_mentions", "initiative_mentions", "metrics"} - {table}:
        getattr(article, other).all().delete()
    same_body = models.Article.objects.filter(pk=article.pk)
    assert refused(lambda: same_body.update(body="，" + article.body))
    assert not refused(lambda: same_body.update(body=article.body + "后记。"))
    getattr(article, table).all().delete()
    assert not refused(lambda: same_body.update(body="，" + article.body))


def test_spans_count_code_points_beyond_the_basic_plane():
    article = ArticleFactory(body="𠮷野家12人")
    metric = MetricFactory(article=article)
    assert (metric.start, metric.end) == (3, 6)


def test_the_triggers_stand_after_migrations():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_span_%'"
            )
            expected = 12
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname ~ '_spans?$' AND NOT tgisinternal")
            expected = 5
        assert cursor.fetchone()[0] == expected


def test_one_row_for_each_natural_key(world):
    assert refused(lambda: ArticleFactory(page=world.page, first_line=world.hohhot_article.first_line))
    assert refused(lambda: PlaceMentionFactory(article=world.hohhot_article, text="新城区"))
    assert refused(lambda: models.PlaceName.objects.create(name="别名", key="150100", place=world.baotou))
    assert refused(lambda: PlaceFactory(code="150100"))


def test_a_name_is_remembered_under_its_scope(world):
    assert models.PlaceName.objects.get(key="150203/鹿苑镇").place == world.town
    assert models.OrganisationName.objects.get(key="150100/新城区石榴花志愿服务队").organisation == world.team
    assert models.InitiativeName.objects.get(key="150100/云雀志愿服务品牌").initiative == world.lark


def test_the_same_name_in_two_cities_is_two_bodies(world):
    first = OrganisationFactory(name="城关镇党委", city=world.hohhot)
    second = OrganisationFactory(name="城关镇党委", city=world.ordos)
    assert first.names.get().key != second.names.get().key


def test_a_start_date_needs_its_precision():
    assert refused(lambda: InitiativeFactory(started_on=datetime.date(2023, 1, 1)))
    assert refused(lambda: InitiativeFactory(started_precision="year"))
    assert not refused(lambda: InitiativeFactory(started_text="近年来"))


@pytest.mark.parametrize("model", KB_MODELS, ids=lambda model: model.__name__)
def test_every_field_says_in_chinese_what_it_is(model):
    own = [f for f in model._meta.get_fields() if (not f.auto_created and not f.is_relation) or f.concrete]
    for field in own:
        if getattr(field, "primary_key", False):
            continue
        assert any("一" <= sign <= "鿿" for sign in str(field.verbose_name)), field
        assert str(field.help_text).endswith("。"), f"{field} has no full-sentence help text"


def test_every_on_delete_says_why():
    for path in (Path(__file__).parents[2] / "kb" / "models").glob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if "on_delete=" in line:
                assert lines[number - 1].strip().startswith("# "), f"{path.name}, line {number + 1}"
