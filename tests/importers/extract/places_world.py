"""Shortcuts for the tests of places: an article on a page, read to its mentions."""

from dataclasses import dataclass

from importers.extract.context import ArticleContext, PageContext
from importers.extract.gazetteer.lookup import load_gazetteer, location
from importers.extract.places.find import find_places
from importers.extract.records import ArticleDraft, OrganisationMention, PageLayout
from importers.extract.situate import build_article_context, build_page_context, survey
from importers.extract.text import BodyText
from kb.vocabulary import ArticleKind, OrganisationCategory

GAZETTEER = load_gazetteer()


@dataclass(frozen=True)
class Masthead:
    newspaper: str | None = None
    issue_date: str | None = None


def surveyed(body, **heading):
    return survey(draft(body, **heading), GAZETTEER)


def draft(body, title="", kicker=None, dateline=None, kind=ArticleKind.REPORT):
    return ArticleDraft(title=title, kind=kind, body=body, lines=((1, 1),), kicker=kicker, dateline=dateline)


def page(home=None):
    return PageContext(home_city=location(GAZETTEER.named(home)[0]) if home else None)


def page_of(*drafts, newspaper=None):
    articles = [survey(article, GAZETTEER) for article in drafts]
    return build_page_context(PageLayout(tuple(drafts)), Masthead(newspaper), articles, GAZETTEER)


def context(body, home=None, **heading) -> ArticleContext:
    return build_article_context(surveyed(body, **heading), page(home), GAZETTEER)


def organisation(body, surface, category=OrganisationCategory.GOVERNMENT):
    start = body.index(surface)
    return OrganisationMention(surface, surface, start, start + len(surface), category)


def read(body, home=None, bodies=(), **heading):
    """Mentions and doubts of an article; `bodies` are the printed names of its organisations."""
    organisations = [organisation(body, surface) for surface in bodies]
    return find_places(BodyText(body), context(body, home, **heading), organisations)


def surfaces(body, home=None, **rest):
    return [mention.surface for mention in read(body, home, **rest)[0]]


def resolved(body, home=None, **rest):
    return {m.surface: (m.official, m.parent, m.city) for m in read(body, home, **rest)[0]}
