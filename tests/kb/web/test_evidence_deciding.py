"""An editor confirms and rejects records on the evidence page, and takes that back."""

import pytest
from django.test import Client

from kb import models
from tests.factories import (
    DoubtFactory,
    PlaceMentionFactory,
)
from tests.kb.web.evidence_desk import address, decide, fields, span, version

pytestmark = pytest.mark.django_db


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
