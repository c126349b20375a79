"""Guessing passwords: who fails too often has to wait. Counted in the database, by all processes together."""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

MOST_OF_AN_ADDRESS = 50
"""Wrong passwords from one address for whatever accounts; an office behind one address must not meet it."""


class LoginGuard(AxesDatabaseHandler):
    """Axes' count for each account and address, and one for each address that tries many accounts."""

    def is_locked(self, request: Any, credentials: dict | None = None) -> bool:
        """Whether this log-in has to wait."""
        _begin_now()
        return super().is_locked(request, credentials) or failures_from(request) >= MOST_OF_AN_ADDRESS


def _begin_now() -> None:
    """Lets waits that a clock put back has made endless begin now; none is forgiven."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__gt=now + timedelta(minutes=1)).update(attempt_time=now)


def failures_from(request: Any) -> int:
    """How many log-ins from the address of a request failed not long ago."""
    recent = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address, attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    return recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0


def told_to_wait(request: HttpRequest, _response: HttpResponse | None, _credentials: dict) -> HttpResponse:
    """The page for somebody who has to wait, the same whether the account exists or not."""
    minutes = settings.AXES_COOLOFF_TIME // timedelta(minutes=1)
    answer = render(request, "web/told_to_wait.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(60 * minutes)
    return answer
