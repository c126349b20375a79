"""Asks about records that a page brought and that may be others' doubles; a person decides.

Looked up are the records that the page made, and those about which it asked before and nobody has decided.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from importers.load_entities import EntityBook
from importers.load_facts import Readings
from importers.load_places import PlaceBook
from importers.load_result import LoadResult
from kb.merging.merge import merged_into
from kb.merging.newcomers import Double, doubles
from kb.models import Doubt, Page
from kb.review.cases import case_of
from kb.vocabulary import DoubtReason, ReviewState


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a page brought; its rows are to be stored already."""

    page: Page
    articles: Readings
    places: PlaceBook
    books: tuple[EntityBook[Any], ...]
    result: LoadResult


def doubts_of_doubles(arrivals: Sequence[Arrival]) -> list[list[Doubt]]:
    """Rows, not stored yet, for the records that may be doubles, each at the first words that name it.

    One list for each page, in order; a page's records are compared with its own and those that came before.
    """
    found: list[list[Doubt]] = [[] for _ in arrivals]
    open_ones = [() if arrival.result.is_first() else _open_ones(arrival.page) for arrival in arrivals]
    for books in zip(*(arrival.books for arrival in arrivals), strict=True):
        rows: dict[int, Any] = {}
        called: dict[int, set[str]] = {}
        came: dict[int, int] = {}
        for number, (book, listed) in enumerate(zip(books, open_ones, strict=True)):
            asked = {row.pk: row for row in _asked(book, listed)}
            rows |= asked
            came |= dict.fromkeys(asked, number)
            called |= {pk: names for pk, names in _names(book).items() if pk in asked}
        like = doubles(books[0].table, rows.values(), called, came) if rows else {}
        for number, (arrival, book) in enumerate(zip(arrivals, books, strict=True)):
            mine = {pk: others for pk, others in like.items() if came[pk] == number}
            found[number] += _at_their_words(arrival, book, mine) if mine else ()
    return found


def _asked(book: EntityBook[Any], open_ones: Iterable[tuple[str, Any]]) -> list[Any]:
    """The rows that a page made, and those about which it asked before and nobody has decided."""
    again = {
        merged_into(book.model, each["record"]) or each["record"]
        for kind, listed in open_ones
        if kind == book.owner
        for each in listed
    }
    asked = book.created | again
    return [row for row in {id(row): row for row in book.rows.values()}.values() if row and row.pk in asked]


def _open_ones(page: Page) -> list[tuple[str, Any]]:
    """Kind and candidates of what the page asked before and nobody has decided."""
    asked = Doubt.objects.filter(
        page=page, reason=DoubtReason.POSSIBLE_DUPLICATE.value, state=ReviewState.OPEN.value
    )
    return list(asked.values_list("kind", "candidates"))


def _names(book: EntityBook[Any]) -> dict[int, set[str]]:
    """The names of records as the page has them, by id."""
    found: dict[int, set[str]] = {}
    for key, reading in book.readings.items():
        if row := book.rows[key]:
            found.setdefault(row.pk, set()).update((reading.name, *reading.aliases))
    return found


def _at_their_words(
    arrival: Arrival, book: EntityBook[Any], like: dict[int, list[Double]]
) -> Iterator[Doubt]:
    """The doubts, each where its record is named first; a record without words of its own is left out."""
    waiting = dict(like)
    for article, record in arrival.articles:
        for mention in getattr(record, book.table):
            row = book.rows.get(book.key_of(mention.name, arrival.places.named(mention.city)))
            if row and (others := waiting.pop(row.pk, None)):
                doubt = Doubt(
                    page=arrival.page, article=article, kind=book.owner,
                    reason=DoubtReason.POSSIBLE_DUPLICATE.value, text=mention.surface,
                    start=mention.start, end=mention.end, candidates=[_candidate(row, one) for one in others],
                    confidence=max(one.confidence for one in others),
                )  # fmt: skip
                doubt.case_key = case_of(doubt, article.city_id)
                yield doubt


def _candidate(row: Any, double: Double) -> dict[str, Any]:
    """A pair as a doubt keeps it; the answers to it are in kb/review/answers/doubles.py."""
    return {"record": row.pk, "other": double.pk, "name": double.name, "reasons": list(double.reasons)}
