"""Pages that are stored together: what is known of all that they name, and what is to be written."""

from collections.abc import Iterable, Sequence

from importers.extract.gazetteer.lookup import Gazetteer
from importers.extract.pipeline import VERSION
from importers.extract.records import ArticleRecord, PageRecord
from importers.load_doubles import Arrival
from importers.load_entities import quoted_alias
from importers.load_known import Known
from importers.load_pending import Pending
from importers.load_places import KnownPlaces, PlaceBook, entry_key
from importers.load_result import LoadResult
from importers.load_sync import BATCH, fitted
from importers.sources import SourcePage
from kb.models import (
    Article,
    Author,
    Initiative,
    InitiativeName,
    Metric,
    Organisation,
    OrganisationName,
    Page,
    Place,
    PlaceName,
    Publication,
)
from kb.models.base import KEY_LENGTH, NAME_LENGTH
from kb.names import normalise, scoped_key
from kb.vocabulary import RecordOrigin

Work = Sequence[tuple[SourcePage, PageRecord]]
Names = Iterable[tuple[str, str | None]]
"""Names, each with the 盟市 that it is read with."""


def reading_version(source: SourcePage) -> str:
    """What a page is stored with: the extractor's version, and a mark of what is known from elsewhere."""
    digest = source.facts.digest()
    return f"{VERSION}+{digest}" if digest else VERSION


class Batch:
    """What the pages of one transaction share."""

    def __init__(self, gazetteer: Gazetteer, work: Work) -> None:
        self.gazetteer = gazetteer
        self.pending = Pending()
        self.places = KnownPlaces(Place, PlaceName, self.pending)
        self.organisations = Known[Organisation](Organisation, OrganisationName, self.pending)
        self.initiatives = Known[Initiative](Initiative, InitiativeName, self.pending)
        hashes = [source.sha256 for source, _ in work]
        self.pages = {page.sha256: page for page in Page.objects.filter(sha256__in=hashes)}
        """The pages that are stored, those of this batch too, by content hash."""
        self.results = [LoadResult() for _ in work]
        self.books = [PlaceBook(gazetteer, self.places, result) for result in self.results]
        """The places of each page, in order."""
        self.arrivals: list[Arrival] = []
        """What the pages brought that were not stored before."""
        self._authors: dict[str, Author] = {}
        self._publications: dict[str, Publication] = {}
        self._ask_places(work)
        self._ask_entities([article for _, record in work for article in record.articles])
        self._ask_authors(
            {credit.name for _, r in work for article in r.articles for credit in article.draft.authors}
        )

    def _expect(self, articles: list[ArticleRecord]) -> None:
        """Says how many rows the pages will need ids for."""
        self.pending.expect(Article, len(articles))
        self.pending.expect(Metric, sum(len(article.metrics) for article in articles))
        for known in (self.places, self.organisations, self.initiatives):
            self.pending.expect(known.model, known.count_unknown())

    def forget(self) -> None:
        """Drops what is known of the tables; call it when all is stored and rows were removed."""
        for known in (self.places, self.organisations, self.initiatives):
            known.forget()

    def publication(self, name: str) -> Publication:
        """The publication of a name."""
        if name not in self._publications:
            imported = {"origin": RecordOrigin.IMPORTED.value}
            made = Publication.objects.get_or_create(name=name[:NAME_LENGTH], defaults=imported)
            self._publications[name] = made[0]
        return self._publications[name]

    def authors(self, names: set[str]) -> dict[str, Author]:
        """The rows of names, by key; new ones are made."""
        keys = {normalise(name)[:NAME_LENGTH]: name for name in sorted(names)}
        for key, name in keys.items():
            if key not in self._authors:
                self._authors[key] = Author(key=key, **fitted(Author, {"name": name}))
                self.pending.make(self._authors[key])
        return {key: self._authors[key] for key in keys}

    def _ask_authors(self, names: set[str]) -> None:
        """Looks up the authors of all pages."""
        keys = sorted({normalise(name)[:NAME_LENGTH] for name in names})
        for begin in range(0, len(keys), BATCH):
            for row in Author.objects.filter(key__in=keys[begin : begin + BATCH]).order_by():
                self._authors[row.key] = row
        self.pending.expect(Author, len(keys) - len(self._authors))

    def _ask_places(self, work: Work) -> None:
        """Looks up the places of all pages."""
        keys, names = set[str](), set[str]()
        for book, (_, record) in zip(self.books, work, strict=True):
            found = book.open([m for article in record.articles for m in article.places], _names(record))
            keys |= found[0]
            names |= found[1]
        self.places.fetch(sorted(keys), sorted(names))

    def _ask_entities(self, articles: list[ArticleRecord]) -> None:
        """Looks up the organisations and initiatives of all pages, each by the keys that are likely."""
        bodies = [(m.name, m.city) for article in articles for m in article.organisations]
        for mention in [m for article in articles for m in article.initiatives]:
            bodies += [(name, mention.city) for name in mention.organisers]
        self._ask(self.organisations, bodies)
        initiatives = [m for article in articles for m in article.initiatives]
        named: list[tuple[str, str | None]] = [(m.name, m.city) for m in initiatives]
        self._ask(self.initiatives, named)
        self._expect(articles)
        aliases = [(alias, m.city) for m in initiatives for alias in quoted_alias(m.name, m.surface)]
        self.initiatives.fetch(self._keys(aliases))

    def _ask(self, known: Known, names: Names) -> None:
        """Looks up names within their cities, and those without a city whatever they are scoped by."""
        pairs = sorted(set(names), key=str)
        known.fetch(self._keys(pairs), [name[:NAME_LENGTH] for name, city in pairs if not city])

    def _keys(self, names: Names) -> list[str]:
        """The keys that names have where the gazetteer knows their city."""
        scopes: dict[str | None, str] = {None: ""}
        found = []
        for name, city in names:
            if city not in scopes:
                entry = self.books[0].entry(city) if city else None
                scopes[city] = entry_key(entry) if entry else ""
            found.append(scoped_key(scopes[city], name)[:KEY_LENGTH])
        return found


def _names(record: PageRecord) -> set[str | None]:
    """The names of places that a page says, other than by mentioning them."""
    names: set[str | None] = {record.home_city}
    for article in record.articles:
        names |= {article.city, *(m.city for m in article.places)}
        names |= {name for m in article.organisations for name in (m.city, m.place)}
        names |= {name for m in article.initiatives for name in (m.city, *m.places)}
        names |= {name for m in article.metrics for name in (m.city, m.place)}
    return names
