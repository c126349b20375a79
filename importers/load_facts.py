"""Mentions, metrics and doubts: the rows that rest on spans of the articles of a page."""

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from typing import Any, TypeVar

from importers.extract.records import ArticleRecord, DateText, Doubt, MetricMention
from importers.load_entities import EntityBook
from importers.load_places import PlaceBook
from importers.load_result import LoadResult, Outcome
from importers.load_sync import BATCH, Values, fitted, synchronise
from kb.models import (
    Article,
    Initiative,
    InitiativeMention,
    Metric,
    Organisation,
    OrganisationMention,
    Page,
    PlaceMention,
)
from kb.models import Doubt as DoubtRow
from kb.models.base import Evidence
from kb.vocabulary import DatePrecision, DoubtReason, RecordKind, RecordState, ReviewState

Span = TypeVar("Span", bound=Evidence)

SpanKey = tuple[int, int, int, int]
"""Article id, start, end, and the rank among rows of the same span."""

LARGEST = Decimal(10) ** 19
"""Figures from here on are no newspaper's and have no room in their column."""

_DIGITS = Context(prec=15)
"""What both databases keep of a number."""

_PRECISION = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}

Readings = Sequence[tuple[Article, ArticleRecord]]


class FactLoader:
    """Stores what was read at spans of the articles of one page."""

    def __init__(
        self,
        articles: Readings,
        places: PlaceBook,
        organisations: EntityBook[Organisation],
        initiatives: EntityBook[Initiative],
        result: LoadResult,
    ) -> None:
        self.articles, self.places, self.result = articles, places, result
        self.organisations, self.initiatives = organisations, initiatives
        self.touched_metrics: set[int] = set()
        """Ids of metrics to be indexed for search."""

    def store(self) -> None:
        """Stores mentions and metrics."""
        self._store(PlaceMention, "place_mentions", self._place_mentions())
        self._store(OrganisationMention, "organisation_mentions", self._organisation_mentions())
        self._store(InitiativeMention, "initiative_mentions", self._initiative_mentions())
        metrics = self._store(Metric, "metrics", self._metrics())
        self.touched_metrics = {row.pk for row in metrics.values()}

    def _store(self, model: type[Span], table: str, read: Iterable[Values]) -> dict[SpanKey, Span]:
        """The rows of one table, brought to what was read."""
        ids = [article.pk for article, _ in self.articles]
        stored: Iterable[Any] = model._default_manager.filter(article__in=ids)
        existing: dict[SpanKey, Span] = {}
        for row in stored:
            existing[row.article_id, row.start, row.end, row.ordinal] = row
        return synchronise(model, table, existing, _keyed(read), self.result)

    def _place_mentions(self) -> Iterator[Values]:
        for article, record in self.articles:
            for mention in record.places:
                place = self.places.of_mention(mention)
                yield _span(article, mention) | {"place_id": _id(place), "official": mention.official}

    def _organisation_mentions(self) -> Iterator[Values]:
        for article, record in self.articles:
            for mention in record.organisations:
                row = self.organisations.get(mention.name, self.places.named(mention.city))
                yield _span(article, mention) | {"organisation_id": _id(row), "name": mention.name}

    def _initiative_mentions(self) -> Iterator[Values]:
        for article, record in self.articles:
            for mention in record.initiatives:
                row = self.initiatives.get(mention.name, self.places.named(mention.city))
                yield _span(article, mention) | {"initiative_id": _id(row), "name": mention.name}

    def _metrics(self) -> Iterator[Values]:
        for article, record in self.articles:
            initiatives = _unique((m.name, m.city) for m in record.initiatives)
            organisations = _unique((m.name, m.city) for m in record.organisations)
            for metric in record.metrics:
                if not is_storable(metric):
                    continue
                initiative, organisation = metric.initiative or "", metric.organisation or ""
                yield {
                    **_span(article, metric),
                    **_figure(metric),
                    "initiative_id": self._linked(self.initiatives, initiative, initiatives.get(initiative)),
                    "organisation_id": self._linked(
                        self.organisations, organisation, organisations.get(organisation)
                    ),
                    "place_id": _id(self.places.named(metric.place, metric.city)),
                    "city_id": _id(self.places.named(metric.city)),
                }

    def _linked(self, book: EntityBook[Any], name: str, city: str | None) -> int | None:
        """The id of what a metric names, if the page knows it and nobody has rejected it."""
        row = book.get(name, self.places.named(city))
        return row.pk if row and row.state == RecordState.ASSERTED else None


def _unique(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str | None]:
    """The city that each name is read with; the first where there are several."""
    found: dict[str, str | None] = {}
    for name, city in pairs:
        found.setdefault(name, city)
    return found


def _keyed(read: Iterable[Values]) -> dict[SpanKey, Values]:
    """The readings by span, each with its rank among those of the same span."""
    found: dict[SpanKey, Values] = {}
    ranks: dict[tuple[int, int, int], int] = {}
    for values in read:
        span = values["article_id"], values["start"], values["end"]
        ranks[span] = rank = ranks.get(span, -1) + 1
        found[(*span, rank)] = values | {"ordinal": rank}
    return found


def _span(article: Article, mention: Any) -> Values:
    """The columns that every row of evidence has."""
    text = mention.text if isinstance(mention, MetricMention) else mention.surface
    return {"article_id": article.pk, "start": mention.start, "end": mention.end, "text": text}


def _id(row: Any) -> int | None:
    """The id of a row, if there is one."""
    return row.pk if row else None


def _figure(metric: MetricMention) -> Values:
    """The columns of a metric that stand for the figure itself."""
    return {
        "value": number(metric.value),
        "upper": None if metric.upper is None else number(metric.upper),
        "unit": metric.unit,
        "qualifier": metric.qualifier.value,
        "subject": metric.subject,
        "status": metric.status.value,
        **date_columns("period_from", metric.period_from),
        **date_columns("as_of", metric.as_of),
    }


def number(value: float) -> Decimal:
    """A number as both databases keep it: 15 digits, six of them at most behind the point."""
    return (
        _DIGITS.create_decimal(str(value)).quantize(Decimal("0.000001"), context=Context(prec=40)).normalize()
    )


def is_storable(metric: MetricMention) -> bool:
    """Whether a figure has room in its columns and is consistent."""
    values = [metric.value] if metric.upper is None else [metric.value, metric.upper]
    fits = all(math.isfinite(value) and abs(value) < LARGEST for value in values)
    is_range = metric.qualifier == "range"
    return fits and is_range == (metric.upper is not None) and (not is_range or values == sorted(values))


def date_columns(prefix: str, date: DateText | None) -> Values:
    """The three columns of a date: `2024-06` is its first day, with the precision `month`."""
    iso = date.iso if date else None
    day = _day(iso) if iso else None
    return {
        f"{prefix}_on": day,
        f"{prefix}_precision": _PRECISION[len(iso)].value if iso and day else "",
        f"{prefix}_text": date.text if date else "",
    }


def _day(iso: str) -> datetime.date | None:
    """The first day of a year, month or day; none where the calendar has no such day."""
    try:
        return datetime.date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])
    except ValueError:
        return None


def store_doubts(
    page: Page,
    articles: Readings,
    doubts: Iterable[Doubt],
    unclear: dict[str, list[str]],
    result: LoadResult,
) -> None:
    """Brings the open questions of a page to what was read; what a person decided stays decided.

    `unclear` holds the names that several entities bear, with these.
    """
    read: list[tuple[Article | None, Doubt]] = [(None, doubt) for doubt in doubts]
    for article, record in articles:
        read += [(article, doubt) for doubt in (*record.doubts, *_own_doubts(record, unclear))]
    wanted = {(a.pk if a else None, d.kind.value, d.reason.value, d.start, d.end): (a, d) for a, d in read}
    stored = {
        (row.article_id, row.kind, row.reason, row.start, row.end): row
        for row in DoubtRow.objects.filter(page=page)
    }
    new = [_doubt_row(page, a, d) for key, (a, d) in wanted.items() if key not in stored]
    DoubtRow.objects.bulk_create(new, batch_size=BATCH)
    live = {article.pk for article, _ in articles} | {None}
    gone = [
        row.pk
        for key, row in stored.items()
        if key not in wanted and row.state == ReviewState.OPEN and row.article_id in live
    ]
    DoubtRow.objects.filter(pk__in=gone).delete()
    result.add("doubts", Outcome.CREATED, len(new))
    result.add("doubts", Outcome.REMOVED, len(gone))
    result.add("doubts", Outcome.UNCHANGED, len(wanted) - len(new))


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


def _doubt_row(page: Page, article: Article | None, doubt: Doubt) -> DoubtRow:
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
    return DoubtRow(page=page, article=article, **fitted(DoubtRow, values))
