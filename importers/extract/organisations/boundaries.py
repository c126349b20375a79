"""Where the bodies of a text begin and end, each with the place, the body or the name before its tail."""

import re

from msgspec.structs import replace

from importers.extract.organisations.bodies import Body, bare
from importers.extract.organisations.carrying import carry_head
from importers.extract.organisations.ground import REACH, Ground
from importers.extract.organisations.heads import (
    BEFORE_LEVEL,
    WIDE_LEVELS,
    Head,
    has_level,
    holds_level,
    level_at,
    level_before,
)
from importers.extract.organisations.tails import TAILS, Need, Tail
from importers.extract.organisations.words import BRAND_WORDS, BRANDS, is_generic, leading_words
from kb.vocabulary import OrganisationCategory as Category
from kb.vocabulary import PlaceLevel

_GAP = 14

# “小水滴”志愿服务队: a quoted name directly before the tail belongs to bodies of these sorts.
_QUOTED = re.compile("“[^“”，。；！？\n]{1,16}”$")
_QUOTABLE = frozenset({Category.VOLUNTEER_TEAM, Category.OTHER, Category.MASS_ORGANISATION})

# 争创“五星级”党支部, “最强”党支部: a grade in quotes is no name.
_GRADES = "级星强好型化佳优"

# A county that the gazetteer does not know, before a known township: 某某区永丰镇.
_UNKNOWN_PLACE = re.compile("[一-鿿]{2,6}(?:[省市县区旗镇乡]|街道)")

# Parts of a body that bear any name (`某局雷霆突击队`); a part of another sort says which by place or number.
_FREELY_NAMED = frozenset(
    {
        Category.VOLUNTEER_TEAM,
        Category.OTHER,
        Category.PARTY_BRANCH,
        Category.PARTY_GENERAL_BRANCH,
        Category.PARTY_COMMITTEE,
    }
)

# “三老”调解团: counted in quotes, what is generic elsewhere is a name.
_COUNTED = re.compile("“[一二三四六七八九十][一-鿿]{1,3}”")

# 组建联村党委12个, 某某式服务队6支: what is counted is a kind.
_NUMBER_AFTER = re.compile(r"\d{1,5}[余多]?[个家支]")

# 成立肉羊产业联合党委, 土豆产业链党委: whose members it joins is the name of a committee without a place.
_JOINT = re.compile("[一-鿿]{2,10}(?:产业链?|产业集群|商圈|园区|片区|景区|市场|行业)")

# How many signs of its own a name must have at least; party branches are told from phrases by more.
_LEAST_OWN = 2
_LEAST_OWN_OF_PARTY = 6
_HOLDS_PARTY = re.compile("[社小]区$|大厦$|[村队场厦街巷园圈]$|嘎查$|项目$|车间$|班组$")
_LONGEST_PART = 6
_PART_WORDS = "分局 派出所 支行 分行 分公司 营业部 供电所 税务所 中队 大队 支队 学院 车间"
_PARTS = tuple(_PART_WORDS.split())
_PARTY = frozenset({Category.PARTY_BRANCH, Category.PARTY_GENERAL_BRANCH})

# `某县的党委和政府` tells nothing that the county does not.
_LEAST_OWNED = 3

# With a level that stands for no known place these tell nothing: 市委, 县政府.
_EVERYWHERE = "委 党委 党工委 政府 人民政府 党支部 党总支 管委会 工会 学校 中学 小学 医院 公司"
_VAGUE = frozenset(_EVERYWHERE.split())
_BRANDED = {"共青团": Category.MASS_ORGANISATION, "团": Category.MASS_ORGANISATION}
_BRANDED |= dict.fromkeys(("民革", "民盟", "民建", "民进", "农工党", "九三学社", "致公党"), Category.OTHER)
# 由苏木干部和嘎查党支部书记担任: joined to people of many places a level's branch is no one's.
_JOINERS = ("和", "与")
# 内蒙古团区委 is 共青团内蒙古自治区委.
_LEAGUE = re.compile("团[省区市盟旗县]委")
_PARTY_BRANDS = ("中共", "中国共产党")
# 中共某区委员会 is 某区委, 中共某镇工作委员会 is 某镇党工委.
_WRITTEN = {"委员会": "委", "工作委员会": "党工委"}
_SELF_NAMES = {"党中央": "中共中央", "中央政治局": "中共中央政治局"}

_BRANDS = sorted(BRAND_WORDS, key=len, reverse=True)
_BRAND_ENDS = frozenset(brand[-1] for brand in BRAND_WORDS)
_SINGLE_BRANDS = frozenset(BRANDS.split()) - frozenset(BRAND_WORDS)


def find_bodies(ground: Ground) -> list[Body]:
    """Every tail with its left boundary, in reading order; a body inside a longer one is its `inner`."""
    bodies: list[Body] = []
    for start, end, tail in ground.tails:
        previous = bodies[-1] if bodies else None
        body = _bounded(ground, start, end, tail, previous)
        if not body.name:
            body = carry_head(ground.plain, body, [b for b in bodies[-3:] if b.name])
        if previous is not None and body.inner is previous and body.start == previous.start:
            bodies.pop()
        bodies.append(body)
    return bodies


def _bounded(ground: Ground, start: int, end: int, tail: Tail, previous: Body | None) -> Body:
    """The body of one tail: joined to the body before it, or with a head, or with a name of its own."""
    start, tail = _after_place(ground, start, end, tail)
    if previous is not None and _is_branch_bank(previous, start, tail):
        branch = joined(ground, previous, start, end, tail)
        return replace(branch, name=branch.text)
    edge = previous.end if previous else 0
    left = ground.reach(start, edge - 1)
    if previous is not None and left < edge:
        if _joins(ground, previous, start, tail):
            return joined(ground, previous, start, end, tail)
        whole = start == edge and tail.need is Need.NAME and not previous.name
        left = ground.reach(previous.start, start - REACH) if whole else edge
    near = previous is not None and bool(previous.name) and start - previous.start <= REACH
    if previous is not None and near and _goes_on(ground, edge, left, start, tail):
        return joined(ground, previous, start, end, tail)
    named_edge = previous.end if previous and previous.name else 0
    return _headed(ground, _over_quotes(ground, left, start, tail, named_edge), start, end, tail)


def _after_place(ground: Ground, start: int, end: int, tail: Tail) -> tuple[int, Tail]:
    """The tail without signs that belong to a place (`向阳社区` `居委会`, not 向阳 社区居委会)."""
    inside = ground.places.across(start)
    shorter = TAILS.get(ground.plain[inside:end]) if inside > start else None
    return (inside, shorter) if shorter else (start, tail)


def _is_branch_bank(previous: Body, start: int, tail: Tail) -> bool:
    """Whether a branch follows a bank that no place stands before (`农商银行` `奈曼支行`)."""
    bank = not previous.name and previous.tail.word.endswith("银行")
    return bank and tail.word in ("支行", "分行") and 0 < start - previous.end <= _LONGEST_PART


def _joins(ground: Ground, previous: Body, start: int, tail: Tail) -> bool:
    """Whether a tail goes on from the body before it (`公安局` `开发区分局`)."""
    gap = start - previous.end
    if start - previous.start > REACH:
        return False
    if not previous.name:
        plain_kind = previous.tail.need is Need.HEAD or is_generic(previous.text)
        return gap == 0 and plain_kind and tail.category is not Category.ENTERPRISE
    if gap == 0 or gap > _GAP or previous.category in (Category.COMMUNITY, Category.PARTY_BRANCH):
        return gap == 0
    if tail.word == "委" or (
        tail.category is Category.PARTY_COMMITTEE and leading_words(ground.plain[previous.end : start])
    ):
        return False  # 镇党委落实旗委: a committee that another one follows
    company = tail.category is previous.category is Category.ENTERPRISE
    part = gap <= _LONGEST_PART and tail.word.endswith(_PARTS)
    return part or company or tail.category in _FREELY_NAMED or _tells_a_part(ground, previous.end, start)


def _tells_a_part(ground: Ground, begin: int, end: int) -> bool:
    """Whether only places, numbers and kinds stand between two positions (`第二`, `机关`)."""
    for name in ground.places.within(begin, end):
        if not is_generic(ground.plain[begin : name.start]):
            return False
        begin = name.end
    return is_generic(ground.plain[begin:end])


def _goes_on(ground: Ground, edge: int, left: int, start: int, tail: Tail) -> bool:
    """Whether a quoted name (`工会` `“一家亲”` `志愿服务队`) or a group (`教师党支部`) stands between."""
    if tail.category in _PARTY and 0 < start - edge <= _LONGEST_PART:
        return is_generic(ground.plain[edge:start])
    between = ground.plain[edge:left] if left - edge < _GAP else ""
    return tail.category in _QUOTABLE and _QUOTED.fullmatch(between) is not None


def joined(ground: Ground, previous: Body, start: int, end: int, tail: Tail) -> Body:
    """The body that goes on from the one before it; named when that one is."""
    text = bare(ground.plain[previous.start : end])
    name = previous.name + bare(ground.plain[previous.end : end]) if previous.name else ""
    between = ground.places.within(previous.end, start) if previous.root is None else []
    head = ground.places.chain(between) if between else None
    return Body(previous.start, end, start, tail, text, tail.category, name, head, previous)


def _over_quotes(ground: Ground, left: int, start: int, tail: Tail, edge: int) -> int:
    """The boundary moved over a quoted name before the tail, and over the head before the quotes."""
    plain = ground.plain
    if left < 2 or plain[left - 1] != "”" or tail.category not in _QUOTABLE | _PARTY:
        return left
    quoted = _QUOTED.search(plain, max(0, left - 20), left)
    if quoted is None or quoted.start() < edge or start - left > 8:
        return left
    reach = ground.reach(quoted.start(), edge)
    if tail.category in _PARTY and (plain[left - 2] in _GRADES or not ground.places.within(reach, left)):
        return left
    level = level_at(plain, reach, quoted.start())
    has_head = ground.places.within(reach, quoted.start()) or (level and reach + len(level) == quoted.start())
    return reach if has_head else quoted.start()


def _headed(ground: Ground, left: int, start: int, end: int, tail: Tail) -> Body:
    """The body between a left boundary and its tail's end: with a head, with a name of its own, or bare."""
    brand, head = _head(ground, left, start, tail)
    plain = ground.plain
    if head is not None and head.bare_level and _is_generic_level(plain, head, start, tail):
        head, left = None, start
    if head is None:
        return _owned(ground, left, start, end, tail) or _proper(plain, left, start, end, tail)
    if _is_countys_branch(head, plain[head.end : start], tail):
        return _proper(plain, start, start, end, tail)
    category = _BRANDED.get(brand, tail.category)
    written = "" if brand in _PARTY_BRANDS else "共青团" if brand == "团" else brand
    rest = bare(plain[head.end : end])
    if brand in _PARTY_BRANDS and rest in _WRITTEN:
        rest, category = _WRITTEN[rest], Category.PARTY_COMMITTEE
    if head.location is not None and _LEAGUE.fullmatch(rest):
        written, rest, category = "共青团", "委", Category.MASS_ORGANISATION
        head = replace(head, prefix=head.location.official)
    prefix = bare(plain[head.start : head.end]) if brand and not has_level(head.prefix) else head.prefix
    name = written + prefix + rest
    begin = head.start - len(brand)
    return Body(begin, end, start, tail, bare(plain[begin:end]), category, name, head)


def _owned(ground: Ground, left: int, start: int, end: int, tail: Tail) -> Body | None:
    """The body whose place the text prints as its owner: `某旗的联合党委`; `某区的社区党委` is a kind."""
    own = ground.plain[left:start]
    long = tail.need is Need.HEAD and len(tail.word) >= _LEAST_OWNED
    if not long or ground.plain[left - 1 : left] != "的" or not is_generic(own) or holds_level(own):
        return None
    head = ground.places.ending(left - 1)
    text = bare(ground.plain[left:end])
    return Body(left, end, start, tail, text, tail.category, head.prefix + text, head) if head else None


def _is_countys_branch(head: Head, between: str, tail: Tail) -> bool:
    """Whether a branch would be that of a whole county or city, which has committees (`某县党支部领办`)."""
    wide = head.location is not None and head.location.level in (PlaceLevel.COUNTY, PlaceLevel.CITY)
    return wide and tail.category in _PARTY and not between


def _head(ground: Ground, left: int, start: int, tail: Tail) -> tuple[str, Head | None]:
    """The brand and the place with which the name between two positions begins."""
    plain, names = ground.plain, ground.places.within(left, start)
    for position, name in enumerate(names):
        before = plain[left : name.start]
        brand = before if _UNKNOWN_PLACE.fullmatch(before) else ""
        brand = brand or _brand(before)
        anchored = not before or brand or tail.need is Need.HEAD or has_level(name.surface)
        if anchored or is_generic(plain[name.end : start]) or leading_words(before) == len(before):
            return brand, ground.places.chain(names[position:])
    if names:
        return "", None
    head = _level_head(ground, left, start)
    league = head is not None and tail.word == "委" and ground.plain[head.start - 1 : head.start] == "团"
    return "团" if league else "", head


def _brand(before: str) -> str:
    """The longest brand that the words before a place end in (`国网`); one sign only if it is all of them."""
    if before in _SINGLE_BRANDS:
        return before
    ends = before[-1:] in _BRAND_ENDS and before.endswith(BRAND_WORDS)
    return next(brand for brand in _BRANDS if before.endswith(brand)) if ends else ""


def _level_head(ground: Ground, left: int, start: int) -> Head | None:
    """The head that a bare level makes up at the boundary or right before the tail."""
    plain = ground.plain
    first = left + leading_words(plain[left:start])
    for begin in (left, first):
        word = level_at(plain, begin, start)
        if word and (begin == left or plain[begin - 1] not in BEFORE_LEVEL):
            return ground.places.level_head(word, begin)
    word = level_before(plain, start, left)
    return ground.places.level_head(word, start - len(word)) if word else None


def _is_generic_level(plain: str, head: Head, start: int, tail: Tail) -> bool:
    """Whether a level names a kind (`各区委`, `街道社区党支部`, `镇党委` of no one town) and no place."""
    counted = head.start > 0 and plain[head.start - 1] in "各全个些类级家跨"
    if plain[head.start - 1 : head.start] in _JOINERS and plain.startswith("书记", start + len(tail.word)):
        return tail.category in _PARTY
    vague = not head.resolved and (plain[head.start : head.end] not in WIDE_LEVELS or tail.word in _VAGUE)
    return counted or vague or bool(level_at(plain, head.end, start))


def _proper(plain: str, left: int, start: int, end: int, tail: Tail) -> Body:
    """The body whose name has no place: named by proper signs, complete by itself, or bare."""
    left += leading_words(plain[left:start])
    text = bare(plain[left:end])
    own = plain[left:start]
    branded = text.startswith(BRAND_WORDS)
    generic = is_generic(own.strip("“”")) and not _COUNTED.match(own)
    kind = (generic and not branded) or _NUMBER_AFTER.match(plain, end)
    trade = tail.word == "产业链党委" and len(own) >= _LEAST_OWN
    joint = tail.word == "联合党委" and _JOINT.fullmatch(own) is not None
    bears = tail.need is Need.NAME or trade or joint
    named = bears and (trade or _is_own(own, tail)) and not kind
    if not bears:
        left, text, named = start, bare(plain[start:end]), tail.need is Need.SELF
    name = _SELF_NAMES.get(text, text) if named else ""
    return Body(left, end, start, tail, text, tail.category, name)


def _is_own(own: str, tail: Tail) -> bool:
    """Whether the signs before a tail are a name; a branch's own tells where it is, or is long."""
    if tail.category in _PARTY:
        return len(own) >= _LEAST_OWN_OF_PARTY or (
            len(own) >= _LEAST_OWN * 2 and bool(_HOLDS_PARTY.search(own))
        )
    return len(own) >= _LEAST_OWN
