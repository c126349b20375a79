"""Which doubts are one case, so that one answer may do for all of them.

Of one case are doubts for the same reason about the same printed words with the same candidates in articles
about the same 盟市. What a figure counts and what a headline belongs to is each time another question.
"""

import hashlib
from typing import Any

from kb.names import normalise
from kb.vocabulary import DoubtReason

EACH_BY_ITSELF = (DoubtReason.NO_SUBJECT, DoubtReason.LAYOUT)
"""Reasons for which the same words say nothing of the next place where they stand."""


def case_of(doubt: Any, city_id: int | None) -> str:
    """The mark that all doubts of a case share; `doubt` is a row of the table, stored or not."""
    parts: list[object] = [
        doubt.kind,
        doubt.reason,
        normalise(doubt.text),
        *map(str, doubt.candidates),
        city_id,
    ]
    if doubt.reason in EACH_BY_ITSELF:
        parts += [doubt.page_id, doubt.article_id, doubt.start, doubt.end]
    if doubt.reason == DoubtReason.DIVERGENCE:
        parts.append(doubt.divergence_id)
    words = "\x1f".join(map(str, parts))
    return hashlib.sha256(words.encode()).hexdigest()[:32]
