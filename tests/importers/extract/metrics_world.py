"""Metrics of a small body: what find_metrics is given in its tests, and what it gives."""

from importers.extract.context import ArticleContext, PageContext
from importers.extract.initiatives.subjects import subjects
from importers.extract.metrics.find import find_metrics
from importers.extract.records import ArticleDraft, InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import (
    ArticleKind,
    InitiativeKind,
    OrganisationCategory,
)


def context_of(body, issue_date=None, title="", **known):
    draft = ArticleDraft(title, ArticleKind.REPORT, body, ((1, 1),))
    return ArticleContext(draft, PageContext(issue_date=issue_date), **known)


def metrics_of(body, initiatives=(), organisations=(), issue_date=None, title="", **known):
    context = context_of(body, issue_date, title, **known)
    text, bodies = BodyText(body), tuple(organisations)
    acting = subjects(text, context, bodies)
    return find_metrics(text, context, bodies, tuple(initiatives), acting)[0]


def initiative(body, surface, kind=InitiativeKind.CAMPAIGN):
    start = body.index(surface)
    return InitiativeMention(surface, surface, start, start + len(surface), kind)


def organisation(body, surface):
    start = body.index(surface)
    return OrganisationMention(
        surface, surface, start, start + len(surface), OrganisationCategory.PARTY_BRANCH
    )
