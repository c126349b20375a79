"""Who acts in a text, clause by clause: the organisations and places that stand where subjects stand.

`近日，甲局党支部、乙中心党支部联合丙社区开展…`: three organisers. `清河县开展…`: a place and no organiser.
A name after 在, 向, 督促 … or before 的, 书记 … acts in nothing.
"""

import re

from msgspec import Struct

from importers.extract.context import ArticleContext, LocatedName
from importers.extract.records import OrganisationMention
from importers.extract.text import BodyText


class Subject(Struct, frozen=True):
    """Those who act from `start` on: organisations, or else only a place."""

    start: int
    end: int
    organisers: tuple[str, ...]
    place: LocatedName | None = None


_Actor = OrganisationMention | LocatedName

_CLAUSE_START = re.compile(
    r"(?:^|[。！？；，：\n“‘”’（）》● ]"
    r"|近日|日前|今年|年来|以来|图为|由|经|据悉|同时|此外|其中|随后|当天|目前|后|时|中|是|自)$"
)
# The signs with which the words before a clause end: most names follow others.
_CLAUSE_ENDS = frozenset("。！？；，：\n“‘”’（）● 日前年来为由经悉时外中随后天是自该旗县市区盟镇乡村") | {""}
# 该旗甲镇党委: the place before it only says where the body is.
_OF_THIS = re.compile("(?:^|[。！？；，：\n“‘”’（）])(?:该|[全我][旗县市区盟镇乡村]|该[旗县市区盟镇乡村])$")
# 组建“某某宣讲队”11支: what stands in quotes behind a verb is set up and acts in nothing.
_QUOTED_OBJECT = re.compile("(?:组建|成立|创建|打造|培育|组织|设立)了?“$")
_JOINED = re.compile(
    r"(?:等?[、和与及同]|以及|，?(?:等?联合|携手|会同|协同|与|和|同)|共同|，)(?:辖区|驻地|驻区|当地|本地)?的?"
)
_FARTHEST = 12
_JOINING = re.compile(r"联合|携手|会同|协同|[、和与及同]")
# What follows a name that only describes or whose person speaks.
_NO_ACTOR = re.compile(
    "的(?!党员干部)|(?:党?[总]?支部|党委|党工委|党组|常务)?(?:副?书记|副?主任|副?部长|副?局长|副?主席|负责人|副?队长|副?经理|相关负责|有关负责|工作人员"
    "|副?总经理|副?总裁|董事长|副?校长|副?院长|副?旗长|副?县长|副?区长|副?镇长|组织委员|居民|村民|牧民|市民)|第一书记|位于|地处|[、和与](?![^，。；！？、“”]{2,12}(?:联合|共同|携手))"
)
# The last of a list whose first names are none that is known: 甲队、乙局联合举办.
_LAST_OF_LIST = re.compile(
    "(?:联合|共同)(?:在[^，。]{1,16})?(?:举办|举行|开展|组织|推出|启动|主办|承办|发起|打造)"
)
_PLACE_ACTS = re.compile("[一-龥“，]")


def subjects(
    text: BodyText, context: ArticleContext, organisations: tuple[OrganisationMention, ...]
) -> list[Subject]:
    """All subjects of the text in order of their start."""
    actors = _actors(context, organisations)
    found: list[Subject] = []
    index = 0
    while index < len(actors):
        run = _run(text.plain, actors, index)
        subject = _subject(text.plain, run)
        if subject:
            found.append(subject)
        index += len(run)
    return found


def _actors(context: ArticleContext, organisations: tuple[OrganisationMention, ...]) -> list[_Actor]:
    """Organisations and the places outside them, in order, without those inside another."""
    spans: list[_Actor] = [*organisations, *context.names]
    spans.sort(key=lambda a: (a.start, -a.end, isinstance(a, LocatedName)))
    actors: list[_Actor] = []
    for actor in spans:
        if not actors or actor.start >= actors[-1].end:
            actors.append(actor)
        elif isinstance(actors[-1], LocatedName) and actor.end > actors[-1].end:
            actors[-1] = actor
    return actors


def _run(plain: str, actors: list[_Actor], index: int) -> list[_Actor]:
    """The actors from `index` on that are joined: 甲、乙联合丙."""
    run = [actors[index]]
    for actor in actors[index + 1 : index + 12]:
        if actor.start - run[-1].end > _FARTHEST:
            break
        between = plain[run[-1].end : actor.start]
        adjacent = not between and isinstance(run[-1], LocatedName)
        if not adjacent and not (_JOINED.fullmatch(between) and _JOINING.search(between)):
            break
        run.append(actor)
    return run


def _subject(plain: str, run: list[_Actor]) -> Subject | None:
    """The subject that a run of actors makes, if it stands where one stands."""
    start, end = run[0].start, run[-1].end
    left = plain[max(0, start - 3) : start]
    begins = left[-1:] in _CLAUSE_ENDS and (_CLAUSE_START.search(left) or _OF_THIS.search(left))
    if not begins and left.endswith("、"):
        begins = _LAST_OF_LIST.match(plain, end)
    set_up = _QUOTED_OBJECT.search(plain, max(0, start - 4), start)
    if not begins or set_up or _NO_ACTOR.match(plain, end):
        return None
    names = tuple(dict.fromkeys(a.name for a in run if isinstance(a, OrganisationMention)))
    place = run[-1] if isinstance(run[-1], LocatedName) else None
    if not names and not _PLACE_ACTS.match(plain, end):
        return None
    return Subject(start, end, names, place)
