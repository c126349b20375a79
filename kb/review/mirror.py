"""Puts every divergence that waits for a decision into the review queue, and takes settled ones out.

The divergence itself (kb/divergences.py) stays what is decided; the doubt is how it comes before people.
"""

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from kb.divergences import article_of
from kb.models import Divergence, Doubt
from kb.models.base import Evidence
from kb.review.queue import UNDECIDED
from kb.vocabulary import DivergenceState, DoubtReason, RecordKind, ReviewState

STATES = {
    DivergenceState.OPEN.value: ReviewState.OPEN.value,
    DivergenceState.KEPT.value: ReviewState.REJECTED.value,
    DivergenceState.TAKEN.value: ReviewState.ACCEPTED.value,
}


def connect() -> None:
    """Watches divergences from now on."""
    post_save.connect(_saved, sender=Divergence, dispatch_uid="review queue")


def _saved(instance: Divergence, **_more: Any) -> None:
    mirror(instance)


def mirror(divergence: Divergence) -> None:
    """Brings the doubt of a divergence to its state; one whose record is gone has none."""
    waiting = divergence.state == DivergenceState.OPEN
    doubt = Doubt.objects.filter(divergence=divergence).first()
    if doubt is None and not waiting:
        return
    if doubt and waiting == (doubt.state not in UNDECIDED):
        doubt.state, doubt.decided_by = STATES[divergence.state], divergence.decided_by
        doubt.decided_at = None if waiting else divergence.decided_at or timezone.now()
        doubt.decision = None
        doubt.save()
    elif doubt is None and (row := divergence.row()) is not None:
        _ask(divergence, row)


def _ask(divergence: Divergence, row: Any) -> None:
    """A doubt about a divergence, at the words of its record where it has any."""
    article = divergence.article or article_of(row)
    page = article.page if article else row if divergence.model == "page" else None
    if page is None:
        return
    stands = isinstance(row, Evidence) and article is not None
    Doubt.objects.create(
        divergence=divergence, page=page, article=article, kind=kind_of(divergence.model),
        reason=DoubtReason.DIVERGENCE.value, text=row.text if stands else divergence.name,
        start=row.start if stands else 0, end=row.end if stands else 0,
    )  # fmt: skip


def kind_of(model: str) -> str:
    """The kind of record that a model's rows are of: `place` for `placemention`."""
    kinds = {kind.value for kind in RecordKind}
    kind = model.removesuffix("mention")
    return kind if kind in kinds else RecordKind.ARTICLE.value
