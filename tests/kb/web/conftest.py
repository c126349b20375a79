"""How the tests of the pages open them: one call that opens, checks the status and counts the queries."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def look(client: Client, db: None) -> Callable[..., str]:
    """`look("/")` gives the text of a page; `look.queries` says how many queries it took, nothing kept."""
    _ = connection.features.supports_json_field  # SQLite is asked once a process; not a part of any page

    def get(path: str, *, status: int = 200, keep: bool = False, **more: str) -> str:
        if not keep:
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, **more)
        text = answer.content.decode()
        assert answer.status_code == status, text[:2000]
        get.queries, get.answer = len(queries), answer
        return text

    return get


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
