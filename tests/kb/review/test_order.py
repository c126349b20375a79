"""The order of the queue, and what is one case."""

import pytest

from kb.models import Doubt
from kb.review.cases import case_of
from kb.review.queue import Narrowing
from kb.review.repeats import recount
from tests.factories import ArticleFactory, DoubtFactory, PageFactory, PlaceFactory, PublicationFactory

pytestmark = pytest.mark.django_db


def in_order(**narrowing):
    return [row.text for row in Narrowing(**narrowing).select()]


def test_the_weightier_reason_comes_first_then_the_earlier_doubt():
    article = ArticleFactory(body="甲乙丙丁戊己庚辛")
    for number, reason in enumerate(
        ["low_confidence", "no_subject", "layout", "unresolved", "ambiguous", "possible_duplicate"]
    ):
        DoubtFactory(article=article, reason=reason, start=number, end=number + 1)
    assert in_order() == ["己", "丁", "戊", "丙", "乙", "甲"]


def test_what_occurs_often_and_what_is_half_and_half_are_worth_more():
    article = ArticleFactory(body="甲乙丙")
    often = DoubtFactory(article=article, end=1, repeats=3, confidence=0.9)
    sure = DoubtFactory(article=article, start=1, end=2, confidence=0.9)
    half = DoubtFactory(article=article, start=2, end=3, confidence=0.5)
    assert in_order() == ["甲", "丙", "乙"]
    worth = dict(Doubt.objects.values_list("pk", "worth"))
    assert worth[often.pk] == pytest.approx(6 * 3 * 0.6)
    assert worth[sure.pk] == pytest.approx(6 * 0.6)
    assert worth[half.pk] == pytest.approx(6)


def test_a_case_is_the_same_words_for_the_same_reason_in_the_same_city():
    city, elsewhere = PlaceFactory(level="city"), PlaceFactory(level="city")
    here = [DoubtFactory(article=ArticleFactory(body="双山村", city=city), end=3) for _ in range(3)]
    there = DoubtFactory(article=ArticleFactory(body="双山村", city=elsewhere), end=3)
    asked_otherwise = DoubtFactory(article=here[0].article, end=3, reason="unresolved")
    assert len({row.case_key for row in here}) == 1
    assert len({here[0].case_key, there.case_key, asked_otherwise.case_key}) == 3


def test_what_a_figure_counts_is_a_question_of_its_own_each_time():
    rows = [DoubtFactory(kind="metric", reason="no_subject", article__body="12人") for _ in range(2)]
    assert rows[0].case_key != rows[1].case_key
    assert case_of(rows[0], None) == rows[0].case_key


def test_counting_writes_open_doubts_and_no_more_than_twenty(django_assert_num_queries):
    article = ArticleFactory(body="双山村" * 30)
    rows = [DoubtFactory(article=article, start=3 * n, end=3 * n + 3) for n in range(24)]
    Doubt.objects.filter(pk=rows[0].pk).update(state="accepted")
    recount({rows[0].case_key})
    assert set(Doubt.objects.filter(state="open").values_list("repeats", flat=True)) == {20}
    assert Doubt.objects.get(pk=rows[0].pk).repeats == 1
    with django_assert_num_queries(2):
        recount({rows[0].case_key})


def test_the_queue_is_narrowed_by_reason_kind_city_and_newspaper():
    city = PlaceFactory(level="city")
    page = PageFactory(publication=PublicationFactory(), home_city=city)
    DoubtFactory(article=ArticleFactory(body="甲", city=city), end=1, kind="metric", reason="no_subject")
    DoubtFactory(article=None, page=page, kind="article", reason="layout", text="乙", end=0)
    DoubtFactory(article=ArticleFactory(body="丙"), end=1, state="skipped")
    assert in_order(city=city.pk) == ["乙", "甲"]
    assert in_order(publication=page.publication_id) == ["乙"]
    assert in_order(kind="metric") == ["甲"]
    assert in_order(reason="layout") == ["乙"]
    assert in_order(state="skipped") == ["丙"]
