"""Whatever is sent to the API, what it answers is what its description says.

In the suite each operation gets a few generated requests, always the same. The large run,
`KB_SCHEMATHESIS_EXAMPLES=20`, makes that many for each operation, new ones each time, and tries every
boundary of every parameter besides: some 7,000 requests in all.
"""

import os
from collections import Counter

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from rest_framework.permissions import SAFE_METHODS
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.models import Token
from api.throttling import Counted
from kb.models import Change
from kb.wsgi import application

THOROUGH = "KB_SCHEMATHESIS_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("KB_SCHEMATHESIS_EXAMPLES", "8"))


BEYOND_A_SCHEMA = {
    "ambiguous_name",
    "ambiguous_place",
    "conflicting_parameters",
    "invalid_body",
    "invalid_cursor",
    "invalid_value",
    "missing_parameter",
    "precondition_failed",
    "unknown_name",
    "unknown_place",
    "unreadable_page",
    "wrong_number_of_values",
}
"""Refusals of requests that fit the description: of names and ids that nothing has, and of fields that do
not fit one another. Everything else that fits must be accepted."""

schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
schema.app = application
schema.config.phases.coverage.enabled = THOROUGH

asked: Counter[str] = Counter()
"""How many requests each operation got."""


@pytest.fixture
def kept_connection():
    """Requests that leave the test's own connection open, as those of Django's test client do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def unthrottled(kept_connection, world, monkeypatch):
    """Requests as often as anybody likes."""
    monkeypatch.setattr(Counted, "allow_request", lambda *_: True)


@pytest.fixture
def authorization(unthrottled):
    """The header of a tool that may do everything."""
    user = User.objects.create_superuser("quanbu")
    _, key = Token.objects.make(name="全部", user=user, can_write=True, can_import=True)
    return {"Authorization": f"Bearer {key}"}


def problems(answer):
    """The codes of the refusals in an answer."""
    body = answer.json()
    return (
        {error["code"] for error in body["errors"]}
        if body["code"] == "invalid_parameters"
        else {body["code"]}
    )


@schemathesis.check
def what_fits_is_accepted(ctx, response, case):
    """The check of the library, but for what no schema can say."""
    if response.status_code in (400, 412) and problems(response) <= BEYOND_A_SCHEMA:
        return None
    return positive_data_acceptance(ctx, response, case)


def generated(examples):
    """So many requests for each operation, the same ones each time in the suite."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=not THOROUGH,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@schema.parametrize()
@generated(EXAMPLES)
def test_every_answer_is_as_described(case, authorization):
    asked[case.operation.label] += 1
    case.call_and_validate(headers=authorization, excluded_checks=[positive_data_acceptance])


def test_every_operation_was_asked_and_the_large_run_is_large(request):
    operations = {each.ok().label for each in schema.get_all_operations()}
    before = request.session.items[: request.session.items.index(request.node)]
    asking = [each for each in before if each.originalname == test_every_answer_is_as_described.__name__]
    if len(asking) < len(operations):
        pytest.skip("counts what the test above has asked, which is not in this run as a whole")
    print(f"{asked.total()} requests over {len(asked)} operations")  # noqa: T201
    assert set(asked) == operations
    assert asked.total() >= (5000 if THOROUGH else len(asked))


@schema.parametrize()
@generated(max(EXAMPLES // 2, 1))
def test_a_stranger_is_answered_as_described_and_writes_nothing(case, unthrottled):
    written = Change.objects.count()
    answer = case.call_and_validate(excluded_checks=[positive_data_acceptance, what_fits_is_accepted])
    assert case.method in (*SAFE_METHODS, "POST") or answer.status_code in (400, 401, 404, 405, 415)
    assert Change.objects.count() == written
