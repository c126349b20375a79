"""From the change feed to the addresses: what is to be sent, what is due, how it ended.

The feed itself is the queue. A webhook's cursor moves in the transaction that writes the delivery, and a
delivery is held by a worker for a time only, so that a worker that is killed loses nothing: another sends
the same message again. Each address gets its messages in order.
"""

import random
import time
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kb.changes import newest_number
from kb.models import Change, Delivery, Webhook
from kb.vocabulary import ChangeAction, DeliveryState
from kb.webhooks.sending import SIGNATURE, DeliveryError, send, signature

LABELS = dict(ChangeAction.choices())

MOST_CHANGES = 100
"""Changes of one message."""

HOLD = timedelta(seconds=60)
"""How long a worker has for one sending before another may send the same."""

KEPT = timedelta(days=30)
"""How long a delivery that has ended can still be looked at."""

FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = 10, 6 * 3600, 20
"""Seconds: 10, 20, 40, … up to six hours; twenty attempts take about three days."""

CHANCE = 1.1
"""A wait is so many times as long at most, and shorter by as much at least."""


def plan() -> int:
    """Writes a delivery for each active webhook that has news; the number of deliveries."""
    return sum(_plan_one(pk) for pk in Webhook.objects.filter(is_active=True).values_list("pk", flat=True))


def _plan_one(pk: int) -> int:
    """Writes the next delivery of a webhook and moves its cursor; a new one begins at the feed's end."""
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if webhook is None:
            return 0
        if webhook.cursor is None:
            webhook.cursor = newest_number()
            webhook.save(update_fields=["cursor"])
            return 0
        new = _wanted(webhook, webhook.cursor).values_list("number", flat=True)[:MOST_CHANGES]
        upto = max((number for number in new if number), default=None)
        if upto is None:
            return 0
        Delivery.objects.create(webhook=webhook, after=webhook.cursor, upto=upto, due_at=timezone.now())
        webhook.cursor = upto
        webhook.save(update_fields=["cursor"])
    return 1


def _wanted(webhook: Webhook, after: int) -> QuerySet[Change]:
    """The changes after a number that a webhook is told of."""
    rows = Change.objects.filter(number__gt=after).order_by("number")
    return rows.filter(resource__in=webhook.resources) if webhook.resources else rows


def claim(now: datetime) -> Delivery | None:
    """A delivery that is due, held for this worker; only the oldest waiting one of each webhook may be."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING.value, webhook__is_active=True)
    for webhook in waiting.order_by().values_list("webhook", flat=True).distinct():
        with transaction.atomic():
            rows = waiting.filter(webhook=webhook).order_by("upto")
            first = rows.select_for_update(skip_locked=True, of=("self",)).first()
            older = first and rows.filter(upto__lt=first.upto).exists()
            if first is None or older or not _is_due(first, now):
                continue
            first.attempts += 1
            first.due_at = now + HOLD
            first.save(update_fields=["attempts", "due_at"])
            return first
    return None


def _is_due(delivery: Delivery, now: datetime) -> bool:
    """Whether a delivery has waited; one that would wait for longer than any was put off by a wrong clock."""
    longest = max(HOLD, CHANCE * _doubled(delivery.attempts))
    return not now < delivery.due_at <= now + longest


def deliver(delivery: Delivery) -> bool:
    """Sends a delivery and notes how it ended; whether it was taken."""
    webhook = delivery.webhook
    body = message(delivery)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "party-building-knowledge-base",
        "X-KB-Delivery": str(delivery.pk),
        SIGNATURE: signature(webhook.secret, int(time.time()), body),
    }
    try:
        status = send(webhook.address, headers, body, allow_private=settings.WEBHOOKS_ALLOW_PRIVATE)
    except DeliveryError as error:
        _note_failure(delivery, error)
        return False
    _note(delivery, state=DeliveryState.TAKEN.value, status=status, error="", done_at=timezone.now())
    return True


def message(delivery: Delivery) -> bytes:
    """The body: the delivery's id, by which a receiver knows one that it has had, and the changes."""
    rows = _wanted(delivery.webhook, delivery.after).filter(number__lte=delivery.upto)
    changes = [_shown(row) for row in rows]
    return orjson.dumps({"delivery": str(delivery.pk), "changes": changes}, option=orjson.OPT_UTC_Z)


def _shown(row: Change) -> dict[str, Any]:
    """A change as `/api/v1/changes/` shows it, with paths in place of addresses and nobody named."""
    into = {"id": row.into_id, "url": f"/api/v1/{row.resource}/{row.into_id}/"} if row.into_id else None
    return {
        "number": row.number,
        "resource": row.resource,
        "id": row.record_id,
        "url": f"/api/v1/{row.resource}/{row.record_id}/",
        "action": row.action,
        "action_label": LABELS[row.action],
        "into": into,
        "at": row.at,
    }


def _note_failure(delivery: Delivery, error: DeliveryError) -> None:
    """Puts a delivery off for longer each time; gives it up after the last attempt."""
    values: dict[str, Any] = {"status": error.status, "error": str(error)[:300]}
    if delivery.attempts >= MOST_ATTEMPTS:
        _note(delivery, state=DeliveryState.GIVEN_UP.value, done_at=timezone.now(), **values)
    else:
        _note(delivery, due_at=timezone.now() + wait_after(delivery.attempts), **values)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, a little by chance."""
    return _doubled(attempts) * random.uniform(2 - CHANCE, CHANCE)  # noqa: S311 - no secret


def _doubled(attempts: int) -> timedelta:
    """The wait after so many attempts without the part of chance."""
    return timedelta(seconds=min(FIRST_WAIT * 2 ** max(attempts - 1, 0), LONGEST_WAIT))


def _note(delivery: Delivery, **values: Any) -> None:
    """Stores how an attempt ended, unless another worker has taken over meanwhile and ended it."""
    rows = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING.value)
    rows.update(**values)


def work_off() -> int:
    """Plans and sends until nothing is due; the number of messages that were taken."""
    taken = 0
    while plan():
        pass
    while (delivery := claim(timezone.now())) is not None:
        taken += deliver(delivery)
        plan()
    return taken


def forget_old() -> int:
    """Removes deliveries that ended long ago; gives their number."""
    ended = Delivery.objects.exclude(state=DeliveryState.WAITING.value)
    return ended.filter(done_at__lt=timezone.now() - KEPT).delete()[0]
