import re

import pytest

from kb.models import Article, Initiative, Metric, MetricTally
from kb.web.summary import read_summary
from tests.factories import ArticleFactory, InitiativeFactory, MetricFactory, PlaceFactory

QUERIES = 11


def test_the_page_tells_counts_cities_and_figures_in_a_fixed_number_of_queries(look, world):
    text = look("/")
    assert look.queries == QUERIES
    for words in ("呼和浩特市", "赤峰市", "35万余小时", "云雀飞进寻常巷", "品牌"):
        assert words in text


def test_the_number_of_queries_does_not_grow(look, world):
    for number in range(20):
        article = ArticleFactory(page=world.page, city=world.baotou, body=f"共{number}棵。")
        MetricFactory(
            article=article, text=f"{number}棵", value=number, unit=f"棵{number}", city=world.baotou
        )
        InitiativeFactory(city=world.ordos)
    look("/")
    assert look.queries == QUERIES


def test_an_answer_is_kept_for_a_while(look, world, monkeypatch):
    monkeypatch.setattr("kb.web.kept.SHARE", 1e9)  # as long as may be, whatever little time it takes to make
    look("/")
    look("/?by=metrics", keep=True)
    assert look.queries == 0


def test_an_empty_base_is_shown(look, db):
    text = look("/")
    assert "还没有举措" in text
    assert "还没有数据" in text


def test_the_map_is_coloured_by_what_is_chosen(look, world):
    articles, metrics = look("/?by=articles"), look("/?by=metrics")
    assert 'aria-label="呼和浩特市 · 文章 1"' in articles
    assert 'aria-label="呼和浩特市 · 数据 3"' in metrics
    assert re.search(r'赤峰市 · 数据 0"><g class="tile step-0"', metrics)
    assert re.search(r'呼和浩特市 · 数据 3"><g class="tile step-5"', metrics)


def test_an_unknown_choice_is_refused_with_what_is_allowed(look, world):
    text = look("/?by=<b>", status=400)
    assert "articles、initiatives、organisations、metrics" in text
    assert "<b>" not in text


def test_the_largest_reported_figure_of_a_unit_is_shown_whatever_its_city(world):
    def figure(value, **more):
        text = f"{value}棵"
        article = ArticleFactory(page=world.page, body=f"共{text}。")
        return MetricFactory(
            article=article, start=1, end=1 + len(text), text=text, value=value, unit="棵", **more
        )

    figure(3, city=world.baotou)
    figure(90, city=world.baotou, state="rejected")
    figure(80, city=world.ordos, status="planned")
    most = figure(7, city=world.ordos)
    assert [each.metric for each in read_summary().largest if each.metric.unit == "棵"] == [most]
    nowhere = figure(8, city=None)
    assert [each.metric for each in read_summary().largest if each.metric.unit == "棵"] == [nowhere]


def test_rejected_records_do_not_count(world):
    Article.objects.filter(pk=world.hohhot_article.pk).update(state="rejected")
    Metric.objects.filter(pk=world.hours.pk).update(state="rejected")
    Initiative.objects.filter(pk=world.lark.pk).update(state="rejected")
    summary = read_summary()
    assert summary.city("150100") == {"articles": 0, "initiatives": 0, "organisations": 1, "metrics": 2}
    assert summary.totals["initiatives"] == 2
    assert "小时" not in {figure.metric.unit for figure in summary.largest}


def test_an_initiative_of_two_cities_counts_in_both_and_once_in_all(world):
    world.lark.places.add(world.kundulun, PlaceFactory(name="石拐区", parent=world.baotou, city=world.baotou))
    summary = read_summary()
    assert summary.initiatives["150200"] == {"brand": 1, "mechanism": 1}
    assert summary.initiatives["150100"] == {"brand": 1}
    assert summary.totals["initiatives"] == 3


@pytest.mark.parametrize("quantity", ["articles", "initiatives", "organisations", "metrics"])
def test_each_number_is_that_of_the_list_that_it_leads_to(look, world, quantity):
    world.lark.places.add(world.kundulun)
    text = look("/")
    found = re.findall(rf'<a href="/lists/({quantity}/\?city=\d+(?:&amp;kind=\w+)?)">(\d+)</a>', text)
    assert len(found) >= 2
    for address, number in found:
        rest = address.replace("&amp;", "&")
        look(f"/lists/{rest}")
        assert len(look.answer.context["records"]) == int(number), rest
        look(f"/api/v1/{rest}")
        assert len(look.answer.json()["results"]) == int(number), rest


def test_figures_of_a_year_lead_to_their_list(look, world):
    text = look("/")
    assert '<a href="/lists/metrics/?as_of=2024&amp;status=reported">1</a>' in text
    look("/api/v1/metrics/?as_of=2024&status=reported")
    assert len(look.answer.json()["results"]) == 1
    look("/lists/metrics/?as_of=2024&status=reported")
    assert len(look.answer.context["records"]) == 1
    assert "另有 6 条数据" in text


def test_of_equally_large_figures_the_earliest_is_shown(world):
    article = ArticleFactory(page=world.page, body="另有35万余小时。", city=world.ordos)
    MetricFactory(article=article, text="35万余小时", value=350000, unit="小时", qualifier="over")
    [figure] = [figure for figure in read_summary().largest if figure.metric.unit == "小时"]
    assert figure.metric == world.hours
    assert figure.before.endswith("品牌累计服务")


def test_what_is_planned_is_no_largest_figure(world):
    units = {figure.metric.pk for figure in read_summary().largest}
    assert world.monthly.pk not in units


def test_tallies_that_are_wrong_keep_nobody_from_the_page(db):
    MetricFactory(unit="棵")
    MetricTally.objects.update(unit="株")
    assert read_summary().largest == []


def test_hostile_words_are_escaped(look, world):
    hostile = "<script>alert(1)</script>"
    article = ArticleFactory(page=world.page, title=f"{hostile}题", body=f"{hostile}有99999只{hostile}")
    MetricFactory(article=article, text="99999只", value=99999, unit="只", subject=hostile)
    text = look("/")
    assert hostile not in text
    assert "&lt;script&gt;alert(1)" in text


def test_figures_without_a_date_are_those_that_are_left(world):
    read = read_summary().years
    by_hand = {}
    for when, status in Metric.objects.asserted().values_list("as_of_on", "status"):
        year = by_hand.setdefault(when and when.year, {})
        year[status] = year.get(status, 0) + 1
    assert read == by_hand
    Metric.objects.filter(as_of_on=None).update(state="rejected")
    assert None not in read_summary().years
