"""How often a case occurs, kept with its doubts, so that the order of the queue needs no counting."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from kb.models.review import MOST_REPEATS, Doubt
from kb.vocabulary import ReviewState

BATCH = 500


def recount(case_keys: Iterable[str]) -> None:
    """Writes into the open doubts of some cases how many there are.

    A case that has reached MOST_REPEATS is written no more, however large it grows.
    """
    wanted = sorted(case_keys)
    for begin in range(0, len(wanted), BATCH):
        _recount(wanted[begin : begin + BATCH])


def _recount(case_keys: list[str]) -> None:
    waiting = Doubt.objects.filter(state=ReviewState.OPEN.value)
    counts = waiting.filter(case_key__in=case_keys).values("case_key").annotate(count=Count("pk"))
    by_count: dict[int, list[str]] = defaultdict(list)
    for found in counts.order_by():
        by_count[min(found["count"], MOST_REPEATS)].append(found["case_key"])
    for count, keys in by_count.items():
        waiting.filter(case_key__in=keys).exclude(repeats=count).update(repeats=count)
