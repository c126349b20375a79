"""Where reading is closed, the pages are closed as the API is."""

import pytest
from django.contrib.auth.models import User


def paths(world) -> list[str]:
    return [
        "/", "/?by=metrics", "/cities/150100/", f"/articles/{world.hohhot_article.pk}/", "/search/?q=服务",
        "/overview/cities.svg", "/overview/years.csv", "/overview/largest.csv",
    ]  # fmt: skip


def test_strangers_are_sent_to_the_log_in(client, world, settings):
    settings.KB_PUBLIC_READ = False
    for path in paths(world):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/admin/login/?next=/"), path
        assert not answer.content


def test_people_who_have_signed_in_read(client, world, settings):
    settings.KB_PUBLIC_READ = False
    client.force_login(User.objects.create_user("leser"))
    for path in paths(world):
        assert client.get(path).status_code == 200, path


@pytest.mark.django_db
def test_reading_is_open_by_default(client):
    assert client.get("/").status_code == 200
