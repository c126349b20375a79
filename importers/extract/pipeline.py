"""The one front door: a page's text in, everything that it says out.

The order of the stages is the order in which each needs the one before: an organisation's name
holds place names, an initiative has organisers, a figure is about an initiative.
"""

from msgspec.structs import replace

from importers.extract.clean import source_lines
from importers.extract.context import Location, PageContext
from importers.extract.gazetteer.lookup import Gazetteer, location
from importers.extract.initiatives.find import find_initiatives
from importers.extract.layout.furniture import read_masthead
from importers.extract.layout.read import layout_of
from importers.extract.metrics.find import find_metrics
from importers.extract.organisations.find import find_organisations
from importers.extract.places.find import find_places
from importers.extract.records import ArticleDraft, ArticleRecord, Masthead, PageRecord
from importers.extract.situate import build_article_context, build_page_context
from importers.extract.text import BodyText
from kb.vocabulary import PlaceLevel

VERSION = "3"
"""Changes whenever the same text may yield other records; stored with each imported page."""


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
    page = build_page_context(layout, masthead, gazetteer, issue_date)
    if home_city:
        page = replace(page, home_city=_known_city(home_city, gazetteer))
    return PageRecord(
        articles=tuple(extract_article(draft, page, gazetteer) for draft in layout.articles),
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


def extract_article(draft: ArticleDraft, page: PageContext, gazetteer: Gazetteer) -> ArticleRecord:
    """Everything that one article of a page yields."""
    text = BodyText(draft.body)
    context = build_article_context(draft, page, gazetteer, text=text)
    organisations, organisation_doubts = find_organisations(text, context)
    initiatives, initiative_doubts = find_initiatives(text, context, organisations)
    metrics, metric_doubts = find_metrics(text, context, organisations, initiatives)
    places, place_doubts = find_places(text, context, organisations)
    return ArticleRecord(
        draft=draft,
        city=context.city.official if context.city else None,
        places=places,
        organisations=organisations,
        initiatives=initiatives,
        metrics=metrics,
        doubts=(*place_doubts, *organisation_doubts, *initiative_doubts, *metric_doubts),
    )
