import re

import pytest
from django.contrib.auth import get_user_model

from kb.models import PlaceMention
from tests.factories import (
    ArticleFactory,
    MetricFactory,
    OrganisationMentionFactory,
    PageFactory,
    PlaceMentionFactory,
)

QUERIES = 9
"""Article, two for credits, four kinds of records, organisers, the articles beside it."""


@pytest.fixture
def address(world) -> str:
    return f"/articles/{world.hohhot_article.pk}/"


def test_every_record_is_marked_at_its_words(look, world, address):
    text = look(address)
    runs = re.findall(r'<a class="seg ([^"]*)" href="([^"]*)"[^>]*>([^<]*)</a>', text)
    assert ("u0-metric", f"#record-metric-{world.hours.pk}", "35万余小时") in runs
    assert ("u0-initiative", f"/lists/articles/?initiative={world.lark.pk}", "“云雀”志愿服务品牌") in runs
    assert ("u0-place u1-organisation", f"/lists/articles/?place={world.xincheng.pk}", "新城区") in runs
    assert ("u1-organisation", f"/lists/articles/?organisation={world.team.pk}", "石榴花志愿服务队") in runs


def test_the_body_is_as_printed(look, world, address):
    inside = re.search(r'<article class="body".*?</article>', look(address), re.DOTALL)[0]
    assert re.sub(r"<[^>]+>|\s", "", inside) == world.hohhot_article.body


def test_a_record_tells_what_it_is_read_as(look, world, address):
    text = look(address)
    card = re.search(rf'id="record-metric-{world.hours.pk}".*?</li>', text, re.DOTALL)[0]
    for words in (
        "350,000 小时",
        "35万余小时",
        "余",
        "已完成",
        "服务",
        "2024-12-31",
        "“云雀”志愿服务品牌",
        "呼和浩特市",
    ):
        assert words in card
    for words in ("记者 林溪", "通讯员 周牧云", "身边", "云岭日报", "2025-03-01", "三色灯照亮老街"):
        assert words in text


def test_the_number_of_queries_is_fixed(look, world, address):
    look(address)
    before = look.queries
    assert before <= QUERIES
    article = world.hohhot_article
    for number in range(10):
        MetricFactory(article=article, text="3个", value=3, unit="个", ordinal=number + 1, city=world.hohhot)
        PlaceMentionFactory(article=article, text="新城区", ordinal=number + 1, place=world.xincheng)
        ArticleFactory(page=world.page)
    look(address)
    assert look.queries == before


def test_lines_of_the_page_stand_beside_it(look, db):
    page = PageFactory(raw_text="\n".join(f"第{number}行<b>" for number in range(1, 60)))
    article = ArticleFactory(page=page, first_line=20, lines=[[20, 22]])
    text = look(f"/articles/{article.pk}/")
    own = re.findall(r'<tr class="own"><th scope="row" id="line-(\d+)">\d+</th><td>([^<]*)</td>', text)
    assert own == [(str(number), f"第{number}行&lt;b&gt;") for number in (20, 21, 22)]
    assert "第50行" not in text
    assert "第50行" in look(f"/articles/{article.pk}/?lines=all")


def test_staff_are_led_to_the_forms(look, client, world, address):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    text = look(address)
    assert f'href="/admin/kb/metric/{world.hours.pk}/change/"' in text
    assert f'href="/admin/kb/article/{world.hohhot_article.pk}/change/"' in text


def test_readers_are_not_led_to_forms(look, client, world, address):
    client.force_login(get_user_model().objects.create_user("reader", password="x"))
    assert "/change/" not in look(address)


def test_a_mention_of_nobody_knows_what_leads_to_its_own_card(look, world, address):
    row = PlaceMentionFactory(article=world.hohhot_article, text="社区", official="社区")
    text = look(address)
    assert f'href="#record-place-{row.pk}"' in text
    assert "未能确定" in text


def test_rejected_records_are_not_marked_and_rejected_articles_are_gone(look, world, address):
    PlaceMention.objects.filter(article=world.hohhot_article).update(state="rejected")
    assert "u0-place" not in look(address)
    type(world.hohhot_article).objects.filter(pk=world.hohhot_article.pk).update(state="rejected")
    assert "没有这个页面" in look(address, status=404)


@pytest.mark.parametrize("path", ["/articles/0/", f"/articles/{10**30}/", "/articles/x/"])
def test_other_articles_are_not_found(look, db, path):
    look(path, status=404)


def test_signs_beyond_the_basic_plane_do_not_move_the_marks(look, db):
    row = PlaceMentionFactory(text="云岭镇", article__body="🎋𠮷𠮷云岭镇🎋", article__title="")
    text = look(f"/articles/{row.article_id}/")
    assert re.search(r"🎋𠮷𠮷<a class=\"seg u0-place\"[^>]*>云岭镇</a>🎋", text)


def test_hostile_text_is_escaped_everywhere(look, db):
    hostile = '"><script>alert(1)</script>'
    page = PageFactory(raw_text=hostile, source_file=f"{hostile}.txt")
    article = ArticleFactory(
        page=page, title=hostile, kicker=hostile, column=hostile, dateline=hostile, reprinted_from=hostile,
        body=f"甲{hostile}乙", lines=[[1, 1]],
    )  # fmt: skip
    OrganisationMentionFactory(article=article, text=hostile, organisation__name=hostile)
    MetricFactory(article=article, text=hostile, subject=hostile, unit=hostile)
    text = look(f"/articles/{article.pk}/")
    assert "<script>" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8


def test_an_article_without_text_or_records_is_shown(look, db):
    text = look(f"/articles/{ArticleFactory(title='', body='').pk}/")
    assert "（无题）" in text
    assert "没有读出记录" in text
