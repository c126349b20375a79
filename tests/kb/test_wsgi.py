"""What a server gets for a request: a list where the answer is whole, else its pieces one by one."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from kb.wsgi import application


@pytest.fixture
def ended():
    """How many requests have ended. Their connection is that of the test, which keeps it open."""
    found = []

    def note(**_):
        found.append(True)

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    request_finished.connect(note)
    yield found
    request_finished.disconnect(note)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def asked(path):
    """The status of a request, and what a server is given to send."""
    statuses = []
    answer = application(RequestFactory().get(path).environ, lambda status, _headers: statuses.append(status))
    return statuses[0], answer


def test_a_list_of_records_is_sent_in_one_go(world, ended):
    status, answer = asked("/api/v1/metrics/")
    assert status == "200 OK"
    assert isinstance(answer, list)
    assert b'"results":[{"id":' in b"".join(answer)
    assert ended == [True]


def test_a_refusal_too(world, ended):
    status, answer = asked("/api/v1/metrics/?colour=red")
    assert status == "400 Bad Request"
    assert b"unknown_parameter" in b"".join(answer)
    assert ended == [True]


def test_a_file_is_sent_as_it_is_made(world, ended):
    _, answer = asked("/api/v1/metrics/?format=csv")
    assert not isinstance(answer, list)
    assert not ended
    assert b"".join(answer).count(b"\r\n") > 1
    answer.close()
    assert ended == [True]
