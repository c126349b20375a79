"""The limits are kept by two counters: this minute's, and the share of the last one's that still counts."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.test import RequestFactory
from rest_framework.views import APIView

from api.throttling import AnonymousThrottle, UserThrottle


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


def test_a_thousand_other_clients_do_not_begin_a_client_s_count_anew():
    cache.set("throttle_anon_192.0.2.1:1", 5)
    for number in range(1000):
        cache.set(f"throttle_anon_198.51.100.{number}:1", 1)
    assert cache.get("throttle_anon_192.0.2.1:1") == 5


def test_people_are_counted_by_their_own_limit_and_strangers_by_their_address_alone(monkeypatch):
    monkeypatch.setattr(UserThrottle, "THROTTLE_RATES", {"user": "1/min"})
    request = APIView().initialize_request(RequestFactory().get("/"))

    def allowed(user):
        request.user = user
        return [UserThrottle().allow_request(request, APIView()) for _ in range(2)]

    assert allowed(AnonymousUser()) == [True, True]
    assert allowed(User(pk=1)) == [True, False]
