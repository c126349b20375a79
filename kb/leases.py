"""Holding a row for a time only: when such a lease is over, also where the clock was put back meanwhile."""

import datetime

from django.db.models import Q

SKEW = 2
"""A lease that would still run for more than so many times its length was given by a clock that was wrong.

Clocks of several machines differ by less than one length.
"""


def has_ended(lease: datetime.timedelta, now: datetime.datetime, field: str = "claimed_until") -> Q:
    """The rows whose lease of that length is over; `field` is the moment until which it was given."""
    return Q(**{f"{field}__lte": now}) | Q(**{f"{field}__gt": now + SKEW * lease})
