"""Names in quotes: where they stand, which head word they go by, whether they name an undertaking.

Also names of which the quotes hold only a part (`青春“诗”语朗诵会`), and names of two parts
(`“五学”联动的“甲乙式”培训模式`).
"""

import re
from collections import Counter

from msgspec import Struct

from importers.extract.initiatives import words as words
from importers.extract.initiatives.evidence import ASSERTED, DOUBTED, Setting, weight_of
from importers.extract.initiatives.heads import HeadPhrase, head_after, head_before, shared_head
from importers.extract.initiatives.quotes import Quoted, quote_lists, quoted_spans
from kb.vocabulary import InitiativeKind as Kind


class Candidate(Struct, frozen=True):
    """A name that was found, before the mentions of one undertaking are put together."""

    start: int
    end: int
    core: str
    """The name's own words, without quotes."""
    head: HeadPhrase | None = None
    weight: int = ASSERTED
    name: str = ""
    """The full name where core and head do not make it, as in names without quotes."""
    kind: Kind | None = None
    nationwide: bool = False


def quoted_names(plain: str, title: str = "") -> tuple[list[Candidate], list[Candidate], list[Quoted]]:
    """The quoted names, the doubtful ones, and all quotations of the text; `title` is its headline."""
    spans = quoted_spans(plain)
    main = _named_above(title, spans)
    outside_titles = [q for q in spans if not _in_title(plain, q)] if "《" in plain else spans
    found = [name for names in quote_lists(plain, outside_titles) for name in _candidates(plain, names, main)]
    asserted = [name for name in found if name.weight >= ASSERTED]
    return asserted, [name for name in found if name.weight < ASSERTED], spans


def _in_title(plain: str, quoted: Quoted) -> bool:
    """Whether the quotation stands in a document's title: 《关于“甲乙”的通知》."""
    opening = plain.rfind("《", max(0, quoted.start - 40), quoted.start)
    return opening >= 0 and "》" not in plain[opening : quoted.start]


_TEAM = ("队", "团")
"""A team is a body that acts."""
_SHORTEST = 3
"""Signs of a name at least that nothing but the headline tells."""


def _named_above(title: str, spans: list[Quoted]) -> frozenset[str]:
    """What the headline has in quotes and the text more than once."""
    if "“" not in title:
        return frozenset()
    times = Counter(quoted.inner for quoted in spans)
    found = (quoted.inner for quoted in quoted_spans(title) if len(quoted.inner) >= _SHORTEST)
    return frozenset(inner for inner in found if times[inner] > 1 and not inner.endswith(_TEAM))


def _candidates(plain: str, names: list[Quoted], main: frozenset[str]) -> list[Candidate]:
    """The names of one list, certain and doubtful ones, with what all of them share around them."""
    first, last = names[0], names[-1]
    left = _left_of(plain, first.start)
    own = head_after(plain, last.end)
    shared = (shared_head(plain, own.end) if own and own.link != "等" else None) or own
    outer = shared or head_before(plain, first.start, first.end)
    after = plain[last.end : last.end + 60]
    found = []
    for quoted in names:
        head = (own if quoted is last else None) or outer
        special = _mixed_name(plain, quoted) if len(quoted.inner) <= 2 else None
        special = special or (_chained_name(plain, quoted, own) if own and quoted is last else None)
        if special:
            found.append(special)
            continue
        right = plain[quoted.end : quoted.end + 24]
        in_list, in_title = len(names) > 1, quoted.inner in main
        weight = weight_of(Setting(quoted.inner, left, right, after, head, in_list, in_title))
        if weight >= DOUBTED:
            found.append(Candidate(quoted.start, quoted.end, quoted.inner, head, weight))
    return found


_CLAUSE_BACKWARDS = re.compile("[：，]?[^，。；：、！？“”‘’《》\n]*")


def _left_of(plain: str, start: int) -> str:
    """What stands before a quotation in its clause, with the sign before it; at most 24 signs."""
    window = plain[start - 24 : start] if start > 24 else plain[:start]
    clause = _CLAUSE_BACKWARDS.match(window[::-1])
    return window[-clause.end() :] if clause and clause.end() else ""


_MIXED_LEFT = re.compile(rf"(?:{words.BRAND_WORDS})?$")


def _mixed_name(plain: str, quoted: Quoted) -> Candidate | None:
    """A name of which only a sign or two are quoted: 青春“诗”语朗诵会, “廉”心讲堂."""
    if quoted.inner in words.STOCK:
        return None
    joined = quoted.inner + plain[quoted.end : quoted.end + 10]
    phrase = head_after(joined, 0)
    if not phrase or phrase.link or phrase.weak or phrase.end <= len(quoted.inner) + 1:
        return None
    if phrase.end - len(phrase.head) == len(quoted.inner):
        return None
    left = _MIXED_LEFT.search(plain[max(0, quoted.start - 4) : quoted.start])
    start = quoted.start - (len(left[0]) if left else 0)
    end = quoted.end + phrase.end - len(quoted.inner)
    core = plain[start:end]
    return Candidate(start, end, core, phrase, ASSERTED, core)


_CHAIN = re.compile("”(?:并举|联动|协同|同步|一体|融合|齐抓|并进|互动)的?$")


def _chained_name(plain: str, quoted: Quoted, head: HeadPhrase) -> Candidate | None:
    """A name that another quoted name is a part of: “五学”联动的“甲乙式”培训模式."""
    if head.weak:
        return None
    chain = _CHAIN.search(plain[max(0, quoted.start - 6) : quoted.start])
    opening = plain.rfind("“", max(0, quoted.start - 20), quoted.start - len(chain[0])) if chain else -1
    if opening < 0:
        return None
    core = plain[opening : head.end]
    return Candidate(opening, head.end, core, head, ASSERTED, core)
