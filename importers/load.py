"""What a page says, into the tables: the one place where imported rows are written.

One page is one transaction: it is stored whole or not at all. The same page a second time writes
nothing.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Model, Q

from importers.extract.gazetteer.lookup import Gazetteer
from importers.extract.pipeline import VERSION
from importers.extract.records import ArticleRecord, PageRecord
from importers.load_articles import store_articles, store_page
from importers.load_divergences import store_divergences
from importers.load_doubts import store_doubts
from importers.load_entities import EntityBook, Reading, initiative_book, organisation_book, quoted_alias
from importers.load_facts import FactLoader, Readings, date_columns
from importers.load_insert import insert
from importers.load_places import PlaceBook
from importers.load_result import Held, LoadResult, Outcome
from importers.load_sync import BATCH
from importers.sources import SourcePage
from kb.changes import IMPORTER, attributed
from kb.history.recording import doing, only_on_demand, recording, remove
from kb.models import Article, Initiative, Organisation, Page
from kb.search_index import index_texts, reindex
from kb.vocabulary import HistoryAction, OrganisationCategory, RecordOrigin, RecordState


def reading_version(source: SourcePage) -> str:
    """What a page is stored with: the extractor's version, and a mark of what is known from elsewhere."""
    digest = source.facts.digest()
    return f"{VERSION}+{digest}" if digest else VERSION


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
    with attributed(by), only_on_demand(), doing(HistoryAction.IMPORT):
        result = _load(source, record, gazetteer)
        if dry_run:
            transaction.set_rollback(True)
    return result


def _load(source: SourcePage, record: PageRecord, gazetteer: Gazetteer) -> LoadResult:
    """The steps of storing a page; each needs the rows of the one before."""
    result = LoadResult()
    before = _entities_of(source)
    places = _open_places(record, gazetteer, result)
    page = store_page(source, record, places, reading_version(source), result)
    if page.state == RecordState.REJECTED:
        return result
    rows = store_articles(page, record.articles, places, result)
    articles = [(row, reading) for row, reading in zip(rows, record.articles, strict=True) if row]
    organisations = _organisations(articles, places, result)
    initiatives = _initiatives(articles, places, organisations, result)
    facts = FactLoader(articles, places, organisations, initiatives, result)
    facts.store()
    unclear = {
        book.readings[key].name: found
        for book in (organisations, initiatives)
        for key, found in book.unclear.items()
    }
    store_doubts(page, articles, record.doubts, unclear, result)
    _remove_orphans(before, result)
    store_divergences(result.held)
    if not result.wrote_nothing():
        _index([row for row in rows if row], places, organisations, initiatives, facts)
    return result


def _open_places(record: PageRecord, gazetteer: Gazetteer, result: LoadResult) -> PlaceBook:
    """The book of places with everything that the page names."""
    places = PlaceBook(gazetteer, result)
    mentions = [mention for article in record.articles for mention in article.places]
    names: set[str | None] = {record.home_city}
    for article in record.articles:
        names |= {article.city, *(m.city for m in article.places)}
        names |= {name for m in article.organisations for name in (m.city, m.place)}
        names |= {name for m in article.initiatives for name in (m.city, *m.places)}
        names |= {name for m in article.metrics for name in (m.city, m.place)}
    places.open(mentions, names)
    return places


def _organisations(articles: Readings, places: PlaceBook, result: LoadResult) -> EntityBook[Organisation]:
    """The rows of the organisations that a page names, parents tied."""
    book = organisation_book(result)
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
            with recording(Organisation, () if row.pk in book.created else (row.pk,)):
                row.save(update_fields=["parent", "updated_at"])


def _initiatives(
    articles: Readings, places: PlaceBook, organisations: EntityBook[Organisation], result: LoadResult
) -> EntityBook[Initiative]:
    """The rows of the initiatives that a page names, organisers and places tied."""
    book = initiative_book(result)
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
    rows = {row.pk: row for row in book.rows.values() if row}
    before = set(rows) - book.created
    stored = set(
        through._default_manager.filter(initiative__in=before).values_list("initiative_id", attribute)
    )
    wanted: dict[tuple[int, int], None] = {}
    for key, reading in book.readings.items():
        row = book.rows[key]
        if row is None or row.state != RecordState.ASSERTED:
            continue
        if field in row.locked:
            result.held.append(Held(row, {field: [*getattr(reading, field)]}, reading.article, is_list=True))
        else:
            wanted |= dict.fromkeys((row.pk, linked) for linked in getattr(reading, field))
    insert(through, [{"initiative_id": a, attribute: b} for a, b in wanted if (a, b) not in stored])


def _entities_of(source: SourcePage) -> dict[type[Model], set[int]]:
    """The ids of the entities that the stored page mentions; none where it is not stored."""
    found: dict[type[Model], set[int]] = {Initiative: set(), Organisation: set()}
    if Page.objects.filter(sha256=source.sha256).exists():
        for model, ids in found.items():
            ids |= set(
                model._default_manager.filter(mentions__article__page__sha256=source.sha256).values_list(
                    "pk", flat=True
                )
            )
    return found


def _remove_orphans(before: dict[type[Model], set[int]], result: LoadResult) -> None:
    """Removes entities that the page mentioned before and nothing is left of, unless a person wrote them."""
    untouched = Q(origin=RecordOrigin.IMPORTED, state=RecordState.ASSERTED, locked=[])
    unnamed = Q(mentions=None, metrics=None)
    for model, unused in ((Initiative, Q()), (Organisation, Q(initiatives=None, children=None))):
        rows = model._default_manager.filter(untouched & unnamed & unused, pk__in=before[model])
        gone = list(rows.values_list("pk", flat=True))
        if gone:
            remove(model, gone)
            result.add(f"{model._meta.model_name}s", Outcome.REMOVED, len(gone))


def _index(
    articles: Iterable[Article],
    places: PlaceBook,
    organisations: EntityBook[Organisation],
    initiatives: EntityBook[Initiative],
    facts: FactLoader,
) -> None:
    """Brings the search index to what was written."""
    index_texts("article", [(row.pk, (row.title, row.kicker, row.column), (row.body,)) for row in articles])
    reindex("place", places.touched)
    for book in (organisations, initiatives):
        index_texts(book.owner, [(pk, book.new_names[pk], ()) for pk in sorted(book.created)])
        reindex(book.owner, book.touched - book.created)
    index_texts("metric", [(pk, texts, ()) for pk, texts in facts.new_metrics.items()])
    reindex("metric", facts.touched_metrics)
