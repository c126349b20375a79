"""What a page says, into the tables: the one place where imported rows are written.

Pages that were not stored before may share a transaction; each is stored whole or not at all. The same page
a second time writes nothing.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Model, Q

from importers.extract.gazetteer.lookup import Gazetteer
from importers.extract.records import ArticleRecord, PageRecord
from importers.load_articles import store_articles, store_page
from importers.load_batch import Batch, Work, reading_version
from importers.load_divergences import store_divergences
from importers.load_doubles import Arrival, doubts_of_doubles
from importers.load_doubts import store_doubts
from importers.load_entities import EntityBook, Reading, quoted_alias
from importers.load_facts import FactLoader, Readings, date_columns
from importers.load_places import PlaceBook
from importers.load_result import Held, LoadResult, Outcome
from importers.load_sync import BATCH
from importers.sources import SourcePage
from kb.changes import IMPORTER, attributed
from kb.history.recording import doing, only_on_demand, remove
from kb.merging.duplicates import told_apart
from kb.models import Article, Doubt, Initiative, Organisation, Page
from kb.vocabulary import HistoryAction, OrganisationCategory, RecordOrigin, RecordState


def is_current(source: SourcePage, stored: dict[str, str]) -> bool:
    """Whether a page is stored as this version would read it; `stored` is of `stored_versions`."""
    return stored.get(source.sha256) == reading_version(source)


def stored_versions(sources: Iterable[SourcePage]) -> dict[str, str]:
    """The versions that read the stored ones of some pages, by content hash."""
    hashes = [source.sha256 for source in sources]
    found: dict[str, str] = {}
    for begin in range(0, len(hashes), BATCH):
        some = Page.objects.filter(sha256__in=hashes[begin : begin + BATCH])
        found |= some.values_list("sha256", "importer_version")
    return found


def unchanged(_source: SourcePage) -> LoadResult:
    """The result for a page that is stored already and was not read again."""
    result = LoadResult()
    result.add("pages", Outcome.UNCHANGED)
    return result


def load_page(
    source: SourcePage,
    record: PageRecord,
    gazetteer: Gazetteer,
    *,
    dry_run: bool = False,
    by: str = IMPORTER,
) -> LoadResult:
    """Stores what a page says, and tells what that changed; with `dry_run` it only tells.

    Any error leaves the tables as they were.
    """
    return load_pages([(source, record)], gazetteer, dry_run=dry_run, by=by)[0]


def load_pages(
    work: Work, gazetteer: Gazetteer, *, dry_run: bool = False, by: str = IMPORTER
) -> list[LoadResult]:
    """Stores what pages say in one transaction, as if one after the other; tells what each changed.

    Any error leaves the tables as they were.
    """
    with attributed(by), only_on_demand(), doing(HistoryAction.IMPORT):
        batch = Batch(gazetteer, work)
        for (source, record), places, result in zip(work, batch.books, batch.results, strict=True):
            _load(source, record, batch, places, result)
        batch.pending.flush()
        _ask_about_doubles(batch)
        if dry_run:
            transaction.set_rollback(True)
    return batch.results


def _ask_about_doubles(batch: Batch) -> None:
    """Stores the questions about what new pages brought; what it may be one with has to be stored before."""
    for arrival, doubts in zip(batch.arrivals, doubts_of_doubles(batch.arrivals), strict=True):
        batch.pending.add(Doubt, [doubt.__dict__ for doubt in doubts])
        batch.pending.count_case(doubt.case_key for doubt in doubts)
        arrival.result.add("doubts", Outcome.CREATED, len(doubts))
    batch.pending.flush()


def _load(
    source: SourcePage, record: PageRecord, batch: Batch, places: PlaceBook, result: LoadResult
) -> None:
    """The steps of storing a page; each needs the rows of the one before."""
    pending, before = batch.pending, {}
    if source.sha256 in batch.pages:
        pending.flush()
        before = _entities_of(source)
    page = store_page(source, record, batch, places, result)
    if page.state == RecordState.REJECTED:
        return
    rows = store_articles(page, record.articles, batch, places, result)
    articles = [(row, reading) for row, reading in zip(rows, record.articles, strict=True) if row]
    organisations = _organisations(articles, batch, places, result)
    initiatives = _initiatives(articles, batch, places, organisations, result)
    FactLoader(articles, places, organisations, initiatives, pending, result).store()
    unclear = {
        book.readings[key].name: found
        for book in (organisations, initiatives)
        for key, found in book.unclear.items()
    }
    arrival = Arrival(page, articles, places, (organisations, initiatives), result)
    doubles: list[Doubt] = []
    if result.is_first():
        batch.arrivals.append(arrival)
    else:
        pending.flush()
        [doubles] = doubts_of_doubles([arrival])
    store_doubts(page, articles, record.doubts, unclear, doubles, pending, result)
    if before:
        pending.flush()
        _remove_orphans(before, result)
        batch.forget()
    if result.held:
        pending.flush()
        store_divergences(result.held)
    if not result.wrote_nothing():
        for row in filter(None, rows):
            pending.index("article", row.pk, (row.title, row.kicker, row.column), (row.body,))


def _organisations(
    articles: Readings, batch: Batch, places: PlaceBook, result: LoadResult
) -> EntityBook[Organisation]:
    """The rows of the organisations that a page names, parents tied."""
    book = EntityBook(Organisation, batch.organisations, "organisations", result)
    for article, record in articles:
        for mention in record.organisations:
            place = places.named(mention.place, mention.city)
            values = {"category": mention.category.value, "place_id": place.pk if place else None}
            reading = Reading(
                mention.name, places.named(mention.city), article, values, parent=mention.parent
            )
            book.read(reading)
        for reading in _acting_townships(article, record, places):
            book.read(reading)
    book.settle()
    _tie_parents(book)
    return book


def _acting_townships(article: Article, record: ArticleRecord, places: PlaceBook) -> Iterator[Reading]:
    """Organisers that are named as places only (`青山镇推出……`): a township that acts is its government."""
    mentioned = {mention.name for mention in record.organisations}
    for initiative in record.initiatives:
        for name in initiative.organisers:
            if name not in mentioned:
                values = {"category": OrganisationCategory.GOVERNMENT.value}
                yield Reading(name, places.named(initiative.city), article, values)


def _tie_parents(book: EntityBook[Organisation]) -> None:
    """Ties organisations without a parent to the one that their name gives, where the page names it."""
    for key, reading in book.readings.items():
        row, parent = book.rows[key], book.get(reading.parent, reading.city)
        if row and parent and row.parent_id is None and parent != row and "parent" not in row.locked:
            row.parent = parent
            book.known.pending.change(row, ["parent"])


def _initiatives(
    articles: Readings,
    batch: Batch,
    places: PlaceBook,
    organisations: EntityBook[Organisation],
    result: LoadResult,
) -> EntityBook[Initiative]:
    """The rows of the initiatives that a page names, organisers and places tied."""
    book = EntityBook(Initiative, batch.initiatives, "initiatives", result)
    for article, record in articles:
        cities = {mention.name: mention.city for mention in record.organisations}
        for mention in record.initiatives:
            values = {"kind": mention.kind.value, **date_columns("started", mention.started)}
            reading = Reading(mention.name, places.named(mention.city), article, values)
            reading.aliases = quoted_alias(mention.name, mention.surface)
            for name in mention.organisers:
                body = organisations.get(name, places.named(cities.get(name, mention.city)))
                if body and body.state == RecordState.ASSERTED:
                    reading.organisers[body.pk] = None
            located = [places.named(name, mention.city) for name in mention.places]
            reading.places = dict.fromkeys(place.pk for place in located if place)
            book.read(reading)
    book.settle()
    for field, attribute in (("organisers", "organisation_id"), ("places", "place_id")):
        _tie_many(book, field, attribute, result)
    return book


def _tie_many(book: EntityBook[Initiative], field: str, attribute: str, result: LoadResult) -> None:
    """Adds the links that were read to those that are there; a person's list is left alone."""
    through = Initiative._meta.get_field(field).remote_field.through  # type: ignore[union-attr]
    for key, reading in book.readings.items():
        row = book.rows[key]
        if row is None or row.state != RecordState.ASSERTED:
            continue
        if field in row.locked:
            result.held.append(Held(row, {field: [*getattr(reading, field)]}, reading.article, is_list=True))
        else:
            pairs = [(row.pk, linked) for linked in getattr(reading, field)]
            book.known.pending.link(through, "initiative_id", attribute, pairs)


def _entities_of(source: SourcePage) -> dict[type[Model], set[int]]:
    """The ids of the entities that the stored page mentions."""
    found: dict[type[Model], set[int]] = {Initiative: set(), Organisation: set()}
    for model, ids in found.items():
        rows = model._default_manager.filter(mentions__article__page__sha256=source.sha256)
        ids |= set(rows.values_list("pk", flat=True))
    return found


def _remove_orphans(before: dict[type[Model], set[int]], result: LoadResult) -> None:
    """Removes entities that the page mentioned before and nothing is left of, unless a person wrote them."""
    untouched = Q(origin=RecordOrigin.IMPORTED, state=RecordState.ASSERTED, locked=[])
    unnamed = Q(mentions=None, metrics=None)
    for model, unused in ((Initiative, Q()), (Organisation, Q(initiatives=None, children=None))):
        rows = model._default_manager.filter(untouched & unnamed & unused, pk__in=before[model])
        table = f"{model._meta.model_name}s"
        unneeded = set(rows.values_list("pk", flat=True))
        if gone := unneeded and unneeded - told_apart(table, unneeded):  # a person had a hand in those
            remove(model, gone)
            result.add(table, Outcome.REMOVED, len(gone))
