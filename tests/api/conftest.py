"""How the tests of the API ask: one call that asks, checks the status and counts the queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from api.models import Token
from tests.api.clients import with_token

LIST_BUDGET, DETAIL_BUDGET = 6, 8


@pytest.fixture(autouse=True)
def unhurried():
    """Forgets how often the tests before have asked, so that none is throttled."""
    cache.clear()


@pytest.fixture(scope="module")
def schema():
    """The OpenAPI description."""
    return SchemaGenerator().get_schema(public=True)


@pytest.fixture
def editor(world):
    """Somebody who may do all that an editor does in the admin."""
    user = User.objects.create_user("bianji")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="kb"))
    return user


@pytest.fixture
def tool(editor):
    """A client with a token that may write."""
    return with_token(editor, "报表", can_write=True)


@pytest.fixture
def session(editor):
    """A client that is logged in."""
    client = APIClient()
    client.force_login(editor)
    return client


@pytest.fixture
def ask(world) -> Callable[..., Any]:
    """`ask("initiatives/", kind="brand")` gives the JSON of a 200; `status=400` that of a refusal."""
    client, headers = APIClient(), {}
    _ = connection.features.supports_json_field  # SQLite is asked once a process; not a part of any request

    def get(
        path: str, params: dict | None = None, *, status: int = 200, budget: int = LIST_BUDGET, **more: Any
    ):
        address = path if path.startswith("http") else f"/api/v1/{path}"
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, {**(params or {}), **more}, headers=headers)
        assert answer.status_code == status, answer.content.decode()
        assert len(queries) <= budget, [query["sql"] for query in queries]
        get.queries, get.answer = len(queries), answer
        return answer.json()

    get.headers = headers
    return get


@pytest.fixture(params=["by nobody", "by token"])
def ask_as_any(request, ask):
    """`ask`, once without and once with a token that was never used before."""
    if request.param == "by token":
        user = User.objects.create_user("tool")
        ask.headers["authorization"] = f"Bearer {Token.objects.make(name='表格', user=user)[1]}"
    ask.extra = 2 if request.param == "by token" else 0  # the token is read, and its use noted
    return ask


def names(answer: dict) -> set[str]:
    """The names (titles, printed figures) of the results of a list."""
    return {row.get("name") or row.get("title") or row["text"] for row in answer["results"]}
