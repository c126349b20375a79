"""Reading pages with the extractor, here or in other processes, and the form in which results are printed."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.layout import rest as layout_rest
from importers.extract.pipeline import extract_page
from importers.extract.records import ArticleRecord, DateText, MetricMention, PageLayout, PageRecord
from importers.sources import NOTHING_KNOWN, PageFacts, SourcePage

Given = TypeVar("Given")
Result = TypeVar("Result")

AHEAD = 4
"""Pages that are given to each reader beyond the one it reads; more would only fill memory."""


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    """A page whose reading ended in an error."""

    error: Exception


def extract_text(text: str, facts: PageFacts = NOTHING_KNOWN) -> PageRecord:
    """What a page says. Runs in any process; each loads the gazetteer once."""
    return extract_page(
        text, gazetteer=load_gazetteer(), issue_date=facts.issue_date, home_city=facts.home_city
    )


def extract_all(
    sources: Iterable[SourcePage], executor: Executor | None, width: int = 1
) -> Iterator[tuple[SourcePage, PageRecord | ReadingFailed]]:
    """Each page with what it says, in the order given; any executor of the standard form will do."""
    return read_all(extract_source, sources, executor, width)


def extract_source(source: SourcePage) -> PageRecord:
    """What a page says, with what is known of it from elsewhere."""
    return extract_text(source.text, source.facts)


def read_all(
    read: Callable[[Given], Result], pages: Iterable[Given], executor: Executor | None, width: int = 1
) -> Iterator[tuple[Given, Result | ReadingFailed]]:
    """Each page (or its path) with what a function makes of it, in the order given.

    `width` is how many pages the executor reads at the same time. Only a few more are on their way, so
    that an archive needs no more memory than a page.
    """
    waiting: deque[tuple[Given, Future[Result]]] = deque()
    for page in pages:
        if executor is None:
            yield page, _outcome(partial(read, page))
            continue
        waiting.append((page, executor.submit(read, page)))
        if len(waiting) > width * AHEAD:
            first, future = waiting.popleft()
            yield first, _outcome(future.result)
    for first, future in waiting:
        yield first, _outcome(future.result)


def _outcome(work: Callable[[], Result]) -> Result | ReadingFailed:
    """What some work gives, or the error in which it ends."""
    try:
        return work()
    except Exception as error:
        return ReadingFailed(error)


def as_json(source: SourcePage, record: PageRecord) -> str:
    """One line of JSON for a page: file, content hash, and its articles with all that they say."""
    articles = [article_object(article) for article in record.articles]
    page = {"file": source.name, "sha256": source.sha256, "articles": articles}
    return json.dumps(page, ensure_ascii=False)


def article_object(article: ArticleRecord) -> dict[str, Any]:
    """An article as it is printed."""
    draft = article.draft
    return {
        "title": draft.title,
        "kicker": draft.kicker,
        "column": draft.column,
        "kind": draft.kind,
        "city": article.city,
        "authors": [{"name": credit.name, "role": credit.role} for credit in draft.authors],
        "dateline": draft.dateline,
        "reprinted_from": draft.reprinted_from,
        "body": draft.body,
        "lines": [list(lines) for lines in draft.lines],
        "places": [
            _columns(m, ("surface", "start", "end", "official", "code", "city")) for m in article.places
        ],
        "organisations": [
            _columns(m, ("name", "surface", "start", "end", "category", "city"))
            for m in article.organisations
        ],
        "initiatives": [
            _columns(m, ("name", "surface", "start", "end", "kind", "organisers", "city", "started"))
            for m in article.initiatives
        ],
        "metrics": [_metric(metric) for metric in article.metrics],
    }


def _metric(metric: MetricMention) -> dict[str, Any]:
    """A metric as it is printed."""
    first = ("text", "start", "end", "value", "upper", "unit", "qualifier", "subject")
    return _columns(metric, (*first, "initiative", "organisation", "city", "period_from", "as_of", "status"))


def _columns(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Fields of a record; a date as the ISO date or else the words, a tuple as a list."""
    found = {}
    for name in names:
        value = getattr(record, name)
        if isinstance(value, DateText):
            value = str(value)
        found[name] = list(value) if isinstance(value, tuple) else value
    return found


def uncovered_lines(source: SourcePage, record: PageRecord) -> list[tuple[int, str]]:
    """Number and text of each line of a page that no article, heading or named furniture accounts for."""
    layout = PageLayout(tuple(article.draft for article in record.articles), record.furniture)
    lines = source.text.split("\n")
    return [(number, lines[number - 1]) for number in layout_rest.uncovered_lines(source.text, layout)]
