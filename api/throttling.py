"""How often one may ask: two counters a client, whatever the limit, instead of a list of every request.

The requests of the last minute are reckoned from the counts of this minute and of the one before, the
latter by the share of it that still lies within the last sixty seconds.
"""

from typing import TYPE_CHECKING

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView


class Counted(SimpleRateThrottle):
    """A limit kept by counting."""

    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Whether the request is within the limit; one that is not does not count."""
        key = self.get_cache_key(request, view) if self.rate is not None else None
        if key is None:
            return True
        window, elapsed = divmod(self.timer(), self.duration)
        present, past = f"{key}:{int(window)}", f"{key}:{int(window) - 1}"
        found = cache.get_many([present, past])
        self.count, self.before = found.get(present, 0), found.get(past, 0)
        self.elapsed = elapsed / self.duration
        if self.count + self.before * (1 - self.elapsed) > self.num_requests - 1:
            return False
        try:
            cache.incr(present)
        except ValueError:  # the first of this minute
            cache.add(present, 0, timeout=2 * self.duration)
            cache.incr(present)
        return True

    def wait(self) -> float:
        """Seconds until enough of the past counts no longer; at most the time that the limit is for."""
        room = self.num_requests - 1 - self.count
        share = 1 - room / self.before if room >= 0 and self.before else 1.0
        return min(max((share - self.elapsed) * self.duration, 1.0), self.duration)


class AnonymousThrottle(Counted, AnonRateThrottle):
    """The limit of an address that nobody signed in from."""


class UserThrottle(Counted, UserRateThrottle):
    """The limit of a person or token; who did not sign in has the limit of the address alone."""

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """What the requests of a person are counted under; None for nobody."""
        known = request.user and request.user.is_authenticated
        return super().get_cache_key(request, view) if known else None
