"""Words that do not stand where a form of the admin says are refused with what stands there."""

import pytest

from kb.models import PlaceMention
from tests.kb.test_admin import address, submitted

pytestmark = pytest.mark.django_db


def change_of(admin_client, row, **values):
    """The answer to a form of a row with some values changed."""
    url = address(type(row), "change", row.pk)
    return admin_client.post(url, submitted(admin_client.get(url)) | values)


@pytest.mark.parametrize("wrong", [{"start": 2}, {"end": 9999}, {"text": "别的文字"}])
@pytest.mark.parametrize("kind", ["visits", "mention"])
def test_a_wrong_place_is_told_and_changes_nothing(admin_client, world, kind, wrong):
    mention = PlaceMention.objects.filter(article=world.hohhot_article).first()
    row = {"visits": world.visits, "mention": mention}[kind]
    stored = (row.start, row.end, row.text)
    answer = change_of(admin_client, row, **wrong)
    assert answer.status_code == 200
    assert "与原文不同" in answer.content.decode()
    row.refresh_from_db()
    assert (row.start, row.end, row.text) == stored


def test_a_right_place_is_stored(admin_client, world):
    row = world.visits
    body = row.article.body
    assert change_of(admin_client, row, start=0, end=4, text=body[:4]).status_code == 302
    row.refresh_from_db()
    assert (row.start, row.text) == (0, body[:4])
