"""Where a figure holds: the place that the words of its paragraph tell.

A place that acts or is acted in (甲镇新建…, 在甲镇…) tells it to the end of the paragraph; any other (与甲镇
签约) only where none does. 该旗 is the article's own, 村里 the village that was named last.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, zip_longest

from msgspec import Struct

from importers.extract.context import ArticleContext, Location
from importers.extract.records import OrganisationMention
from importers.extract.situate import place_meant
from importers.extract.text import BodyText, plain_form
from kb.vocabulary import OrganisationCategory, PlaceLevel

# A figure holds in an administrative place, not in a park or a zone.
_LEVELS = ("village", "township", "county", "city", "region")
_UNIT = "旗|县|市|社区|区|盟|镇|乡|苏木|街道|村|嘎查"
# 该旗, 全镇; 村里; 街道新建…; 嘎查集体, 村党支部. Not 辖区里, 村民, 11个村党支部, 村集体经济.
_MEANT = re.compile(
    rf"(?:[该全本我]|这个)(?P<this>{_UNIT})|(?:我们|咱们?)(?P<ours>{_UNIT})"
    r"|(?<![社辖小园城牧农景林校])(?P<inside>[旗县市区镇乡村])[里上]"
    r"|(?<![^，。；：！？\n“])(?P<acting>街道|苏木|嘎查|社区|镇|乡|村)(?!集体经济|[级民]|党组织|村|干部)"
    r"|(?<![个各名])(?P<body>村|嘎查)(?:集体(?!经济)|[“‘]两委|党支部(?!书记)|党总支(?!书记))"
)
# With one of these such words begin: a search for one sign is much faster than one for the words.
_SIGN = re.compile("[该全本我咱这旗县市区镇乡村街苏嘎社]")
_LEADING = re.compile(
    r"(?:^|[，。；：！？\n“”（）●]|以来|近日|日前|目前|同时|此外|其中|随后|[在由为对给赴到]|走进|来到|前往|深入|所辖)$"
)
_LONGEST_LEAD = 2
_NARROW = dict.fromkeys(("村", "嘎查", "社区"), PlaceLevel.VILLAGE) | dict.fromkeys(
    ("镇", "乡", "苏木", "街道"), PlaceLevel.TOWNSHIP
)


class _Told(Struct, frozen=True):
    """A place of which the text tells at a position; whether it acts or is acted in there."""

    start: int
    end: int
    official: str
    leads: bool


class Where(Struct, frozen=True):
    """The places of which an article tells, ready to be asked where a figure holds."""

    told: tuple[_Told, ...]
    starts: tuple[int, ...]
    leading: tuple[int, ...]
    """For each place the index of the last that leads, up to itself; -1 where none does."""
    lines: tuple[int, ...]
    """Where the paragraphs start."""
    home: str | None
    """The place that the article is about."""

    @classmethod
    def of(
        cls, text: BodyText, context: ArticleContext, organisations: tuple[OrganisationMention, ...]
    ) -> "Where":
        """The places of an article; `organisations` in order of their start."""
        plain = text.plain
        found = (
            *_named(plain, context, organisations),
            *_bodies(plain, organisations),
            *_meant(plain, context),
        )
        told = tuple(sorted(found, key=lambda place: (place.start, place.end)))
        starts = tuple(place.start for place in told)
        leading = tuple(accumulate((at if place.leads else -1 for at, place in enumerate(told)), max))
        lines = tuple(match.end() for match in re.finditer("^|\n", plain))
        return cls(told, starts, leading, lines, _home(text, context))

    def of_figure(self, start: int) -> str | None:
        """Official name of the place where a figure holds that starts here."""
        at = bisect_left(self.starts, start) - 1
        while at >= 0 and self.told[at].end > start:
            at -= 1
        line = self.lines[bisect_left(self.lines, start + 1) - 1]
        if at < 0 or self.starts[at] < line:
            return self.home
        lead = self.leading[at]
        return self.told[lead if lead >= 0 and self.starts[lead] >= line else at].official


def _leads(plain: str, start: int) -> bool:
    """Whether what starts here stands where one acts or is acted in."""
    return bool(_LEADING.search(plain, max(0, start - _LONGEST_LEAD), start))


def _named(
    plain: str, context: ArticleContext, organisations: tuple[OrganisationMention, ...]
) -> Iterator[_Told]:
    """The places named outside a body's name; of 甲旗乙镇丙村 the last."""
    bodies = iter([*organisations, None])
    body, reach, first = next(bodies), 0, None
    names = [name for name in context.names if name.location.level in _LEVELS]
    for name, after in zip_longest(names, names[1:]):
        while body is not None and body.start <= name.start:
            reach = max(reach, body.end)
            body = next(bodies)
        first = first or name
        if after is not None and after.start == name.end:
            continue
        if name.end > reach and not _beside(plain, first.start, name.location, context):
            yield _Told(first.start, name.end, name.location.official, _leads(plain, first.start))
        first = None


def _beside(plain: str, start: int, location: Location, context: ArticleContext) -> bool:
    """Whether a place of another city is only compared or measured with (`与丁市相距25公里`)."""
    city = context.city.official if context.city else None
    elsewhere = city is not None and city not in (location.official, location.city)
    return elsewhere and plain[max(0, start - 1) : start] in ("与", "距", "离", "比")


def _bodies(plain: str, organisations: tuple[OrganisationMention, ...]) -> Iterator[_Told]:
    """The places of bodies; an enterprise's name says where it comes from."""
    for body in organisations:
        if body.place and body.category is not OrganisationCategory.ENTERPRISE:
            yield _Told(body.start, body.end, body.place, _leads(plain, body.start))


def _meant(plain: str, context: ArticleContext) -> Iterator[_Told]:
    """The places that 该旗, 村里 and the like stand for; a village or township is the one named last.

    我们村 is the village of somebody who speaks, known where the article has but one.
    """
    names = iter([*context.names, None])
    name = next(names)
    last: dict[str, str] = {}
    for match in filter(None, (_MEANT.match(plain, sign.start()) for sign in _SIGN.finditer(plain))):
        while name is not None and name.end <= match.start():
            last[name.location.level] = name.location.official
            name = next(names)
        unit = match[match.lastgroup or 0]
        known = place_meant(unit, context)
        own = known.official if known else None
        official = own if match["ours"] else last.get(_NARROW.get(unit, ""), own)
        if official:
            yield _Told(match.start(), match.end(), official, leads=True)


def _home(text: BodyText, context: ArticleContext) -> str | None:
    """The narrowest place that the heading names, else the first sentence, else that the article is about."""
    head = plain_form(f"{context.draft.kicker or ''} {context.draft.title}")
    lead = text.sentences[0][1] if text.sentences else 0
    about = [p for p in (context.village, context.township, context.county, context.city) if p is not None]
    officials = {name.surface: name for name in context.names}
    in_head = [
        n.location for surface, n in officials.items() if surface in head or n.location.official in head
    ]
    in_head += [place for place in about if place.official in head]
    in_lead = [name.location for name in context.names if name.start < lead]
    told = [place for place in in_head or in_lead or about if place.level in _LEVELS]
    return min(told, key=lambda place: _LEVELS.index(place.level)).official if told else None
