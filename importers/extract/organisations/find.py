"""The organisations of an article: every named body with its full name, category and city.

Tails tell what is a body, boundaries where its name begins, heads whose it is, links what a short form
means; this module runs them in that order.
"""

import re
from operator import attrgetter

from importers.extract.context import ArticleContext, Location
from importers.extract.organisations.bodies import Body
from importers.extract.organisations.boundaries import find_bodies
from importers.extract.organisations.brackets import with_second_names
from importers.extract.organisations.communities import acting_communities
from importers.extract.organisations.ground import Ground
from importers.extract.organisations.heads import Places
from importers.extract.organisations.links import (
    FullNames,
    adopt_teams,
    anaphors,
    is_department,
    link_short_forms,
)
from importers.extract.organisations.lists import (
    enterprises_in_lists,
    name_listed_units,
    share_party_tails,
    shared_tails,
)
from importers.extract.records import Doubt, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import DoubtReason, PlaceLevel, RecordKind

# What belongs to the whole country or region has no city of its own: 中共中央, 自治区党委.
_ABOVE_CITIES = ("中共中央", "全国", "国务院", "中央", "新华社", "人民日报", "国家")


def find_organisations(
    text: BodyText, context: ArticleContext
) -> tuple[tuple[OrganisationMention, ...], tuple[Doubt, ...]]:
    """The bodies named in an article, in reading order, and the passages that need a person's eye.

    A body inside a longer one (教育局 in 教育局党支部) is the longer one's parent and no mention itself.
    """
    ground = Ground(text.plain, Places(context))
    found = with_second_names(text.plain, find_bodies(ground))
    bodies = adopt_teams(
        text.plain, link_short_forms(text.plain, name_listed_units(ground, share_party_tails(ground, found)))
    )
    bodies += shared_tails(ground, bodies)
    bodies += enterprises_in_lists(ground, bodies)
    bodies += acting_communities(ground, bodies)
    bodies += anaphors(text.plain, sorted(bodies, key=_position))
    bodies.sort(key=_position)
    mentions = tuple(
        _mention(text, body, context)
        for body in bodies
        if body.name and not _is_chain(text, body) and not _is_nickname(text, body)
    )
    return mentions, tuple(_doubts(text, bodies))


_LONGEST_NAME = 16
_CLAUSE = re.compile("[，。；：！？“”\n]")
_SCHOOLS = ("学院", "学校", "党校", "夜校", "学堂", "银行", "超市", "诊所")

_position = attrgetter("start", "end")
"""Where a body stands, to sort by."""


def _is_chain(text: BodyText, body: Body) -> bool:
    """Whether a bare level stands in a drawn chain of kinds (`街道党工委—社区党组织—网格党支部`)."""
    root = body.root
    return (
        root is not None
        and root.bare_level
        and "—" in text.plain[max(0, body.start - 1) : body.start] + text.plain[body.end : body.end + 1]
    )


def _is_nickname(text: BodyText, body: Body) -> bool:
    """Whether quotes hold nothing but a would-be school or bank: an undertaking (`办起“田间学院”`)."""
    quoted = text.plain[max(0, body.start - 1) : body.start] == "“" and text.plain.startswith("”", body.end)
    return quoted and body.root is None and body.inner is None and body.text.endswith(_SCHOOLS)


def _mention(text: BodyText, body: Body, context: ArticleContext) -> OrganisationMention:
    """The record of a named body."""
    root = body.root
    location = root.location if root else None
    return OrganisationMention(
        name=body.name,
        surface=text.quote(body.start, body.end),
        start=body.start,
        end=body.end,
        category=body.category,
        city=_city(body, location, context),
        place=location.official if location else None,
        parent=body.inner.name if body.inner and body.inner.name else None,
    )


def _city(body: Body, location: Location | None, context: ArticleContext) -> str | None:
    """The city of a body: its own place's, else the article's; none for what stands above cities."""
    if location is not None and location.level == PlaceLevel.REGION:
        return None if body.name.startswith(location.official) else _of_article(context)
    if location is not None and (location.city or location.level == PlaceLevel.CITY):
        return location.city or location.official
    if body.name.startswith(_ABOVE_CITIES):
        return None
    return _of_article(context)


def _of_article(context: ArticleContext) -> str | None:
    """The city that the article is about."""
    return context.city.official if context.city else None


def _doubts(text: BodyText, bodies: list[Body]) -> list[Doubt]:
    """What names a body without telling which: several full names fit, or none."""
    doubts, full = [], FullNames([body for body in bodies if body.name])
    for body in bodies:
        if body.unresolved and body.name:
            doubts.append(_doubt(text, body, DoubtReason.UNRESOLVED, "简称所指的地方不明"))
        elif is_department(body) and not _in_a_name(text.plain, body):
            fitting = tuple(sorted(other.name for other in full.ending(body.text)))
            reason = DoubtReason.AMBIGUOUS if fitting else DoubtReason.UNRESOLVED
            doubts.append(_doubt(text, body, reason, "未写明是哪里的部门", fitting))
    return doubts


def _in_a_name(plain: str, body: Body) -> bool:
    """Whether quotes hold more than the body and no clause: part of a name (`“满意政协”`, `“牧野讲师团”`)."""
    opened = plain.rfind("“", max(0, body.start - _LONGEST_NAME), body.start)
    closed = plain.find("”", body.end, body.end + _LONGEST_NAME)
    if opened < 0 or closed < 0 or _CLAUSE.search(plain, opened + 1, closed):
        return False
    return closed - opened - 1 > body.end - body.start


def _doubt(
    text: BodyText, body: Body, reason: DoubtReason, note: str, candidates: tuple[str, ...] = ()
) -> Doubt:
    """A doubt about the words of a body."""
    return Doubt(
        RecordKind.ORGANISATION,
        reason,
        text.quote(body.start, body.end),
        body.start,
        body.end,
        note,
        candidates,
    )
