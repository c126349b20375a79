"""A small article around a text: what find_initiatives is given in its tests."""

import re
from typing import Any

from importers.extract.context import ArticleContext, LocatedName, Location, PageContext
from importers.extract.initiatives.find import find_initiatives
from importers.extract.initiatives.subjects import subjects
from importers.extract.records import ArticleDraft, Doubt, InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import ArticleKind, OrganisationCategory

CITY = Location("锡林郭勒盟", "city", "152500", "锡林郭勒盟")


def read(
    body: str,
    organisations: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    *,
    region: str = "",
    townships: tuple[str, ...] = (),
    kicker: str | None = None,
    title: str = "",
    kind: ArticleKind = ArticleKind.REPORT,
    issue_date: str | None = None,
) -> tuple[tuple[InitiativeMention, ...], tuple[Doubt, ...]]:
    """The initiatives and doubts of a body in which organisations and places go by their printed names.

    `places` are counties, `townships` lie in 多伦县.
    """
    levels = {**dict.fromkeys(places, "county"), **dict.fromkeys(townships, "township")}
    if region:
        levels[region] = "region"
    names = [(m.span(), place) for place in levels for m in re.finditer(place, body)]
    located = tuple(
        LocatedName(
            start,
            end,
            place,
            Location(place, levels[place], None, "锡林郭勒盟", "多伦县" if place in townships else None),
        )
        for (start, end), place in sorted(names)
    )
    bodies = sorted((m.span(), o) for o in organisations for m in re.finditer(re.escape(o), body))
    mentions = tuple(
        OrganisationMention(o, o, start, end, OrganisationCategory.OTHER, "锡林郭勒盟", o[:3])
        for (start, end), o in bodies
    )
    draft = ArticleDraft(title, kind, body, ((1, 1),), kicker=kicker)
    township = next((name.location for name in located if name.surface in townships), None)
    page = PageContext(issue_date=issue_date)
    context = ArticleContext(draft, page, city=CITY, township=township, names=located)
    text = BodyText(body)
    return find_initiatives(text, context, mentions, subjects(text, context, mentions))


def names(body: str, **more: Any) -> list[str]:
    """The canonical names that a body yields, each once, in order."""
    found, _ = read(body, **more)
    return list(dict.fromkeys(m.name for m in found))


def kinds(body: str) -> dict[str, str]:
    """The kind of each name that a body yields."""
    found, _ = read(body)
    return {m.name: str(m.kind) for m in found}
