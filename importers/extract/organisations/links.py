"""Which body a short form means: bare tails, short names, 该局, and teams of the body written about."""

import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise

from msgspec.structs import replace

from importers.extract.organisations.bodies import Body
from importers.extract.organisations.brackets import second_names
from importers.extract.organisations.tails import TAILS, Need
from kb.vocabulary import OrganisationCategory as Category
from kb.vocabulary import PlaceLevel

# Tails that every body may have are no short form of one: 党支部, 工会, 公司.
_EVERYWHERE = (
    "党委 党工委 党组 党总支 党支部 联合党支部 委 政府 人民政府 工会 团委 妇联 公司 集团 学校 中学 小学 "
    "幼儿园 医院 银行 局 分局 支队 大队 中队 总队 中心 服务中心 管理中心 活动中心 委员会 协会 学会 商会 "
    "联合会 合作社 服务队 小分队 志愿队 先锋队 突击队 志愿服务队 领导小组 办公室 事业部 项目部 村委会 "
    "居委会 党校 大学 学院 酒店 商场 实践中心 文明实践中心 党群服务中心 法院 检察院"
)
_UNIVERSAL = frozenset(_EVERYWHERE.split())

_LEAST_OWN = 2
_MOST_NAMES = 300
"""No article names more bodies; a longer text is not read as one."""

_LOOK_BACK = 40

# 组织“红马甲”服务队: what stands between a company and the team that it sends out.
_SENDS = re.compile("(?:组织|组建|成立|选派|派出|抽调)(?:了|的)?")

# 某某食品有限公司（以下简称“某某食品”）: the short form that the text itself introduces.
_DEFINED = re.compile("（(?:以下)?简称：?“?([^“”（），。]{2,14})”?）")

_ANAPHOR = re.compile(
    "[该我本](支队|大队|中队|总队|派出所|所|党委|党工委|党总支|党?支部|中心|公司|集团|合作社|医院|卫生院|院|学校|校|馆|煤矿|矿|"
    "银行|支行|行|协会|商会|工会|街道办事处|办事处|服务队|小分队|局)(?![面限部势级长])"
)
# What a word of an anaphor may be written as in the full name: 该支部 → …党支部, 该校 → …第一中学.
_KINDS = {
    "支部": "党支部",
    "校": "学校|中学|小学|学院|大学|[一二三四五六七八九十]中|[一二三四五六七八九十]小",
    "学校": "学校|中学|小学|学院|大学|[一二三四五六七八九十]中|[一二三四五六七八九十]小",
    "院": "医院|卫生院|法院|检察院|福利院|研究院",
    "医院": "医院|卫生院",
    "公司": "公司|集团",
    "矿": "矿",
    "行": "银行|支行|分行",
}


class FullNames:
    """The full names that an article gives its bodies, to be found by their ends."""

    def __init__(self, named: list[Body]) -> None:
        """Keeps the first body of each name; a text with more names than an article has links none."""
        self._bodies: dict[str, Body] = {}
        self._starts: dict[str, list[int]] = {}
        for body in named:
            self._bodies.setdefault(body.name, body)
            self._starts.setdefault(body.name, []).append(body.start)
        for starts in self._starts.values():
            starts.sort()
        self._fitting: dict[str, list[Body]] = {}
        if len(self._bodies) > _MOST_NAMES:
            self._bodies = {}

    def ending(self, text: str) -> list[Body]:
        """The first body of each full name that ends in a short form, in reading order."""
        if text not in self._fitting:
            self._fitting[text] = [body for name, body in self._bodies.items() if name.endswith(text)]
        return self._fitting[text]

    def between(self, bodies: list[Body], begin: int, end: int) -> list[Body]:
        """Those of the bodies that the text names from one position up to another."""
        starts = self._starts
        return [
            body
            for body in bodies
            if bisect_left(starts[body.name], begin) < bisect_left(starts[body.name], end)
        ]


def link_short_forms(plain: str, bodies: list[Body]) -> list[Body]:
    """The bodies with bare and short forms named after the one full name in the article that they end."""
    named = _one_body_each([body for body in bodies if body.name], _definitions(plain, bodies))
    by_span = {(body.start, body.end): body for body in named}
    full = FullNames(named)
    return [
        by_span[body.start, body.end]
        if body.name
        else _linked(body, full, plain.rfind("\n", 0, body.start) + 1)
        for body in bodies
    ]


def _definitions(plain: str, bodies: list[Body]) -> dict[str, str]:
    """Full names by the short forms that the text introduces in brackets behind them."""
    defined = _DEFINED.finditer(plain) if "简称" in plain else ()
    ends = {body.end: body.name for body in bodies if body.name}
    found = {match[1]: ends[match.start()] for match in defined if match.start() in ends}
    return found | second_names(bodies)


def _one_body_each(named: list[Body], defined: dict[str, str]) -> list[Body]:
    """The named bodies with one full name each: a defined or the longest form in the article wins."""
    names = {part.name: part for body in named for part in _parts(body)}
    if len(names) > _MOST_NAMES:
        return named
    longest = {name: defined.get(name) or _fullest(body, names) for name, body in names.items()}
    return [_renamed(body, longest) for body in named]


def _renamed(body: Body, longest: dict[str, str]) -> Body:
    """The body with the full name of itself or, where that is known, of the one that its name begins with."""
    if body.inner is not None and body.inner.name:
        inner = _renamed(body.inner, longest)
        if inner is not body.inner:
            body = replace(body, name=inner.name + body.name.removeprefix(body.inner.name), inner=inner)
    name = longest.get(body.name, body.name)
    return body if name == body.name else replace(body, name=name)


def _parts(body: Body) -> list[Body]:
    """A body and the named ones that its name begins with."""
    parts = [body]
    while parts[-1].inner is not None and parts[-1].inner.name:
        parts.append(parts[-1].inner)
    return parts


def _fullest(body: Body, names: dict[str, Body]) -> str:
    """The longer name in the article that a name is short for, or the name itself."""
    longer = [full for full, other in names.items() if full != body.name and _is_short_for(body, other)]
    longest = max(longer, key=len, default=body.name)
    return longest if all(longest.endswith(full) for full in longer) else body.name


def _is_short_for(short: Body, full: Body) -> bool:
    """Whether a named body is the same as another with a longer name."""
    if short.category is not full.category or len(short.name) >= len(full.name):
        return False
    if short.tail.word == "工会" and full.name in (short.name + "联合会", short.name + "委员会"):
        return True
    if short.root is not None:
        return _is_village_of(short, full)
    if full.name.endswith(short.name) and short.category is not Category.VOLUNTEER_TEAM:
        return True
    own = short.text.removesuffix(short.tail.word)
    companies = short.category is Category.ENTERPRISE and short.inner is None and full.inner is None
    return companies and len(own) >= _LEAST_OWN and own in full.name


def _is_village_of(short: Body, full: Body) -> bool:
    """Whether a village's body is printed elsewhere with the township before it."""
    place = short.root.location if short.root else None
    levels = (PlaceLevel.VILLAGE, PlaceLevel.TOWNSHIP)
    return (
        place is not None
        and place.level in levels
        and full.root is not None
        and full.name.endswith(short.name)
    )


def _linked(body: Body, full: FullNames, paragraph: int) -> Body:
    """A bare form named after the one body of the article, or of its paragraph so far, that ends so."""
    if body.inner is not None and not body.inner.name:
        inner = _linked(body.inner, full, paragraph)
        return (
            replace(body, name=inner.name + body.text.removeprefix(inner.text), inner=inner)
            if inner.name
            else body
        )
    fitting = [] if body.text in _UNIVERSAL else full.ending(body.text)
    if body.category is Category.VOLUNTEER_TEAM:
        fitting = [other for other in fitting if other.end <= body.start]
    if len(fitting) > 1:
        fitting = full.between(fitting, paragraph, body.start)
    if len(fitting) != 1:
        return body
    return replace(body, name=fitting[0].name, category=fitting[0].category, head=fitting[0].root)


def adopt_teams(plain: str, bodies: list[Body]) -> list[Body]:
    """The bodies with teams that have no place in their name put below the body that the article is about."""
    if not any(map(_is_lone_team, bodies)):
        return bodies
    main = _main_body(bodies)
    owners = [_sender(plain, before, body) or main for before, body in pairwise([None, *bodies])]
    return [
        replace(body, name=owner.name + body.name, inner=owner) if owner and _is_lone_team(body) else body
        for owner, body in zip(owners, bodies, strict=True)
    ]


def _is_lone_team(body: Body) -> bool:
    """Whether a body is a team whose name tells neither its place nor whose it is."""
    team = body.category is Category.VOLUNTEER_TEAM and body.name == body.text
    return team and body.root is None and body.inner is None


def _sender(plain: str, before: Body | None, team: Body | None) -> Body | None:
    """The company that sends out a team (`某供电公司党委组织“某某”服务队`)."""
    if (
        before is None
        or team is None
        or not before.name
        or not _SENDS.fullmatch(plain, before.end, team.start)
    ):
        return None
    company = before if before.category is Category.ENTERPRISE else before.inner
    return company if company and company.category is Category.ENTERPRISE else None


def _main_body(bodies: list[Body]) -> Body | None:
    """The company or institution that the article names most of all bodies; none where two tie."""
    parents = [
        b for b in bodies if b.name and b.root is not None and b.category is not Category.VOLUNTEER_TEAM
    ]
    ranks = Counter(body.name for body in parents).most_common(2)
    if not ranks or (len(ranks) > 1 and ranks[0][1] == ranks[1][1]):
        return None
    main = next(body for body in parents if body.name == ranks[0][0])
    return main if main.category in (Category.ENTERPRISE, Category.INSTITUTION) else None


def anaphors(plain: str, bodies: list[Body]) -> list[Body]:
    """The bodies that 该局, 该支部, 我校 stand for: the last one before of that kind."""
    found, starts = [], [body.start for body in bodies]
    for match in _ANAPHOR.finditer(plain) if bodies else ():
        kind = re.compile(f"(?:{_KINDS.get(match[1], match[1])})$")
        last = bisect_left(starts, match.start())
        before = [
            part for b in bodies[max(0, last - _LOOK_BACK) : last] if b.name for part in _parts(b)[::-1]
        ]
        meant = next((part for part in reversed(before) if kind.search(part.name)), None)
        if meant is not None:
            found.append(_standing_for(meant, match, bodies[last : last + 3]))
    return found


def _standing_for(last: Body, match: re.Match[str], bodies: list[Body]) -> Body:
    """The last body, or the part of it that goes on from the pronoun (`该大队` `党支部`)."""
    more = next((b for b in bodies if b.start <= match.end() <= b.tail_start < b.end and not b.name), None)
    if more is None or more.tail_start > match.end():
        return replace(last, start=match.start(), end=match.end(), text=match[0])
    name = last.name + more.tail.word
    return replace(more, start=match.start(), text=match[0] + more.tail.word, name=name, inner=last)


def is_department(body: Body) -> bool:
    """Whether a bare form would be a body if the article told whose it is (`公安局`)."""
    short = body.text in _UNIVERSAL or body.text not in TAILS
    return not body.name and body.tail.need is Need.HEAD and not short
