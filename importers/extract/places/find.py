"""The places of an article: all names with their locations, and the mentions that stand by themselves."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from importers.extract.context import ArticleContext, LocatedName, PageContext
from importers.extract.places.forms import find_forms
from importers.extract.places.known import LEVELS, KnownNames
from importers.extract.places.lists import shared_tails
from importers.extract.places.resolve import Resolver, merge
from importers.extract.records import Doubt, OrganisationMention, PlaceMention
from importers.extract.text import BodyText
from kb.vocabulary import DoubtReason, PlaceLevel, RecordKind

# 昆区区委书记, 某旗政府: the place is in a body's or an officer's name even where no organisation was found.
_IN_OFFICE = re.compile(
    r"[纪党]?委(?!托|屈|婉)|党工委|党总支|党支部|人民政府|政府|人大|政协|法院|检察院|公安局|居委会|村委会|籍"
)

_TOWNS_SITES = frozenset({PlaceLevel.ZONE, PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE, PlaceLevel.SITE})


def scan_places(
    text: BodyText, page: PageContext, names: KnownNames, hints: ArticleContext | None = None
) -> tuple[LocatedName, ...]:
    """All place names of a text, also those inside other names, in order of their start.

    `names` are the known ones; `hints` says what the article is about, as far as its heading and its
    known places tell.
    """
    forms = find_forms(text.plain, names.settled)
    if not forms and not names.settled:
        return ()
    forms = sorted((*forms, *shared_tails(text.plain, forms, names.settled)), key=lambda form: form.start)
    return Resolver(text, page, hints).located(merge(names.settled, forms, names.hits))


def find_places(
    text: BodyText, context: ArticleContext, organisations: Iterable[OrganisationMention]
) -> tuple[tuple[PlaceMention, ...], tuple[Doubt, ...]]:
    """Mentions of places that stand by themselves, and doubts on those that nothing locates.

    A name inside an organisation's is no mention. An office or a community that is called by its place
    alone (`某区某街道`, `某社区`) leaves the place a mention too.
    """
    inside = _Insides(organisations, context.names)
    mentions, doubts = [], []
    for name in context.names:
        if inside.holds(name) or _IN_OFFICE.match(text.plain, name.end):
            continue
        mentions.append(_mention(name))
        doubt = _doubt(name)
        if doubt:
            doubts.append(doubt)
    return tuple(mentions), tuple(doubts)


class _Insides:
    """The spans of organisations' names, but for those that are nothing but places (`某区某街道`)."""

    def __init__(self, organisations: Iterable[OrganisationMention], names: Sequence[LocatedName]) -> None:
        ends = {name.end: name for name in names if name.location.level != PlaceLevel.SITE}
        spans = sorted((o.start, o.end) for o in organisations if not _only_places(o.start, o.end, ends))
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def holds(self, name: LocatedName) -> bool:
        """Whether a name is inside an organisation's."""
        before = bisect_right(self._starts, name.start)
        return before > 0 and name.end <= self._reach[before - 1]


def _only_places(start: int, end: int, ends: Mapping[int, LocatedName]) -> bool:
    """Whether a span is one place name or several in a row: an office or a community named by its place."""
    while end > start and end in ends:
        end = ends[end].start
    return end == start


def _mention(name: LocatedName) -> PlaceMention:
    """The row of a place name."""
    place = name.location
    level = LEVELS[place.level]
    return PlaceMention(
        name.surface, name.start, name.end, place.official, level, place.code, place.city, place.parent
    )


def _doubt(name: LocatedName) -> Doubt | None:
    """Why a name needs a person's eye: it has several readings, or nothing says where it lies."""
    if name.candidates:
        reason, note = DoubtReason.AMBIGUOUS, "同名地点不止一个，文中不能区分"
    elif name.location.city is None and LEVELS[name.location.level] in _TOWNS_SITES:
        reason, note = DoubtReason.UNRESOLVED, "文中没有说明所属的旗县区或盟市"
    else:
        return None
    return Doubt(RecordKind.PLACE, reason, name.surface, name.start, name.end, note, name.candidates)
