"""An editor adds what the importer missed, tied to a known record or a new one."""

import pytest

from kb import models
from tests.factories import (
    ArticleFactory,
)
from tests.kb.web.evidence_desk import decide, fields, span

pytestmark = pytest.mark.django_db


class TestAdding:
    def test_a_mention_of_what_is_known(self, desk, world):
        article = world.hohhot_article
        url = f"/articles/{article.pk}/records/organisation/new/"
        form = desk.get(url, span(article, "石榴花志愿服务队"))
        values = fields(form)
        assert values["meant"] == "existing"
        answer = desk.post(url, values | {"entity": world.team.pk})
        assert answer.status_code == 200, answer.json()
        row = article.organisation_mentions.get(text="石榴花志愿服务队")
        assert (row.organisation, row.name, row.origin) == (world.team, world.team.name, "manual")
        assert row.locked == ["name", "organisation"]

    def test_an_organisation_that_is_made_with_it(self, desk, world):
        article = world.ordos_article
        values = span(article, "书屋") | {
            "meant": "new", "new_name": "晨光书屋", "new_category": "institution",
            "new_place": world.dalad.pk, "new_city": world.ordos.pk,
        }  # fmt: skip
        assert desk.post(f"/articles/{article.pk}/records/organisation/new/", values).status_code == 200
        body = models.Organisation.objects.get(name="晨光书屋")
        assert (body.category, body.place, body.city, body.origin) == (
            "institution", world.dalad, world.ordos, "manual",
        )  # fmt: skip
        assert body.names.get().key == "150600/晨光书屋"
        assert body.locked == ["category", "city", "name", "place"]

    def test_a_place_and_an_initiative(self, desk, world):
        article = world.baotou_article
        place = span(article, "鹿苑") | {"meant": "new", "new_name": "鹿苑村", "new_level": "village"}
        url = f"/articles/{article.pk}/records/place/new/"
        assert "请选定上级" in desk.post(url, place).json()["form"]
        assert desk.post(url, place | {"new_parent": world.town.pk}).status_code == 200
        village = models.Place.objects.get(name="鹿苑村")
        assert (village.parent, village.city, village.level) == (world.town, world.baotou, "village")
        values = span(article, "走访群众") | {
            "meant": "new",
            "new_name": "走访群众活动",
            "new_kind": "campaign",
        }
        assert desk.post(f"/articles/{article.pk}/records/initiative/new/", values).status_code == 200
        assert models.Initiative.objects.get(name="走访群众活动").mentions.get().text == "走访群众"

    def test_a_figure_begins_with_what_its_words_say(self, desk, world):
        article = world.hohhot_article
        models.Metric.objects.filter(pk=world.hours.pk).delete()
        url = f"/articles/{article.pk}/records/metric/new/"
        values = fields(desk.get(url, span(article, "35万余小时")))
        assert (values["value"], values["unit"], values["qualifier"]) == ("350000", "小时", "over")
        assert values["city"] == str(world.hohhot.pk)
        assert desk.post(url, values | {"subject": "服务"}).status_code == 200
        row = models.Metric.objects.get(text="35万余小时")
        assert (row.value, row.subject, row.origin) == (350_000, "服务", "manual")
        assert row in models.Metric.objects.with_text("小时")

    def test_positions_are_code_points(self, desk, editor):
        article = ArticleFactory(body="🎋𠮷𠮷镇有👨‍👩‍👧活动12人。")
        words = {"start": 3, "end": 4, "text": "镇", "meant": "unknown"}
        url = f"/articles/{article.pk}/records/place/new/"
        assert desk.post(url, words).status_code == 200
        row = article.place_mentions.get()
        assert article.body[row.start : row.end] == row.text == "镇"
        in_units = {"start": 6, "end": 7, "text": "镇", "meant": "unknown"}
        assert desk.post(url, in_units).status_code == 400

    @pytest.mark.parametrize(
        "words",
        [
            {"start": 0, "end": 3, "text": "别的字"}, {"start": -1, "end": 3, "text": "新城区"},
            {"start": 3, "end": 3, "text": ""}, {"start": 0, "end": 10**9, "text": "新城区"},
            {"start": "x", "end": "y", "text": "新城区"}, {}, {"start": "٣", "end": "٤", "text": "区"},
            {"start": "9" * 5000, "end": "9" * 5000, "text": "区"},
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_words_that_do_not_stand_there_are_refused(self, desk, world, words, method):
        url = f"/articles/{world.hohhot_article.pk}/records/place/new/"
        assert getattr(desk, method)(url, words).status_code == 400

    def test_words_of_two_paragraphs_are_refused(self, desk):
        article = ArticleFactory(body="白鹭镇\n来了12人")
        words = {"start": 1, "end": 6, "text": "鹭镇\n来了"}
        assert desk.get(f"/articles/{article.pk}/records/place/new/", words).status_code == 400

    def test_the_same_mention_twice_is_refused(self, desk, world):
        article = world.hohhot_article
        values = span(article, "新城区") | {"meant": "existing", "entity": world.xincheng.pk}
        answer = desk.post(f"/articles/{article.pk}/records/place/new/", values)
        assert answer.status_code == 422
        assert "已经标成了这条记录" in answer.json()["form"]

    def test_a_name_that_another_bears_is_refused(self, desk, world):
        article = world.hohhot_article
        values = span(article, "服务") | {
            "meant": "new", "new_name": "石榴花志愿服务队", "new_category": "other",
            "new_city": world.hohhot.pk,
        }  # fmt: skip
        answer = desk.post(f"/articles/{article.pk}/records/organisation/new/", values)
        assert answer.status_code == 422
        assert "已经在库中" in answer.json()["form"]

    def test_it_stands_beside_a_rejected_one_at_the_same_words(self, desk, world):
        decide(desk, world.people, "reject")
        article = world.hohhot_article
        url = f"/articles/{article.pk}/records/metric/new/"
        values = fields(desk.get(url, span(article, "近百人"))) | {"value": "100"}
        assert desk.post(url, values).status_code == 200
        assert sorted(article.metrics.filter(text="近百人").values_list("ordinal", "state")) == [
            (0, "rejected"), (1, "asserted"),
        ]  # fmt: skip


class TestCandidates:
    def test_names_that_begin_so_come_before_those_that_hold_the_words(self, desk, world):
        found = desk.get("/entities/organisation/", {"q": "石榴花"}).json()["results"]
        assert found == [{"id": world.team.pk, "name": world.team.name, "more": "志愿服务队 · 呼和浩特市"}]
        assert (
            desk.get("/entities/organisation/", {"q": "宣传部"}).json()["results"][0]["id"]
            == world.department.pk
        )
        assert [each["id"] for each in desk.get("/entities/place/", {"q": "青城"}).json()["results"]] == [
            world.hohhot.pk
        ]

    @pytest.mark.parametrize("typed", ["", "*", "\0", "' OR 1=1 --", "𠮷" * 300])
    def test_any_characters_can_be_typed(self, desk, world, typed):
        assert desk.get("/entities/initiative/", {"q": typed}).json() == {"results": []}

    def test_rejected_ones_are_not_offered_and_the_queries_are_few(
        self, desk, world, django_assert_max_num_queries
    ):
        models.Organisation.objects.filter(pk=world.team.pk).update(state="rejected")
        with django_assert_max_num_queries(6):
            assert desk.get("/entities/organisation/", {"q": "石榴花"}).json() == {"results": []}
