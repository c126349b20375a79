"""The one front door: a page's text in, everything that it says out.

The order of the stages is the order in which each needs the one before: an organisation's name
holds place names, an initiative has organisers, a figure is about an initiative.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from importers.extract.clean import source_lines
from importers.extract.context import ArticleContext, Location, PageContext
from importers.extract.gazetteer.lookup import Gazetteer, location
from importers.extract.initiatives.find import find_initiatives
from importers.extract.initiatives.subjects import subjects
from importers.extract.layout.furniture import read_masthead
from importers.extract.layout.read import layout_of
from importers.extract.metrics.find import find_metrics
from importers.extract.organisations.find import find_organisations
from importers.extract.places.find import find_places
from importers.extract.records import (
    ArticleRecord,
    Doubt,
    InitiativeMention,
    Masthead,
    MetricMention,
    OrganisationMention,
    PageRecord,
    PlaceMention,
)
from importers.extract.situate import Surveyed, build_article_context, build_page_context, survey
from kb.vocabulary import PlaceLevel

VERSION = "4"
"""Changes whenever the same text may yield other records; stored with each imported page."""

_Doubts = tuple[Doubt, ...]


def extract_page(
    text: str, *, gazetteer: Gazetteer, issue_date: str | None = None, home_city: str | None = None
) -> PageRecord:
    """Everything that one page yields, for any text whatever.

    `issue_date` (ISO) and `home_city` (a 盟市 by any of its names) are what is known of the page from
    elsewhere; without them the date that the page itself prints resolves 今年, 去年 and the like, and
    the places that it names tell its home city. Pure: the same text and gazetteer give the same
    record, in any process. Raises ValueError for a home city that the gazetteer does not know.
    """
    lines = source_lines(text)
    layout = layout_of(lines)
    masthead = Masthead(*read_masthead(lines))
    surveyed = [survey(draft, gazetteer) for draft in layout.articles]
    page = build_page_context(layout, masthead, surveyed, gazetteer, issue_date)
    if home_city:
        page = replace(page, home_city=_known_city(home_city, gazetteer))
    return PageRecord(
        articles=extract_articles(surveyed, page, gazetteer),
        furniture=layout.furniture,
        doubts=layout.doubts,
        issue_date=page.issue_date,
        newspaper=page.newspaper,
        home_city=page.home_city.official if page.home_city else None,
    )


def _known_city(name: str, gazetteer: Gazetteer) -> Location:
    """The 盟市 of a name that was given from outside."""
    found = [entry for entry in gazetteer.named(name) if entry.level == PlaceLevel.CITY]
    if len(found) != 1:
        raise ValueError(f"home_city “{name}” is no 盟市 of the gazetteer; give its full name")
    return location(found[0])


def extract_articles(
    surveyed: Sequence[Surveyed], page: PageContext, gazetteer: Gazetteer
) -> tuple[ArticleRecord, ...]:
    """Everything that the articles of a page yield.

    A stage reads all articles before the next one begins: what it works with, its patterns and word lists
    above all, is still in the processor's caches when it comes to the next article.
    """
    texts = [article.text for article in surveyed]
    contexts = [build_article_context(article, page, gazetteer) for article in surveyed]
    bodies = list(map(find_organisations, texts, contexts))
    organisations = [found for found, _ in bodies]
    acting = list(map(subjects, texts, contexts, organisations))
    undertakings = list(map(find_initiatives, texts, contexts, organisations, acting))
    initiatives = [found for found, _ in undertakings]
    figures = list(map(find_metrics, texts, contexts, organisations, initiatives, acting))
    places = list(map(find_places, texts, contexts, organisations))
    return tuple(map(_record, surveyed, contexts, places, bodies, undertakings, figures))


def _record(
    article: Surveyed,
    context: ArticleContext,
    places: tuple[tuple[PlaceMention, ...], _Doubts],
    organisations: tuple[tuple[OrganisationMention, ...], _Doubts],
    initiatives: tuple[tuple[InitiativeMention, ...], _Doubts],
    metrics: tuple[tuple[MetricMention, ...], _Doubts],
) -> ArticleRecord:
    """The record of an article, of what each stage has found and of what it leaves open."""
    return ArticleRecord(
        draft=article.draft,
        city=context.city.official if context.city else None,
        places=places[0],
        organisations=organisations[0],
        initiatives=initiatives[0],
        metrics=metrics[0],
        doubts=(*places[1], *organisations[1], *initiatives[1], *metrics[1]),
    )
