"""One undertaking for all the forms of its name in an article: the fullest form, one kind, every mention."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate, islice

from msgspec import Struct

from importers.extract.initiatives.heads import HEAD_KINDS
from importers.extract.initiatives.kinds import kind_of, kind_of_mentions
from importers.extract.initiatives.nationwide import is_nationwide_name
from importers.extract.initiatives.quoted import Candidate
from importers.extract.initiatives.quotes import Quoted
from importers.extract.text import BodyText
from kb.vocabulary import InitiativeKind as Kind

_SIGNS = re.compile(r"[\s“”‘’·，、！]")
# A place of service or a project that carries a campaign's name is a thing of its own:
# “甲乙丙”志愿服务活动 and “甲乙丙”驿站.
_APART = frozenset({Kind.FACILITY, Kind.PROJECT})
_SERIES = re.compile("系列(?:主题)?活动$")
_SHORTEST_BARE = 5
"""An unquoted repetition of a shorter name may be ordinary words."""

_HEAD_WORDS = tuple(HEAD_KINDS)

_MOST_NAMES = 300
"""An article has a few dozen names at most; of more, only the first are looked for without quotes."""

Group = tuple[str, bool]
"""A name's words, and whether they name a place of service or a project apart from the undertaking."""
Groups = dict[Group, list[Candidate]]


class Undertaking(Struct, frozen=True):
    """A named undertaking: its canonical name and kind, where it was found, where it is repeated."""

    name: str
    kind: Kind
    found: tuple[Candidate, ...]
    repeated: tuple[tuple[int, int], ...] = ()
    nationwide: bool = False


def undertakings(found: list[Candidate], quotes: list[Quoted], text: BodyText) -> list[Undertaking]:
    """The undertakings that the found names stand for, in order of their first mention."""
    if not found:
        return []
    groups = _grouped(found, text)
    shared = {key for key, apart in groups if apart and ((key, False) in groups or is_nationwide_name(key))}
    repeats = _repeats(groups, quotes, text)
    named = [
        _undertaking(
            _widened(members) if key in shared else members, tuple(repeats.get((key, apart), ())), text
        )
        for (key, apart), members in groups.items()
    ]
    return _joined(named)


def _joined(named: list[Undertaking]) -> list[Undertaking]:
    """The undertakings; one named as just one quoted name goes by is that one: “甲乙”党员书屋, 党员书屋."""
    wholes: dict[str, list[str]] = defaultdict(list)
    for undertaking in named:
        if "”" in undertaking.name:
            wholes[undertaking.name.rpartition("”")[2]].append(undertaking.name)
    again: dict[str, tuple[tuple[int, int], ...]] = defaultdict(tuple)
    kept = []
    for undertaking in named:
        whole = wholes.get(undertaking.name, ())
        if len(whole) == 1 and not undertaking.nationwide:
            spans = tuple((found.start, found.end) for found in undertaking.found)
            again[whole[0]] += spans + undertaking.repeated
        else:
            kept.append(undertaking)
    return [Undertaking(u.name, u.kind, u.found, u.repeated + again[u.name], u.nationwide) for u in kept]


def _grouped(found: list[Candidate], text: BodyText) -> Groups:
    """The mentions by name and by whether they name a thing apart.

    Headless ones join the others, and so do those whose head is a whole list's (`“甲”“乙”等党建阵地`).
    """
    groups: Groups = defaultdict(list)
    for candidate in sorted(found, key=lambda c: (_no_head_of_its_own(c), c.start)):
        apart = kind_of(candidate, text) in _APART
        key = _key(candidate.core)
        if _no_head_of_its_own(candidate):
            apart = (_group_of(key, groups) or (key, apart))[1]
        groups[key, apart].append(candidate)
    return groups


def _no_head_of_its_own(candidate: Candidate) -> bool:
    """Whether no head word belongs to this name alone."""
    return candidate.head is None or candidate.head.link == "等"


def _key(core: str) -> str:
    """The name's words alone, by which its forms are told to be one."""
    return core if core.isalnum() else _SIGNS.sub("", core)


def _widened(members: list[Candidate]) -> list[Candidate]:
    """The mentions with their head words, where the name alone stands for two things."""
    return [
        Candidate(m.start, m.head.end, m.core, m.head, m.weight, m.name, m.kind)
        if m.head and not m.head.link
        else m
        for m in members
    ]


def _undertaking(
    members: list[Candidate], repeated: tuple[tuple[int, int], ...], text: BodyText
) -> Undertaking:
    """The undertaking of its mentions; name and kind are those of the fullest form."""
    if len(members) == 1:
        only = members[0]
        return Undertaking(full_name(only), kind_of(only, text), (only,), repeated, only.nationwide)
    forms = {m.head.words if m.head and not m.head.link else "": m for m in reversed(members)}
    said = Counter(m.head.words for m in members if m.head and not m.head.link)
    fullest = max(forms.values(), key=lambda m: (_support(m, said), len(full_name(m)), -m.start))
    return Undertaking(
        full_name(fullest),
        kind_of_mentions(fullest, members, text),
        tuple(members),
        repeated,
        fullest.nationwide,
    )


def _support(member: Candidate, said: Counter[str]) -> int:
    """How many mentions a name's form stands for: 志愿服务活动 also for those that say 活动 alone."""
    if member.head is None or member.head.link:
        return 0
    return sum(count for words, count in said.items() if member.head.words.endswith(words))


def full_name(found: Candidate) -> str:
    """The name in quotes with its head word; without one where it is understood alone."""
    if found.name:
        return found.name
    name = f"“{found.core}”"
    head = found.head
    if head is None or (head.link == "等" and found.core.endswith(head.head)):
        return name
    words = _without_series(head.words)
    theme = "主题" if head.link == "为主题" and not head.words.startswith("主题") else ""
    return name + theme + words


def _without_series(words: str) -> str:
    """The words of a head phrase without 系列主题活动 where a head word stands before it (红色沙龙)."""
    series = _SERIES.search(words)
    if series is None:
        return words
    short = words[: series.start()]
    return short if short.endswith(_HEAD_WORDS) else words


def _repeats(groups: Groups, quotes: list[Quoted], text: BodyText) -> dict[Group, list[tuple[int, int]]]:
    """Further mentions of each name: in quotes anywhere, without quotes where it is long enough."""
    taken = sorted((m.start, _end_with_head(m)) for members in groups.values() for m in members)
    starts = [start for start, _ in taken]
    ends = list(accumulate((end for _, end in taken), max))
    repeats: dict[Group, list[tuple[int, int]]] = defaultdict(list)
    reached = 0
    for start, end, group in sorted([*_quoted_repeats(groups, quotes, text), *_bare_repeats(groups, text)]):
        before = bisect_left(starts, end)
        if start >= reached and (not before or ends[before - 1] <= start):
            repeats[group].append((start, end))
            reached = end
    return repeats


def _end_with_head(found: Candidate) -> int:
    """Where a name ends with the head words right behind it, which repeat no other name."""
    return max(found.end, found.head.end) if found.head and not found.head.link else found.end


def _quoted_repeats(groups: Groups, quotes: list[Quoted], text: BodyText) -> list[tuple[int, int, Group]]:
    """The quotations that repeat a name."""
    # The undertaking itself goes before the place that carries its name.
    named = {key: (key, apart) for key, apart in sorted(groups, reverse=True)}
    found = []
    for quoted in quotes:
        key = _key(quoted.inner)
        group = named.get(key) or _cut_group(key, text.plain[quoted.end : quoted.end + 2], named)
        if group and not is_nationwide_name(group[0]):
            found.append((quoted.start, quoted.end, group))
    return found


def _group_of(key: str, groups: Groups) -> Group | None:
    """The group of a name: the undertaking itself before the place that carries its name."""
    if (key, False) in groups:
        return key, False
    return (key, True) if (key, True) in groups else None


def _cut_group(key: str, following: str, named: dict[str, Group]) -> Group | None:
    """The group of a name whose last sign or two stand outside the quotes: “甲乙丙”村 for “甲乙丙村”."""
    return named.get(key + following[:1]) or named.get(key + following)


def _bare_repeats(groups: Groups, text: BodyText) -> list[tuple[int, int, Group]]:
    """Where names of some length are repeated without quotes."""
    cores = {
        members[0].core: group
        for group, members in islice(groups.items(), _MOST_NAMES)
        if len(members[0].core) >= _SHORTEST_BARE
        and not members[0].nationwide
        and not is_nationwide_name(members[0].core)
    }
    return [(at, at + len(core), group) for core, group in cores.items() for at in _finds(text.plain, core)]


def _finds(plain: str, words: str) -> Iterator[int]:
    """Where the words occur, without overlaps."""
    at = plain.find(words)
    while at >= 0:
        yield at
        at = plain.find(words, at + len(words))
