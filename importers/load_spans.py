"""Moves stored spans when an article is read with another body, so that a person's work stays in place."""

from collections import defaultdict
from collections.abc import Iterable

from importers.load_sync import BATCH
from kb.history.recording import recording, remove
from kb.models import Article, InitiativeMention, Metric, OrganisationMention, PlaceMention
from kb.models.base import Evidence

SPAN_MODELS: tuple[type[Evidence], ...] = (PlaceMention, OrganisationMention, InitiativeMention, Metric)

AROUND = 8
"""Characters on either side by which one of several places is told from the others."""


def moved_start(old: str, new: str, start: int, end: int) -> int | None:
    """Where the words of a span of the old body begin in the new one; none where that is not clear.

    Words that stand equally often in both keep their rank among them; else the place is the one with
    the same characters before or behind it.
    """
    text = old[start:end]
    before, after = _occurrences(old, text), _occurrences(new, text)
    if len(before) == len(after) and start in before:
        return after[before.index(start)]
    left, right = old[max(start - AROUND, 0) : start], old[end : end + AROUND]
    alike = [
        begin
        for begin in after
        if (left and begin >= len(left) and new.startswith(left, begin - len(left)))
        or (right and new.startswith(right, begin + len(text)))
    ]
    return alike[0] if len(alike) == 1 else None


def _occurrences(body: str, text: str) -> list[int]:
    """Where a text begins in a body."""
    found, begin = [], body.find(text)
    while begin >= 0:
        found.append(begin)
        begin = body.find(text, begin + 1)
    return found


def change_body(article: Article, body: str) -> bool:
    """Gives an article another body, its spans moved along; whether that was possible.

    Spans that are not found again are deleted, unless a person has had a hand in one: then nothing
    is changed. `article` itself is left as it is, for its caller to see the difference. The database
    holds every span to the body at all times, so the rows are taken out and put back, under the ids
    that they had.
    """
    moved: dict[type[Evidence], list[Evidence]] = defaultdict(list)
    lost: dict[type[Evidence], list[int]] = defaultdict(list)
    for model in SPAN_MODELS:
        for row in model._default_manager.filter(article=article):
            start = moved_start(article.body, body, row.start, row.end)
            if start is not None:
                row.end += start - row.start
                row.start = start
                moved[model].append(row)
            elif row.is_protected:
                return False
            else:
                lost[model].append(row.pk)
    for model in SPAN_MODELS:
        remove(model, lost[model])
        model._default_manager.filter(article=article).delete()
    with recording(Article, [article.pk]):
        Article.objects.filter(pk=article.pk).update(body=body)
    for model, rows in moved.items():
        _put_back(model, _without_doubles(rows))
    return True


def _without_doubles(rows: Iterable[Evidence]) -> list[Evidence]:
    """The rows without those that would take the place of another."""
    kept: dict[tuple[int, int, int], Evidence] = {}
    for row in sorted(rows, key=lambda row: not row.is_protected):
        kept.setdefault((row.start, row.end, row.ordinal), row)
    return list(kept.values())


def _put_back(model: type[Evidence], rows: list[Evidence]) -> None:
    """Stores rows again under their ids, with the time of their making."""
    made = {row.pk: row.created_at for row in rows}
    model._default_manager.bulk_create(rows, batch_size=BATCH)
    for row in rows:
        row.created_at = made[row.pk]
    model._default_manager.bulk_update(rows, ["created_at"], batch_size=BATCH)


def with_protected_rows(articles: Iterable[Article]) -> set[int]:
    """The ids of those articles that have a mention or figure in which a person has had a hand."""
    found: set[int] = set()
    for model in SPAN_MODELS:
        rows = model._default_manager.filter(article__in=articles)
        found |= {row.article_id for row in rows if row.is_protected}
    return found
