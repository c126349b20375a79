"""Text search on the database in use."""

import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.models import Article, Initiative, Metric, Organisation, Place
from kb.search_index import INDEXES, reindex
from tests.factories import (
    ArticleFactory,
    InitiativeFactory,
    MetricFactory,
    OrganisationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db

MODELS = [Article, Place, Organisation, Initiative, Metric]


def found(model, query):
    return [str(row) for row in model.objects.with_text(query)]


@pytest.mark.parametrize(
    ("model", "query", "rows"),
    [
        (Article, "书屋", ["书屋开门"]),
        (Article, "服务 社区", ["云雀飞进寻常巷"]),
        (Article, "服务 藏书", []),
        (Article, "“走访群众”", ["三色灯照亮老街"]),
        (Article, "“群众走访”", []),
        (Article, '"9624次，每月"', ["三色灯照亮老街"]),
        (Article, "藏书 -达拉特旗", []),
        (Article, "-书屋", ["三色灯照亮老街", "云雀飞进寻常巷"]),
        (Article, "-“走访群众” -云雀", ["书屋开门"]),
        (Article, "常巷", ["云雀飞进寻常巷"]),
        (Place, "青城", ["呼和浩特市"]),
        (Place, "昆都", ["昆都仑区"]),
        (Place, "拉特", ["达拉特旗"]),
        (Organisation, "石榴花", ["新城区石榴花志愿服务队"]),
        (Organisation, "委宣", ["昆都仑区委宣传部"]),
        (Initiative, "云雀", ["“云雀”志愿服务品牌"]),
        (Initiative, "“云雀”志愿服务品牌", ["“云雀”志愿服务品牌"]),
        (Metric, "走访群众", ["9624次"]),
        (Metric, "藏书", ["约2000册"]),
        (Metric, "2000册", ["约2000册"]),
    ],
)
def test_what_a_query_finds(world, model, query, rows):
    assert sorted(found(model, query)) == sorted(rows)


def test_the_better_match_comes_first():
    ArticleFactory(title="杂谈", body="今天说天气，也提一句书屋。" + "天气晴。" * 50)
    ArticleFactory(title="书屋故事", body="书屋里的故事，书屋外的故事。")
    assert found(Article, "书屋") == ["书屋故事", "杂谈"]
    ranks = [row.search_rank for row in Article.objects.with_text("书屋")]
    assert ranks == sorted(ranks)


def test_characters_of_two_names_are_no_phrase(world):
    body = OrganisationFactory(name="甲乙")
    body.names.create(name="丙丁", key="/丙丁")
    assert found(Organisation, "乙丙") == []
    assert found(Organisation, "丙丁") == ["甲乙"]


def test_an_edit_is_found_at_once(world):
    world.lark.name = "“百灵”志愿服务品牌"
    world.lark.save()
    assert found(Initiative, "百灵") == ["“百灵”志愿服务品牌"]
    world.lark.names.filter(name="云雀").delete()
    assert found(Initiative, "云雀") == ["“百灵”志愿服务品牌"], "the first name is still one of its names"
    world.lark.names.filter(name__contains="云雀").delete()
    assert found(Initiative, "云雀") == []


def test_a_row_that_is_gone_leaves_no_document(world):
    pk = world.ordos_article.pk
    Article.objects.filter(pk=pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kb_article_search WHERE rowid = %s", [pk])
        assert cursor.fetchone()[0] == 0


def test_rows_written_together_are_found_after_indexing():
    rows = Article.objects.bulk_create(
        [ArticleFactory.build(page=ArticleFactory().page, first_line=9, body="松涛")]
    )
    assert found(Article, "松涛") == []
    reindex("article", [row.pk for row in rows])
    assert len(found(Article, "松涛")) == 1


def test_search_goes_on_from_any_rows_and_stays_countable(world):
    found = Article.objects.in_city(world.ordos).with_text("书屋")
    assert found.count() == 1
    assert found.filter(kind="report").count() == 0
    assert list(found.values_list("title", flat=True)) == ["书屋开门"]
    assert next(iter(found.values("title", "city__name")))["city__name"] == "鄂尔多斯市"


def test_an_empty_query_finds_all_and_one_without_words_nothing(world):
    assert Article.objects.with_text("  ").count() == 3
    assert Article.objects.with_text("！！").count() == 0
    assert Article.objects.with_text("-！！").count() == 0


def test_a_long_query_is_answered(world):
    assert found(Article, " ".join(chr(0x4E00 + n) for n in range(400))) == []
    assert found(Article, "书屋" * 300) == ["书屋开门"]
    assert found(Article, " ".join(f"-{chr(0x9000 + n)}" for n in range(100))) != []


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "''",
        "* OR NOT (",
        "NEAR(甲 乙)",
        "a:b",
        "\\",
        "甲 & | ! <->",
        "^书屋*",
        "{head}:书屋",
        "%_",
        "-",
    ],
)
def test_signs_of_the_databases_own_syntax_are_ordinary(world, model, query):
    assert len(found(model, query)) <= model.objects.count()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.text(
        alphabet=st.one_of(st.sampled_from("书屋云雀-\"“” 'a&|"), st.characters(exclude_characters="\0"))
    )
)
def test_any_characters_are_a_valid_query(world, query):
    for model in MODELS:
        assert len(found(model, query)) <= model.objects.count()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(
        st.one_of(st.sampled_from("书屋云雀，。 x"), st.characters(codec="utf-8", exclude_characters="\0"))
    )
)
def test_any_text_can_be_indexed_and_found_again(db, text):
    row = MetricFactory(subject=text[:100], unit="个")
    article = row.article
    Article.objects.filter(pk=article.pk).update(title=text[:100], body=article.body + text)
    reindex("article", [article.pk])
    for words in re.findall("[一-鿿]{1,3}", text[:100]):
        assert row in Metric.objects.with_text(words)
        assert article in Article.objects.with_text(words)


def test_all_kinds_of_rows_are_indexed_when_saved(db):
    for factory, model in (
        (ArticleFactory, "article"),
        (PlaceFactory, "place"),
        (OrganisationFactory, "organisation"),
        (InitiativeFactory, "initiative"),
        (MetricFactory, "metric"),
    ):
        row = factory()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {INDEXES[model].table} WHERE rowid = %s", [row.pk])  # noqa: S608
            assert cursor.fetchone()[0] == 1
