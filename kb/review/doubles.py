"""Keeps the questions about possible doubles in step with what is merged or told apart anywhere."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from kb.merging.merge import MERGED, merged_into
from kb.models import Distinct, Doubt, Merge
from kb.review.queue import UNDECIDED
from kb.vocabulary import DoubtReason, ReviewState

Two = tuple[int, int]
"""The ids of a record and of another that it may be one with."""


def resource_of(doubt: Doubt) -> str:
    """The resource of the records that a doubt is about: `organisations`."""
    return f"{doubt.kind}s"


def standing(doubt: Doubt) -> list[Two]:
    """The pairs of a doubt that are two still and not told apart; what was merged, by what is left."""
    resource = resource_of(doubt)
    found: dict[Two, None] = {}
    for each in doubt.candidates:
        one, other = (merged_into(MERGED[resource], each[name]) or each[name] for name in ("record", "other"))
        if one != other:
            found[one, other] = None
    both = {pk for pair in found for pk in pair}
    rows: Any = MERGED[resource]
    there = set(rows.objects.asserted().filter(pk__in=both).values_list("pk", flat=True))
    apart = set(
        Distinct.objects.filter(resource=resource, lower_id__in=both).values_list("lower_id", "upper_id")
    )
    return [pair for pair in found if {*pair} <= there and (min(pair), max(pair)) not in apart]


def connect() -> None:
    """Watches merges and pairs told apart from now on."""
    post_save.connect(_merge_saved, sender=Merge, dispatch_uid="doubles merged")
    post_save.connect(_apart_saved, sender=Distinct, dispatch_uid="doubles told apart")
    post_delete.connect(_apart_deleted, sender=Distinct, dispatch_uid="doubles not told apart")


def _merge_saved(instance: Merge, **_more: Any) -> None:
    two = instance.gone_id, instance.kept_id
    if instance.undone_at:
        _open_again(instance.resource, two)
    else:
        _close(instance.resource, two, ReviewState.ACCEPTED)


def _apart_saved(instance: Distinct, **_more: Any) -> None:
    _close(instance.resource, (instance.lower_id, instance.upper_id), ReviewState.REJECTED)


def _apart_deleted(instance: Distinct, **_more: Any) -> None:
    _open_again(instance.resource, (instance.lower_id, instance.upper_id))


def _close(resource: str, two: Two, state: ReviewState) -> None:
    """Takes the questions about two records that are settled out of the queue."""
    for doubt in _about(resource, two).filter(state__in=UNDECIDED):
        if not standing(doubt):
            doubt.state, doubt.decided_at = state.value, timezone.now()
            doubt.save()


def _open_again(resource: str, two: Two) -> None:
    """Puts the questions about two records back into the queue that are no longer settled."""
    for doubt in _about(resource, two).exclude(state__in=UNDECIDED):
        if any({*pair} == {*two} for pair in standing(doubt)):
            doubt.state = ReviewState.OPEN.value
            doubt.decision = doubt.decided_by = doubt.decided_at = None
            doubt.save()


def _about(resource: str, two: Two) -> QuerySet[Doubt]:
    """The questions about two records: they stand in articles that name one of them."""
    owner = resource.removesuffix("s")
    model: Any = MERGED[resource]
    mentions = model.mentions.rel.related_model.objects
    articles = mentions.filter(**{f"{owner}__in": two}).values("article_id")
    return Doubt.objects.filter(
        reason=DoubtReason.POSSIBLE_DUPLICATE.value, kind=owner, article__in=articles
    ).order_by("pk")
