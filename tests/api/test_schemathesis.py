"""Whatever is sent to the API, what it answers is what its description says.

In the suite each operation gets a few generated requests, always the same. The large run,
`KB_SCHEMATHESIS_EXAMPLES=20`, makes that many for each operation, new ones each time, and tries every
boundary of every parameter besides: some 7,000 requests in all.
"""

import os

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.models import Token
from api.throttling import Counted
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
    "precondition_failed",
    "unknown_name",
    "unknown_place",
    "unreadable_page",
}
"""Refusals of requests that fit the description: of names and ids that nothing has, and of fields that do
not fit one another. Everything else that fits must be accepted."""

schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
schema.app = application
schema.config.phases.coverage.enabled = THOROUGH


@pytest.fixture
def kept_connection():
    """Requests that leave the test's own connection open, as those of Django's test client do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def authorization(kept_connection, world, monkeypatch):
    """The header of a tool that may do everything, as often as it likes."""
    monkeypatch.setattr(Counted, "allow_request", lambda *_: True)
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


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not THOROUGH,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, authorization):
    case.call_and_validate(headers=authorization, excluded_checks=[positive_data_acceptance])
