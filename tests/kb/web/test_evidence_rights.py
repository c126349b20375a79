"""Who may change records on the evidence page, and what requests are refused."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from kb import models
from tests.kb.web.evidence_desk import address, decide, span, version

pytestmark = pytest.mark.django_db


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
