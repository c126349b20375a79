"""Mentions and metrics: the rows that rest on spans of the articles of a page."""

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from typing import Any, TypeVar

from importers.extract.records import ArticleRecord, DateText, MetricMention
from importers.load_entities import EntityBook
from importers.load_insert import as_new
from importers.load_pending import Pending
from importers.load_places import PlaceBook
from importers.load_result import LoadResult
from importers.load_sync import Values, synchronise
from kb.models import (
    Article,
    Initiative,
    InitiativeMention,
    Metric,
    Organisation,
    OrganisationMention,
    PlaceMention,
)
from kb.models.base import Evidence
from kb.vocabulary import DatePrecision, RecordState

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
        pending: Pending,
        result: LoadResult,
    ) -> None:
        self.articles, self.places, self.result = articles, places, result
        self.organisations, self.initiatives = organisations, initiatives
        self.pending = pending

    def store(self) -> None:
        """Stores mentions and metrics; what they refer to first where the page was stored before."""
        if not self.result.is_first():
            self.pending.flush()
        self._store(PlaceMention, "place_mentions", _keyed(self._place_mentions()))
        self._store(OrganisationMention, "organisation_mentions", _keyed(self._organisation_mentions()))
        self._store(InitiativeMention, "initiative_mentions", _keyed(self._initiative_mentions()))
        metrics = _keyed(self._metrics())
        if self.result.is_first():
            self._add_metrics(as_new(Metric, "metrics", metrics.values(), self.result))
        else:
            rows = self._synchronise(Metric, "metrics", metrics)
            self.pending.index_stored("metric", [row.pk for row in rows])

    def _add_metrics(self, rows: list[Values]) -> None:
        """Stores the metrics of a page that was not stored before."""
        for row, number in zip(rows, self.pending.ids(Metric, len(rows)), strict=True):
            row["id"] = number
            self.pending.index("metric", number, (row["subject"], row["text"]))
        self.pending.add(Metric, rows)

    def _store(self, model: type[Span], table: str, wanted: dict[SpanKey, Values]) -> None:
        """Brings the rows of one table to what was read."""
        if self.result.is_first():
            self.pending.add(model, as_new(model, table, wanted.values(), self.result))
        else:
            self._synchronise(model, table, wanted)

    def _synchronise(self, model: type[Span], table: str, wanted: dict[SpanKey, Values]) -> Iterable[Span]:
        """The rows of one table that were read again or are new."""
        ids = [article.pk for article, _ in self.articles]
        stored: Iterable[Any] = model._default_manager.filter(article__in=ids)
        existing = {(row.article_id, row.start, row.end, row.ordinal): row for row in stored}
        return synchronise(model, table, existing, wanted, self.result).values()

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
