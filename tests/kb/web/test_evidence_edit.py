"""What an editor does on the evidence page, by the requests that its script sends."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from kb import models
from tests.factories import (
    ArticleFactory,
    DoubtFactory,
    MetricFactory,
    OrganisationMentionFactory,
    PlaceFactory,
    PlaceMentionFactory,
)

pytestmark = pytest.mark.django_db

RIGHTS = [
    f"{action}_{model}"
    for action in ("add", "change")
    for model in (
        "placemention", "organisationmention", "initiativemention", "metric",
        "place", "organisation", "initiative",
    )
]  # fmt: skip


@pytest.fixture
def editor(django_user_model):
    """A person with an editor's rights."""
    person = django_user_model.objects.create_user("editor")
    person.user_permissions.add(*Permission.objects.filter(codename__in=RIGHTS))
    return person


@pytest.fixture
def desk(client, editor):
    """The client of the editor."""
    client.force_login(editor)
    return client


def version(row):
    row.refresh_from_db()
    return f"{int(row.updated_at.timestamp() * 1_000_000):x}"


def address(row, rest=""):
    kind = row._meta.model_name.removesuffix("mention")
    return f"/articles/{row.article_id}/records/{kind}/{row.pk}/{rest}"


def decide(desk, row, action):
    return desk.post(address(row, f"{action}/"), {"version": version(row)})


def fields(answer):
    """What the form of an answer would send as it stands."""
    html = answer.json()["form"]
    values = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("radio" not in tag or "checked" in tag):
            values[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return values


def span(article, text):
    start = article.body.index(text)
    return {"start": start, "end": start + len(text), "text": text}


class TestDeciding:
    def test_a_confirmed_record_is_locked_as_a_whole(self, desk, world):
        answer = decide(desk, world.hours, "accept").json()
        world.hours.refresh_from_db()
        assert {"value", "unit", "subject", "initiative", "as_of_on"} <= set(world.hours.locked)
        assert "35万余小时" in answer["message"]
        assert answer["key"] == f"metric-{world.hours.pk}"
        assert "is-accepted" in answer["records"]

    def test_a_rejected_record_is_struck_out_and_counts_no_more(self, desk, world):
        answer = decide(desk, world.hours, "reject").json()
        world.hours.refresh_from_db()
        assert world.hours.state == "rejected"
        assert (answer["counts"]["metric"], answer["counts"]["rejected"]) == (2, 1)
        assert "u0-rejected" in answer["text"]
        assert decide(desk, world.hours, "accept").json()["counts"]["rejected"] == 0

    def test_what_was_seen_must_be_what_is_there(self, desk, world):
        seen = version(world.hours)
        world.hours.subject = "别人改的"
        world.hours.save()
        answer = desk.post(address(world.hours, "reject/"), {"version": seen})
        assert answer.status_code == 409
        assert "刚被别人改过" in answer.json()["error"]
        assert desk.post(address(world.hours, "reject/")).status_code == 409
        assert models.Metric.objects.get(pk=world.hours.pk).state == "asserted"

    def test_a_mention_of_nobody_knows_what_is_not_confirmed(self, desk, world):
        row = PlaceMentionFactory(article=world.hohhot_article, text="社区")
        answer = decide(desk, row, "accept")
        assert answer.status_code == 400
        assert "还没有确定所指" in answer.json()["error"]

    def test_the_doubts_about_the_words_are_settled_and_opened_again(self, desk, editor, world):
        row = world.hours
        doubt = DoubtFactory(article=row.article, kind="metric", start=row.start, end=row.end, text=row.text)
        answer = decide(desk, row, "reject").json()
        doubt.refresh_from_db()
        assert (doubt.state, doubt.decided_by) == ("rejected", editor)
        desk.post(f"/articles/{row.article_id}/records/undo/", {"undo": answer["undo"]})
        doubt.refresh_from_db()
        assert (doubt.state, doubt.decided_by) == ("open", None)

    def test_it_is_in_the_feed_and_the_history_under_the_editor_s_name(self, desk, world):
        decide(desk, world.hours, "reject")
        assert models.Change.objects.filter(
            resource="metrics", record_id=world.hours.pk, by="editor"
        ).exists()


class TestTakingBack:
    @pytest.mark.parametrize("action", ["accept", "reject"])
    def test_a_decision(self, desk, world, action):
        row = world.hours
        row.lock(["subject"])
        row.save()
        done = decide(desk, row, action).json()
        answer = desk.post(f"/articles/{row.article_id}/records/undo/", {"undo": done["undo"]})
        assert answer.status_code == 200
        row.refresh_from_db()
        assert (row.state, row.locked) == ("asserted", ["subject"])

    def test_a_correction(self, desk, world):
        row = world.hours
        values = fields(desk.get(address(row))) | {"value": "36", "subject": "陪伴"}
        done = desk.post(address(row), values).json()
        row.refresh_from_db()
        assert (row.value, row.subject, row.locked) == (36, "陪伴", ["subject", "value"])
        desk.post(f"/articles/{row.article_id}/records/undo/", {"undo": done["undo"]})
        row.refresh_from_db()
        assert (row.value, row.subject, row.locked) == (350_000, "服务", [])

    def test_an_addition_with_what_was_made_for_it(self, desk, world):
        article = world.ordos_article
        values = span(article, "书屋") | {
            "meant": "new",
            "new_name": "晨光书屋管理组",
            "new_category": "other",
        }
        done = desk.post(f"/articles/{article.pk}/records/organisation/new/", values).json()
        assert models.Organisation.objects.filter(name="晨光书屋管理组").exists()
        desk.post(f"/articles/{article.pk}/records/undo/", {"undo": done["undo"]})
        assert not models.Organisation.objects.filter(name="晨光书屋管理组").exists()
        assert not article.organisation_mentions.exists()

    def test_not_after_somebody_else_changed_the_row(self, desk, world):
        done = decide(desk, world.hours, "reject").json()
        world.hours.refresh_from_db()
        world.hours.save()
        answer = desk.post(f"/articles/{world.hours.article_id}/records/undo/", {"undo": done["undo"]})
        assert answer.status_code == 409

    def test_not_another_one_s_doing_nor_a_forged_token(self, desk, world, django_user_model):
        url = f"/articles/{world.hours.article_id}/records/undo/"
        done = decide(desk, world.hours, "reject").json()
        assert desk.post(url, {"undo": done["undo"][:-3] + "abc"}).status_code == 400
        other = Client()
        other.force_login(django_user_model.objects.create_superuser("other"))
        assert other.post(url, {"undo": done["undo"]}).status_code == 400
        assert models.Metric.objects.get(pk=world.hours.pk).state == "rejected"


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


class TestRights:
    def urls(self, world):
        row = world.hours
        return [
            ("post", address(row, "accept/")), ("post", address(row, "reject/")), ("get", address(row)),
            ("post", address(row)), ("get", f"/articles/{row.article_id}/records/place/new/"),
            ("post", f"/articles/{row.article_id}/records/place/new/"),
            ("post", f"/articles/{row.article_id}/records/undo/"), ("get", "/entities/place/"),
        ]  # fmt: skip

    def test_readers_and_strangers_see_no_buttons_and_are_refused(self, client, django_user_model, world):
        reader = django_user_model.objects.create_user("reader", is_staff=True)
        reader.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
        for person in (None, reader):
            if person:
                client.force_login(person)
            page = client.get(f"/articles/{world.hours.article_id}/").content.decode()
            for sign in ("data-act", "<dialog", "csrfmiddlewaretoken", "evidence_edit.js", "data-start"):
                assert sign not in page
            for method, url in self.urls(world):
                answer = getattr(client, method)(url)
                assert answer.status_code == 403, url
                assert "只有编辑" in answer.json()["error"]
        world.hours.refresh_from_db()
        assert (world.hours.state, world.hours.locked) == ("asserted", [])

    def test_each_kind_takes_its_own_right(self, desk, editor, world):
        editor.user_permissions.remove(*Permission.objects.filter(codename__endswith="metric"))
        assert decide(desk, world.hours, "reject").status_code == 403
        assert decide(desk, world.hohhot_article.place_mentions.get(), "reject").status_code == 200

    def test_making_an_entity_takes_the_right_to_add_one(self, desk, editor, world):
        editor.user_permissions.remove(Permission.objects.get(codename="add_organisation"))
        values = span(world.ordos_article, "书屋") | {
            "meant": "new",
            "new_name": "书屋组",
            "new_category": "other",
        }
        answer = desk.post(f"/articles/{world.ordos_article.pk}/records/organisation/new/", values)
        assert answer.status_code == 403
        assert not models.Organisation.objects.filter(name="书屋组").exists()

    def test_a_request_from_another_site_is_refused(self, editor, world):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor)
        assert (
            strict.post(address(world.hours, "reject/"), {"version": version(world.hours)}).status_code == 403
        )
        world.hours.refresh_from_db()
        assert world.hours.state == "asserted"

    def test_reading_does_not_change_and_writing_is_no_reading(self, desk, world):
        assert desk.get(address(world.hours, "reject/")).status_code == 405

    @pytest.mark.parametrize("path", ["/articles/0/records/metric/1/", "/articles/{}/records/author/1/"])
    def test_what_is_not_there_is_not_found(self, desk, world, path):
        assert desk.get(path.format(world.hohhot_article.pk)).status_code == 404

    def test_a_record_of_another_article_is_refused(self, desk, world):
        url = f"/articles/{world.ordos_article.pk}/records/metric/{world.hours.pk}/accept/"
        assert desk.post(url, {"version": version(world.hours)}).status_code == 400


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
