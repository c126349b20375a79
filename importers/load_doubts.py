"""Doubts: what the reading of a page leaves open, for people to decide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from importers.extract.records import ArticleRecord, Doubt
from importers.load_facts import Readings, is_storable
from importers.load_pending import Pending
from importers.load_result import LoadResult, Outcome
from importers.load_sync import BATCH, fitted
from kb.models import Article, Page
from kb.models import Doubt as DoubtRow
from kb.review.cases import case_of
from kb.vocabulary import DoubtReason, RecordKind, ReviewState

DoubtKey = tuple[int | None, str, str, int, int]
"""Article id, kind, reason, start and end."""

Wanted = dict[DoubtKey, DoubtRow]


def store_doubts(
    page: Page,
    articles: Readings,
    doubts: Iterable[Doubt],
    unclear: dict[str, list[str]],
    doubles: Iterable[DoubtRow],
    pending: Pending,
    result: LoadResult,
) -> None:
    """Brings the open questions of a page to what was read; what a person decided stays decided.

    `unclear` holds the names that several entities bear, with these; `doubles` are rows of load_doubles.py.
    """
    wanted = _wanted(page, articles, doubts, unclear) | {_key(row): row for row in doubles}
    stored = {} if result.is_first() else _stored(page)
    _follow_words(stored, wanted)
    new = [row for key, row in wanted.items() if key not in stored]
    pending.add(DoubtRow, [row.__dict__ for row in new])
    renamed = _rename_cases(stored, wanted)
    live = {article.pk for article, _ in articles} | {None}
    gone = [
        row
        for key, row in stored.items()
        if key not in wanted and row.state == ReviewState.OPEN and row.article_id in live
    ]
    if gone:
        DoubtRow.objects.filter(pk__in=[row.pk for row in gone]).delete()
    pending.count_case({row.case_key for row in (*new, *gone)} | renamed)
    result.add("doubts", Outcome.CREATED, len(new))
    result.add("doubts", Outcome.REMOVED, len(gone))
    result.add("doubts", Outcome.UNCHANGED, len(wanted) - len(new))


def _stored(page: Page) -> Wanted:
    """The doubts of a page that were raised by reading it."""
    return {_key(row): row for row in DoubtRow.objects.filter(page=page, divergence=None)}


def _key(row: DoubtRow) -> DoubtKey:
    """What tells a doubt from the others of its page."""
    return row.article_id, row.kind, row.reason, row.start, row.end


def _wanted(page: Page, articles: Readings, doubts: Iterable[Doubt], unclear: dict[str, list[str]]) -> Wanted:
    """The doubts that were read, as rows that are not stored yet."""
    read: list[tuple[Article | None, Doubt]] = [(None, doubt) for doubt in doubts]
    for article, record in articles:
        read += [(article, doubt) for doubt in (*record.doubts, *_own_doubts(record, unclear))]
    rows = [_row(page, article, doubt) for article, doubt in read]
    return {_key(row): row for row in rows}


def _follow_words(stored: Wanted, wanted: Wanted) -> None:
    """Moves decided doubts along where their words stand elsewhere in the body as read now.

    The nth decided doubt about some words that are doubted no more where they stood is the nth new one
    about the same words, so that nobody is asked twice.
    """
    new: dict[tuple[int | None, str, str, str], list[DoubtKey]] = defaultdict(list)
    for key, row in sorted(wanted.items(), key=lambda item: item[0][3]):
        if key not in stored:
            new[row.article_id, row.kind, row.reason, row.text].append(key)
    for key, row in sorted(stored.items(), key=lambda item: item[0][3]):
        places = new.get((row.article_id, row.kind, row.reason, row.text))
        if places and key not in wanted and row.state != ReviewState.OPEN:
            to = places.pop(0)
            row.start, row.end = to[3:]
            row.save(update_fields=["start", "end", "updated_at"])
            stored[to] = stored.pop(key)


def _rename_cases(stored: Wanted, wanted: Wanted) -> set[str]:
    """Brings stored doubts to the case and candidates that they have now; gives the marks of the cases."""
    changed = []
    marks: set[str] = set()
    for key, row in wanted.items():
        old = stored.get(key)
        if old and old.state == ReviewState.OPEN and old.case_key != row.case_key:
            marks |= {old.case_key, row.case_key}
            old.case_key, old.candidates, old.note = row.case_key, row.candidates, row.note
            changed.append(old)
    DoubtRow.objects.bulk_update(changed, ["case_key", "candidates", "note"], batch_size=BATCH)
    return marks


def _own_doubts(record: ArticleRecord, unclear: dict[str, list[str]]) -> Iterator[Doubt]:
    """The doubts that only loading shows: a name that several entities bear, a figure without room."""
    for kind, mentions in (
        (RecordKind.ORGANISATION, record.organisations),
        (RecordKind.INITIATIVE, record.initiatives),
    ):
        for mention in mentions:
            if not mention.city and mention.name in unclear:
                candidates = tuple(unclear[mention.name])
                yield Doubt(
                    kind, DoubtReason.AMBIGUOUS, mention.surface, mention.start, mention.end, "", candidates
                )
    for metric in record.metrics:
        if not is_storable(metric):
            note = f"读出的数值 {metric.value} 无法入库"
            reason = DoubtReason.LOW_CONFIDENCE
            yield Doubt(
                RecordKind.METRIC, reason, metric.text, metric.start, metric.end, note, confidence=0.1
            )


def _row(page: Page, article: Article | None, doubt: Doubt) -> DoubtRow:
    """A row for a doubt."""
    values = {
        "kind": doubt.kind.value,
        "reason": doubt.reason.value,
        "start": doubt.start,
        "end": doubt.end,
        "text": doubt.text,
        "note": doubt.note,
        "candidates": list(doubt.candidates),
        "confidence": min(max(doubt.confidence, 0.0), 1.0),
    }
    row = DoubtRow(page=page, article=article, **fitted(DoubtRow, values))
    row.case_key = case_of(row, article.city_id if article else None)
    return row
