"""Bodies whose names a list shortens: those that share a last tail, and shops before 等企业."""

import re
from bisect import bisect_left

from msgspec.structs import replace

from importers.extract.context import LocatedName
from importers.extract.organisations.bodies import Body, Taken, bare
from importers.extract.organisations.ground import Ground
from importers.extract.organisations.heads import Head, has_level
from importers.extract.organisations.tails import Need, Tail
from importers.extract.organisations.words import is_generic, leading_words
from kb.vocabulary import OrganisationCategory as Category
from kb.vocabulary import PlaceLevel

# 永胜、永兴社区党支部: the item before, without the class word and the tail of the last one.
_ITEM_BEFORE = re.compile("([一-鿿]{2,6})[、和与]$")
_CLASS = re.compile("社区$|嘎查$|苏木$|街道$|[村镇乡旗县区市]$")

# 某某商厦、某某广场等3家非公企业: the last words of a list that say that its items are enterprises.
_LISTED = re.compile(
    "等(?:[\\d一二三四五六七八九十几多余]{0,4}[家个])?[一-鿿]{0,6}?(?:企业|商户|商家|公司|银行)(?!家)"
)
_CLAUSE_MARKS = "，。；！？：\n（"
_STOPS = "。！？；\n"
_LONGEST_SENTENCE = 300
_LONGEST_LIST = 80
_LEAST_SIGNS = 3

# Trades, not names: 餐饮、住宿等企业.
_TRADES = re.compile("行业|产业|领域|服务业|以上|以下|规模|方面|问题|情况|类|型")

# 图书馆、博物馆和档案馆等三家单位
_UNITS = re.compile("等[\\d一二三四五六七八九十几多余]{0,4}[家个]?[一-鿿]{0,4}?(?:单位|部门|机构)")
_PARTY_SORTS = frozenset({Category.PARTY_COMMITTEE, Category.PARTY_GENERAL_BRANCH, Category.PARTY_BRANCH})
_UNIT_SORTS = frozenset({Category.INSTITUTION, Category.GOVERNMENT, Category.PARTY_DEPARTMENT})

_LISTED_TAIL = Tail("", Category.ENTERPRISE, Need.NAME)


def shared_tails(ground: Ground, bodies: list[Body]) -> list[Body]:
    """The bodies that a list names by their place alone before one with the whole tail."""
    found: list[Body] = []
    taken = {body.end for body in bodies if body.name}
    for body in bodies:
        head = body.root
        if body.name and head is not None and not head.bare_level and head.location is not None:
            found += _items_before(ground, body, head, taken)
    return found


def _items_before(ground: Ground, body: Body, head: Head, taken: set[int]) -> list[Body]:
    """The items of a list that share the tail of the body that ends it, the last one first."""
    class_word = _CLASS.search(ground.plain, head.start, head.end)
    found: list[Body] = []
    if class_word is None or not body.name.startswith(head.prefix):
        return found
    rest, begin = body.name[len(head.prefix) :], body.start
    while _ITEM_BEFORE.search(ground.plain, max(0, begin - 8), begin):
        item = _item(ground, begin - 1, head, class_word[0])
        if item is None or item.end in taken:
            break
        text, name = ground.plain[item.start : item.end], item.prefix + rest
        found.append(Body(item.start, item.end, item.end, body.tail, text, body.category, name, item))
        begin = item.start
    return found


def _item(ground: Ground, end: int, head: Head, class_word: str) -> Head | None:
    """The place that an item of a list names: a located one of the same level, or an unknown short name."""
    located = next((n for n in ground.places.within(max(0, end - 8), end) if n.end == end), None)
    if located is not None:
        return _located_item(ground, located, head, class_word)
    begin = ground.reach(end, end - 5)
    begin += leading_words(ground.plain[begin:end])
    text = ground.plain[begin:end]
    if not 2 <= len(text) <= 4 or is_generic(text) or head.location is None or _TRADES.search(text):
        return None
    if head.location.level != PlaceLevel.VILLAGE:
        return None
    return Head(begin, end, text + class_word, head.location)


def _located_item(ground: Ground, name: LocatedName, head: Head, class_word: str) -> Head | None:
    """A located item, when it is of the same level as the last one's place."""
    location = name.location
    if head.location is None or location.level != head.location.level:
        return None
    whole = LocatedName(name.start, name.end, location.official, location)
    written = ground.places.chain([whole])
    if written.prefix.endswith(class_word):
        return written
    if has_level(name.surface):
        return None  # 万水泉镇、希望园区街道办事处
    return Head(name.start, name.end, written.prefix + class_word, location)


def enterprises_in_lists(ground: Ground, bodies: list[Body]) -> list[Body]:
    """The enterprises without a tail that a list before 等企业 names."""
    found: list[Body] = []
    taken = Taken(bodies)
    for match in _LISTED.finditer(ground.plain):
        begin = _list_start(ground, match.start())
        for start, end in _items(ground.plain, begin, match.start()):
            start += leading_words(ground.plain[start:end])
            if not taken.overlaps(start, end) and _is_shop(ground.plain[start:end]):
                text = ground.plain[start:end]
                found.append(Body(start, end, end, _LISTED_TAIL, text, Category.ENTERPRISE, text))
    return found


def share_party_tails(ground: Ground, bodies: list[Body]) -> list[Body]:
    """The bodies with departments that share the 党支部 of a list's last item made into branches.

    旗文旅局、住建局党支部: the last department has no level of its own, so the list is one name.
    """
    shared = list(bodies)
    for index in range(len(bodies) - 1, 0, -1):
        last, before = shared[index], shared[index - 1]
        inner = last.inner
        if inner is None or not inner.carried or last.tail.category not in _PARTY_SORTS:
            continue
        if before.category is Category.GOVERNMENT and ground.plain[before.end : last.start] in (
            "、",
            "和",
            "与",
        ):
            name = before.name + last.tail.word
            shared[index - 1] = replace(
                before, name=name, category=last.category, tail=last.tail, inner=before
            )
    return shared


def name_listed_units(ground: Ground, bodies: list[Body]) -> list[Body]:
    """The bodies with the bare ones of a list before 等六家单位 named below the place of its sentence."""
    starts, named = [body.start for body in bodies], list(bodies)
    for match in _UNITS.finditer(ground.plain):
        begin = max(
            ground.plain.rfind(mark, max(0, match.start() - _LONGEST_SENTENCE), match.start())
            for mark in _STOPS
        )
        head = None
        for index in range(bisect_left(starts, begin + 1), bisect_left(starts, match.start())):
            body = bodies[index]
            if body.name and body.root is not None and body.root.resolved:
                head = body.root
            elif head is not None and _is_listed(ground.plain, body):
                named[index] = _below(ground, body, head)
    return named


def _is_listed(plain: str, body: Body) -> bool:
    """Whether a body is a bare item of a list, not one that brackets give as another's second name."""
    beside = plain[body.start - 1 : body.start] + plain[body.end : body.end + 1]
    return not body.name and body.category in _UNIT_SORTS and any(sign in "、和与（等" for sign in beside[1:])


def _below(ground: Ground, body: Body, head: Head) -> Body:
    """A bare body, with the words of its item, and the place of its sentence before its name."""
    start = ground.reach(body.start, body.start - 8)
    text = bare(ground.plain[start : body.end])
    return replace(body, start=start, text=text, name=head.prefix + text, head=head)


def _list_start(ground: Ground, end: int) -> int:
    """Where the list that ends at a position begins: after the last verb before its first item."""
    begin = max(0, end - _LONGEST_LIST)
    begin = max([begin, *(ground.plain.rfind(mark, begin, end) + 1 for mark in _CLAUSE_MARKS)])
    comma = ground.plain.find("、", begin, end)
    if comma < 0:
        return end
    return max(begin, ground.reach(comma, begin))


def _items(plain: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Spans of the items of a list."""
    spans, start = [], begin
    for match in re.finditer("[、和与]|以及", plain[begin:end]):
        spans.append((start, begin + match.start()))
        start = begin + match.end()
    return [*spans, (start, end)]


def _is_shop(text: str) -> bool:
    """Whether an item of a list of enterprises can be the name of one."""
    whole = re.fullmatch("[一-鿿A-Za-z·（）]{3,14}", text) is not None and len(text) >= _LEAST_SIGNS
    return whole and not is_generic(text) and not _TRADES.search(text)
