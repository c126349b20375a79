"""What comes next, and for whom: the order of the queue, its filters, and the leases on its doubts.

An editor who is shown a doubt has it for LEASE; until then nobody else is given it. Claiming locks one row in
one short transaction: on PostgreSQL others pass over a row that is being claimed (SKIP LOCKED), on SQLite a
writing transaction keeps others from writing from its beginning (settings: IMMEDIATE).
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kb.leases import has_ended
from kb.models import Doubt
from kb.vocabulary import ReviewState

LEASE = datetime.timedelta(minutes=10)

UNDECIDED = (ReviewState.OPEN.value, ReviewState.SKIPPED.value)
"""States in which a doubt can be decided; one that was skipped waits apart."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which part of the queue somebody works on; empty fields leave all of it."""

    reason: str = ""
    kind: str = ""
    city: int | None = None
    publication: int | None = None
    state: str = ReviewState.OPEN.value

    def select(self) -> QuerySet[Doubt]:
        """The doubts of this part, most valuable first; skipped ones, the longest skipped first."""
        rows = Doubt.objects.filter(state=self.state)
        for field in ("reason", "kind"):
            if value := getattr(self, field):
                rows = rows.filter(**{field: value})
        if self.city:
            rows = rows.filter(of_city(self.city))
        if self.publication:
            rows = rows.filter(page__publication=self.publication)
        skipped = self.state == ReviewState.SKIPPED
        return rows.order_by("decided_at", "id") if skipped else rows.order_by("-worth", "id")


def of_city(city: int) -> Q:
    """The doubts about articles of a 盟市, and those about a whole page of a paper that is at home there."""
    return Q(article__city=city) | Q(article__isnull=True, page__home_city=city)


def free_for(user: Any, now: datetime.datetime | None = None) -> Q:
    """The doubts that nobody else is at: no lease, one that has run out, or one's own."""
    return Q(claimed_until__isnull=True) | has_ended(LEASE, now or timezone.now()) | Q(claimed_by=user)


def claim(user: Any, narrowing: Narrowing, without: Collection[int] = ()) -> int | None:
    """The id of the doubt that a person is to see next, theirs for LEASE; None where there is none.

    What they hold already comes first. `without` are doubts that they see at this moment.
    """
    now = timezone.now()
    rows = narrowing.select().exclude(pk__in=without)
    with transaction.atomic():
        mine = rows.filter(claimed_by=user, claimed_until__gt=now)
        pk = _locked(mine) or _locked(rows.filter(free_for(user, now)))
        if pk is not None:
            _lease(Doubt.objects.filter(pk=pk), user, now)
    return pk


def claim_one(user: Any, pk: int) -> bool:
    """Takes or renews the lease on one doubt; whether it is the person's now."""
    now = timezone.now()
    rows = Doubt.objects.filter(free_for(user, now), pk=pk, state__in=UNDECIDED)
    return bool(_lease(rows, user, now))


def _locked(rows: QuerySet[Doubt]) -> int | None:
    """The first row that no other transaction is claiming, locked by this one."""
    first = rows.select_for_update(skip_locked=True, of=("self",)).only("pk").first()
    return first.pk if first else None


def _lease(rows: QuerySet[Doubt], user: Any, now: datetime.datetime) -> int:
    return rows.update(claimed_by=user, claimed_until=now + LEASE)
