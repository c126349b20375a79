"""How far the review has come: what waits, by reason, and what was done today."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from kb.models import Doubt
from kb.vocabulary import DoubtReason, ReviewState

DONE = (ReviewState.ACCEPTED.value, ReviewState.REJECTED.value)


@dataclass(frozen=True, slots=True)
class Share:
    """One reason: what waits, what was done today, and how much of it by the person who asks."""

    reason: DoubtReason
    waiting: int = 0
    today: int = 0
    mine: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole of the queue, and its parts by reason."""

    shares: tuple[Share, ...]
    skipped: int

    @property
    def waiting(self) -> int:
        """Doubts that wait."""
        return sum(share.waiting for share in self.shares)

    @property
    def today(self) -> int:
        """Doubts that were decided today, by anybody."""
        return sum(share.today for share in self.shares)

    @property
    def mine(self) -> int:
        """Doubts that the person decided today."""
        return sum(share.mine for share in self.shares)

    @property
    def most(self) -> int:
        """What a bar of today's progress ends at."""
        return max(self.waiting + self.today, 1)


def waiting_count() -> int:
    """How many doubts wait."""
    return Doubt.objects.filter(state=ReviewState.OPEN.value).count()


def read_progress(user: Any) -> Progress:
    """The progress as a person sees it; two queries, each over an index.

    What waits is counted without naming a column: PostgreSQL then reads the index alone.
    """
    undecided = Doubt.objects.filter(state__in=(ReviewState.OPEN.value, ReviewState.SKIPPED.value))
    waiting: dict[tuple[str, str], int] = {
        (row["state"], row["reason"]): row["count"]
        for row in undecided.values("state", "reason").annotate(count=Count("*")).order_by()
    }
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    done = Doubt.objects.filter(decided_at__gte=midnight, state__in=DONE).values("reason").order_by()
    counted = done.annotate(count=Count("*"), mine=Count("pk", filter=Q(decided_by=user)))
    today = {row["reason"]: (row["count"], row["mine"]) for row in counted}
    shares = tuple(
        Share(
            reason,
            waiting.get((ReviewState.OPEN.value, reason.value), 0),
            *today.get(reason.value, (0, 0)),
        )
        for reason in DoubtReason
    )
    skipped = sum(count for (state, _reason), count in waiting.items() if state == ReviewState.SKIPPED)
    return Progress(shares, skipped)
