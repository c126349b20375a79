"""The limits are kept by two counters: this minute's, and the share of the last one's that still counts."""

import pytest
from django.test import RequestFactory
from rest_framework.views import APIView

from api.throttling import AnonymousThrottle


@pytest.fixture
def asked(monkeypatch):
    """`asked(second)` tells whether a request at that second is let through; three a minute are."""
    monkeypatch.setattr(AnonymousThrottle, "THROTTLE_RATES", {"anon": "3/min"})
    request = APIView().initialize_request(RequestFactory().get("/"))

    def ask(second):
        ask.throttle = AnonymousThrottle()
        monkeypatch.setattr(ask.throttle, "timer", lambda: 6000.0 + second)
        return ask.throttle.allow_request(request, APIView())

    return ask


def test_the_limit_holds_within_a_minute(asked):
    assert [asked(second) for second in (0, 10, 20, 30)] == [True, True, True, False]
    assert asked.throttle.wait() == 30


def test_the_limit_holds_across_the_turn_of_a_minute(asked):
    assert [asked(second) for second in (50, 55, 59)] == [True, True, True]
    assert not asked(61)
    assert 18 < asked.throttle.wait() < 20
    assert asked(81)
    assert not asked(82)


def test_a_refused_request_does_not_count(asked):
    assert [asked(second) for second in (0, 0, 0, *[1] * 50)].count(True) == 3
    assert asked(119)
