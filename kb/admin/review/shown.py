"""What the review pages show of a doubt."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from kb.admin.review.access import may_answer, may_decide
from kb.admin.review.filters import address_part, fields
from kb.models import Doubt
from kb.review.answers import Option, answers_to
from kb.review.decide import MOST, RELATED, last_decision, why_not
from kb.review.passage import passage_of
from kb.review.progress import read_progress
from kb.review.queue import UNDECIDED, Narrowing, free_for


def stored(pk: int) -> Doubt | None:
    """A doubt with all that showing it needs."""
    return Doubt.objects.select_related(*RELATED).filter(pk=pk).first()


def same_case(doubt: Doubt) -> QuerySet[Doubt]:
    """The other undecided doubts of a doubt's case."""
    return Doubt.objects.filter(case_key=doubt.case_key, state__in=UNDECIDED).exclude(pk=doubt.pk)


def context(
    request: HttpRequest,
    doubt: Doubt | None,
    narrowing: Narrowing,
    *,
    found: Sequence[Option] | None = None,
    notice: str = "",
) -> dict[str, Any]:
    """What the templates of one doubt need; `found` are options of a search instead of the usual ones."""
    return {
        "doubt": doubt,
        "progress": read_progress(request.user),
        "narrowing": fields(narrowing),
        "part_of_address": address_part(narrowing),
        "is_skipped_part": narrowing.state != UNDECIDED[0],
        "may_decide": may_decide(request),
        "last": last_decision(request.user) if may_decide(request) else None,
        "notice": notice,
        **(shown(request, doubt, found) if doubt else {}),
    }


def shown(request: HttpRequest, doubt: Doubt, found: Sequence[Option] | None) -> dict[str, Any]:
    """One doubt: the question, the words, what may be answered."""
    answers = answers_to(doubt)
    is_open = doubt.state in UNDECIDED
    held = is_open and not Doubt.objects.filter(free_for(request.user), pk=doubt.pk).exists()
    options = list(found) if found is not None else answers.options()
    suggested = next((option for option in options if option.is_suggested), None)
    return {
        "question": answers.question(),
        "reasons": answers.reasons(),
        "compared": answers.compared(),
        "passage": passage_of(doubt),
        "options": options,
        "is_search": found is not None,
        "suggested": suggested,
        "typed_label": answers.typed_label(),
        "keep_label": answers.keep_label(),
        "reject_label": answers.reject_label(),
        "same": same_case(doubt).count() if is_open else 0,
        "obstacle": why_not(doubt.pk) if held or not is_open else "",
        "can_answer": is_open and not held and may_answer(request, doubt),
        "candidates": [name for name in doubt.candidates if isinstance(name, str)] if not options else [],
    }


def listed(request: HttpRequest, doubt: Doubt) -> dict[str, Any]:
    """All doubts of a case, each with its words in their sentence, and how many somebody else is at."""
    rows = Doubt.objects.filter(case_key=doubt.case_key, state__in=UNDECIDED)
    free = rows.filter(free_for(request.user, timezone.now())).select_related(*RELATED).order_by("pk")
    chosen = list(free[:MOST])
    return {
        "cases": [(row, passage_of(row)) for row in chosen],
        "elsewhere": rows.exclude(free_for(request.user, timezone.now())).count(),
        "more": max(0, free.count() - len(chosen)),
    }
