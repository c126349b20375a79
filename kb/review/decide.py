"""Deciding doubts, one or several of a case at one stroke, and taking the last decision back."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kb.changes import attributed
from kb.history.recording import doing, recording
from kb.models import Decision, Doubt
from kb.models.base import NAME_LENGTH
from kb.review.answers import answers_to
from kb.review.ledger import Ledger, take_back
from kb.review.queue import LEASE, UNDECIDED, free_for
from kb.review.refusal import RefusedError
from kb.vocabulary import HistoryAction, ReviewState

MOST = 200
"""Doubts that one decision takes at most."""

RELATED = (
    "article__city", "page__publication", "page__home_city", "decided_by", "claimed_by", "decision",
    "divergence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says: the state that a doubt gets, and the reading chosen, if any."""

    state: ReviewState
    option: str = ""


ACCEPT, REJECT, SKIP = (
    Verdict(state) for state in (ReviewState.ACCEPTED, ReviewState.REJECTED, ReviewState.SKIPPED)
)


def choose(option: str) -> Verdict:
    """The verdict for one of the readings offered."""
    return Verdict(ReviewState.ACCEPTED, option)


def decide(user: Any, ids: Collection[int], verdict: Verdict) -> Decision:
    """Decides doubts and writes what follows, all or nothing; raises RefusedError where nothing was written.

    Of several, those that somebody else has decided or is at are left out; `doubts_count` says how many
    were decided. One alone is refused.
    """
    with attributed(user.get_username()), doing(HistoryAction.REVIEW), recording(Doubt, ids):
        decision = Decision.objects.create(by=user, verdict=verdict.state.value)
        now = timezone.now()
        free = Doubt.objects.filter(free_for(user, now), pk__in=list(ids)[:MOST], state__in=UNDECIDED)
        decision.doubts_count = free.update(
            state=verdict.state.value, decision=decision, decided_by=user, decided_at=now, updated_at=now,
            claimed_by=None, claimed_until=None,
        )  # fmt: skip
        if not decision.doubts_count:
            reason = why_not(next(iter(ids), 0))
            raise RefusedError(_("%(reason)s你的决定没有写入。") % {"reason": reason})
        _write(decision, verdict)
        decision.save(update_fields=["doubts_count", "changes", "words"])
    return decision


def _write(decision: Decision, verdict: Verdict) -> None:
    """Writes into the records what was decided about the doubts of a decision."""
    ledger = Ledger()
    for doubt in decided_by(decision):
        answers = answers_to(doubt)
        words = doubt.text
        if verdict.option:
            reading = answers.take(verdict.option, ledger)
            words = reading if doubt.text in reading else f"{doubt.text} → {reading}"
        elif verdict.state is ReviewState.REJECTED:
            answers.reject(ledger)
        decision.words = words[:NAME_LENGTH]
    decision.changes = ledger.changes


def decided_by(decision: Decision) -> QuerySet[Doubt]:
    """The doubts of a decision with what writing about them needs."""
    return Doubt.objects.filter(decision=decision).select_related(*RELATED).order_by("pk")


def why_not(pk: int) -> str:
    """Why a doubt cannot be decided now: it is gone, was decided meanwhile, or somebody is at it."""
    doubt = Doubt.objects.select_related("decided_by", "claimed_by", "decision").filter(pk=pk).first()
    if doubt is None:
        return _("这条疑问已经不在：版面重新导入后不再存疑。")
    if doubt.state not in UNDECIDED:
        words = _("这条疑问已由 %(who)s 在 %(when)s 处理（%(what)s）。")
        what = doubt.decision or doubt.get_state_display()
        return words % {"who": name_of(doubt.decided_by), "when": _time(doubt.decided_at), "what": what}
    words = _("这条疑问正由 %(who)s 审核，到 %(when)s 为止。")
    return words % {"who": name_of(doubt.claimed_by), "when": _time(doubt.claimed_until)}


def name_of(user: Any) -> str:
    """How a person is called; a removed account is somebody."""
    return user.get_username() if user else _("某人")


def _time(moment: Any) -> str:
    """The time of day, as people read it."""
    return date_format(timezone.localtime(moment), "H:i") if moment else "—"


def last_decision(user: Any) -> Decision | None:
    """The newest decision of a person that was not taken back."""
    return Decision.objects.filter(by=user, undone_at=None).order_by("-pk").first()


def undo(user: Any) -> tuple[Decision, int]:
    """Takes a person's last decision back; gives it and the id of its first doubt, which is theirs again.

    Raises RefusedError where there is none, or where records were edited since.
    """
    with attributed(user.get_username()):
        mine = Decision.objects.select_for_update().filter(by=user, undone_at=None)
        decision = mine.order_by("-pk").first()
        doubts = list(decided_by(decision)) if decision else []
        if decision is None or not doubts:
            raise RefusedError(_("没有可以撤销的决定。"))
        now = timezone.now()
        decision.undone_at = now
        decision.save(update_fields=["undone_at"])
        first = doubts[0].pk
        again = {
            "state": ReviewState.OPEN.value, "decision": None, "decided_by": None, "decided_at": None,
            "updated_at": now,
        }  # fmt: skip
        with doing(HistoryAction.REVIEW), recording(Doubt, [doubt.pk for doubt in doubts]):
            take_back(decision.changes)
            Doubt.objects.filter(decision=decision).update(**again)
        Doubt.objects.filter(pk=first).update(claimed_by=user, claimed_until=now + LEASE)
    return decision, first
