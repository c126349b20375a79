"""What an editor corrects on the evidence page, by the requests that its script sends."""

import re

import pytest

from kb import models
from tests.factories import (
    ArticleFactory,
    MetricFactory,
    OrganisationMentionFactory,
    PlaceFactory,
)
from tests.kb.web.evidence_desk import address, decide, fields, span

pytestmark = pytest.mark.django_db


class TestCorrecting:
    def test_a_changed_field_is_locked_and_no_other(self, desk, world):
        values = fields(desk.get(address(world.visits))) | {"unit": "户次"}
        answer = desk.post(address(world.visits), values)
        assert answer.status_code == 200, answer.json()
        world.visits.refresh_from_db()
        assert (world.visits.unit, world.visits.locked) == ("户次", ["unit"])
        assert "9,624 户次" in answer.json()["records"]

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"value": "很多"}, "数字"),
            ({"value": ""}, "必填"),
            ({"qualifier": "range"}, "区间要写上限"),
            ({"upper": "9"}, "只有限定为“区间”时才有上限"),
            ({"qualifier": "range", "upper": "1"}, "上限不能小于数值"),
            ({"as_of_on": "2024-01-01"}, "要么都填"),
            ({"initiative": "999999"}, "errorlist"),
            ({"status": "x"}, "errorlist"),
        ],
    )
    def test_what_the_admin_would_refuse_is_refused_in_words(self, desk, world, wrong, words):
        values = fields(desk.get(address(world.visits))) | wrong
        answer = desk.post(address(world.visits), values)
        assert answer.status_code == 422
        assert words in answer.json()["form"]
        assert models.Metric.objects.get(pk=world.visits.pk).locked == []

    def test_a_mention_can_be_said_to_mean_another_record(self, desk, world):
        row = world.baotou_article.place_mentions.get()
        other = PlaceFactory(name="鹿苑镇", parent=world.xincheng, city=world.hohhot)
        values = fields(desk.get(address(row))) | {"entity": other.pk}
        assert desk.post(address(row), values).status_code == 200
        row.refresh_from_db()
        assert (row.place, row.official, row.locked) == (other, "鹿苑镇", ["official", "place"])

    def test_a_form_opened_on_another_version_is_not_stored(self, desk, world):
        values = fields(desk.get(address(world.visits)))
        world.visits.save()
        assert desk.post(address(world.visits), values | {"unit": "户"}).status_code == 409

    def test_the_form_offers_what_the_words_may_mean(self, desk, world):
        row = OrganisationMentionFactory(article=world.hohhot_article, text="石榴花志愿服务队")
        html = desk.get(address(row)).json()["form"]
        assert f'data-pick="{world.team.pk}"' in html
        assert "志愿服务队 · 呼和浩特市" in html


def test_the_editor_s_page_takes_a_fixed_number_of_queries(desk, world, django_assert_max_num_queries):
    url = f"/articles/{world.hohhot_article.pk}/"
    desk.get(url)
    with django_assert_max_num_queries(14) as few:
        desk.get(url)
    for number in range(8):
        MetricFactory(
            article=world.hohhot_article, text="3个", unit="个", ordinal=number + 1, city=world.hohhot
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        desk.get(url)


def test_hostile_words_are_escaped_in_the_answers(desk, db):
    hostile = '"><script>alert(1)</script>'
    row = OrganisationMentionFactory(text=hostile, organisation__name=hostile)
    for answer in (desk.get(address(row)), decide(desk, row, "reject")):
        assert "<script>" not in "".join(
            str(value) for name, value in answer.json().items() if name != "message"
        )


def test_what_a_person_added_and_rejected_survives_the_next_import(desk, tmp_path):
    from django.core.management import call_command

    file = tmp_path / "page.txt"
    file.write_text(
        "灯下夜话\n本报讯（记者 林溪） 白鹭镇白鹭村党支部开办“小马灯”夜校，办班40余场，120人听课。\n",
        encoding="utf-8",
    )
    call_command("import_pages", str(file), verbosity=0)
    article = models.Article.objects.get()
    gone = article.metrics.first()
    decide(desk, gone, "reject")
    values = span(article, "夜校") | {"meant": "new", "new_name": "白鹭村夜校", "new_category": "institution"}
    assert desk.post(f"/articles/{article.pk}/records/organisation/new/", values).status_code == 200
    call_command("import_pages", str(file), force=True, verbosity=0)
    gone.refresh_from_db()
    assert gone.state == "rejected"
    assert article.organisation_mentions.get(text="夜校").organisation.name == "白鹭村夜校"


@pytest.mark.parametrize("kind", ["place", "organisation", "initiative", "metric"])
def test_the_dialogs_and_the_page_speak_english_too(desk, kind):
    article = ArticleFactory(title="Title", body="Lark has 12 members", page__source_file="a.txt")
    row = MetricFactory(
        article=article, text="12 members", unit="members", subject="members", locked=["unit"]
    )
    english = {"accept-language": "en"}
    type(row.article.page).objects.update(raw_text="a")
    words = {"start": 0, "end": 4, "text": "Lark"}
    url = f"/articles/{article.pk}/records/{kind}/new/"
    shown = [
        desk.get(f"/articles/{article.pk}/", headers=english).content.decode(),
        desk.get(url, words, headers=english).json()["form"],
        desk.post(url, words | {"meant": "new"}, headers=english).json()["form"],
        desk.get(address(row), headers=english).json()["form"],
        desk.post(address(row, "reject/"), headers=english).json()["error"],
    ]
    assert [re.findall(r"[\u3400-\u9fff]+", text) for text in shown] == [[]] * len(shown)
