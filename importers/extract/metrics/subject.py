"""What a figure counts, in the text's own words.

A figure stands behind its noun (`修建水窖26处`), before it (`组建5个宣讲组`), or in its middle
(`承包村里的80多亩果园`); in a list the later items share the verb (`建成车间3座、库房2间`).
"""

import re

from msgspec import Struct

from importers.extract.metrics.figures import Figure
from importers.extract.metrics.phrases import (
    ACTED_ON,
    CHANGE_ALONE,
    DONE_TO,
    FIGURE_NEXT,
    GROWN_TO,
    LONGEST,
    MODIFIER,
    NOT_COUNTED,
    OPEN_VERB,
    RIGHT,
    RIGHT_END,
    TIME_USED,
    TOWARDS,
    VERB_ALONE,
    VERB_FIRST,
    clean,
    leading_verb,
    shorten,
    verb_before,
    without_governing,
)
from importers.extract.metrics.units import COUNTS_BARE
from importers.extract.metrics.words import NOUN_LIKE

_STOP = re.compile("[，。；：！？\n（）…—]")
# `嘎查村（社区）食堂`, `苏木镇（街道）`: the one or the other, within the words.
_EITHER = re.compile("(?<=[一-龥])（[一-龥]{1,4}）(?=[一-龥])")
_LEFT_REACH = 48
_AGE = re.compile(r"\d{1,3}周?岁(?:以上|以下)?的?")
_CONTINUED = re.compile(r"年|月|其中|达|为|突破|增|降|至|到|超")
# `接单后须在1个工作日内联系群众`: what is due within a time.
_DUE = re.compile("(?:须|应当?|必须|需要?|要)在?$")
_DONE = re.compile("(?:已经?|均已|业已)(?!有)")
# `招募返乡青年，前后来了58人`: who came stands before.
_CAME = re.compile("(?:前后|先后|陆续|一共|总共|共)?来")
# `不到一刻钟，在代办员的陪同下，证就办好了`: what was done stands behind how and with whom.
_NEXT_CLAUSE = re.compile(
    r"，(?:[在经][^，。；！？\d]{2,16}[下后中]，)?([^，。；：！？“”‘’\n\d]{2,24})[，。；！？]"
)
_DIGIT = re.compile(r"\d")
_ENDS = (*"，。；、！？）\n", "")
_LIST_SIGN = re.compile(r"[、和及与]")


class Subject(Struct, frozen=True):
    """What a figure counts: the words, the span that they come from, and the noun among them."""

    words: str
    start: int
    end: int
    noun: str
    verb: str = ""


class _Left(Struct, frozen=True):
    """The words before a figure in its clause, and how they follow the figure before."""

    raw: str
    start: int
    words: str
    previous: Subject | None
    """Subject of the figure before in the same sentence."""
    same_clause: bool
    listed: bool


def find_subject(plain: str, figure: Figure, previous: tuple[Figure, Subject] | None) -> Subject:
    """What the figure counts; `previous` is the figure before it in the same sentence, with its subject."""
    left = _left_of(plain, figure, previous)
    if figure.unit in COUNTS_BARE:
        words = verb_before(left.words) + figure.unit
        return Subject(words, left.start, figure.end, figure.unit, leading_verb(words))
    right = _noun_after(plain, figure, left)
    if right and plain[figure.end - 1] == "内" and _DUE.search(left.raw):
        return Subject(right, left.start, figure.end + len(right), right, leading_verb(right))
    if right and left.previous is not None and not left.words and _DONE.match(right):
        # `难事120件，其中109件已经办结`: the noun is that of the figure before.
        noun = left.previous.noun[-8:]
        return Subject(noun + right, left.start, figure.end + len(right), noun)
    if right and (not VERB_FIRST.match(MODIFIER.sub("", right)) or OPEN_VERB.search(left.raw)):
        return _before_noun(figure, left, right)
    if right and left.previous is not None and not left.words:
        # `排查薄弱村24个，目前已有19个转化提升`: the noun is that of the figure before.
        noun = left.previous.noun[-8:]
        return Subject(noun + right, left.start, figure.end + len(right), noun)
    return _behind_noun(plain, figure, left)


def _left_of(plain: str, figure: Figure, previous: tuple[Figure, Subject] | None) -> _Left:
    """The words between the figure and the clause's start, or the figure before it."""
    floor = max(0, figure.start - _LEFT_REACH)
    before = _EITHER.sub(_masked, plain[floor : figure.start])
    start = figure.start - len(_STOP.split(before)[-1])
    spoken = plain.rfind("”", start, figure.start)
    if spoken > 0 and plain[spoken - 1] in "。！？，":
        start = spoken + 1
    # `“仅用了20分钟…`: somebody speaks from here on; a closed quote belongs to the phrase.
    opened = plain.rfind("“", start, figure.start)
    if opened >= 0 and plain.find("”", opened, figure.start) < 0:
        start = opened + 1
    if previous is None:
        return _left(plain, start, figure.start, None, same_clause=False, listed=False)
    last, subject = previous
    same_clause = last.end > start
    if same_clause:
        # `走访3个村庄、26户居民`: the noun of the figure before does not belong to this one.
        signs = [match.end() for match in _LIST_SIGN.finditer(plain, last.end, figure.start)]
        start = signs[-1] if signs and subject.end > last.end else max(start, last.end)
    listed = plain[start - 1 : start] in ("、", "和", "及", "与") or plain[start : start + 1] == "、"
    return _left(plain, start, figure.start, subject, same_clause=same_clause, listed=listed)


def _masked(match: re.Match[str]) -> str:
    """As many signs as were found, none of which ends a clause."""
    return "·" * len(match[0])


def _left(
    plain: str, start: int, end: int, previous: Subject | None, *, same_clause: bool, listed: bool
) -> _Left:
    raw = plain[start:end]
    words = clean(raw)
    if previous is not None and same_clause and words and previous.noun.startswith(words):
        words, listed = "", True
    return _Left(raw, start, words, previous, same_clause, listed)


def _before_noun(figure: Figure, left: _Left, right: str) -> Subject:
    """The subject of a figure that stands before what it counts: `组建5个宣讲组`."""
    noun = MODIFIER.sub("", right)
    made_up = left.raw.endswith("由") and not right.startswith("组成")
    towards = TOWARDS.search(left.raw) or left.raw.endswith("等") or made_up
    verb = "" if towards else verb_before(left.words)
    if not verb and left.previous is not None and left.listed:
        verb = left.previous.verb
    return Subject(verb + noun, left.start, figure.end + len(right), noun, leading_verb(verb))


def _behind_noun(plain: str, figure: Figure, left: _Left) -> Subject:
    """The subject of a figure that stands behind what it counts; a bare verb takes the last noun over."""
    previous, words = left.previous, left.words
    if previous is not None and left.same_clause and (not words or GROWN_TO.fullmatch(left.raw)):
        return previous
    if previous is not None and CHANGE_ALONE.fullmatch(words):
        return Subject((previous.noun + words)[-LONGEST:], left.start, figure.start, previous.noun, words)
    if not words and previous is not None and _CONTINUED.search(left.raw):
        # `去年收入18万元，今年突破40万元`: the noun is that of the figure before.
        return previous
    if not words or TIME_USED.fullmatch(words) or _CAME.fullmatch(words):
        return _clause_before(plain, figure, left.start)
    if VERB_ALONE.fullmatch(words) and not words.endswith(tuple(NOUN_LIKE)):
        return _bare_verb(plain, figure, left)
    short = shorten(words)
    verb = leading_verb(short)
    if not verb and previous is not None and left.listed and left.same_clause and not OPEN_VERB.search(short):
        return Subject(previous.verb + short, left.start, figure.start, short, previous.verb)
    return Subject(short, left.start, figure.start, short[len(verb) :] or short, verb)


def _bare_verb(plain: str, figure: Figure, left: _Left) -> Subject:
    """The subject of a verb without an object of its own: `收集问题89个，解决82个`."""
    if left.previous is None:
        if len(left.words) > 2:
            return Subject(left.words, left.start, figure.start, left.words)
        return _clause_before(plain, figure, left.start)
    noun = left.previous.noun
    return Subject((left.words + noun)[:LONGEST], left.start, figure.start, noun, left.words)


def _noun_after(plain: str, figure: Figure, left: _Left) -> str:
    """The noun phrase behind a figure, or "" where the figure closes its clause."""
    # `21名80岁以上老人`: their age does not end what is counted.
    age = _AGE.match(plain, figure.end)
    match = RIGHT.match(plain, age.end() if age else _behind_title(plain, figure.end))
    words = match[0] if match else ""
    if not words or NOT_COUNTED.match(words):
        return ""
    acted_on = TOWARDS.search(left.raw) or ACTED_ON.search(left.raw)
    stop = (FIGURE_NEXT if acted_on else RIGHT_END).search(words)
    if stop is not None:
        words = _up_to(words, stop)
    words = words[: LONGEST if "“" not in words else 24].rstrip("和及的了、是有为近约超达受“‘ ")
    return words if MODIFIER.sub("", words) else ""


def _up_to(words: str, stop: re.Match[str]) -> str:
    """The words behind a figure up to a stop, without a verb that governs the next figure."""
    if len(words) <= LONGEST and DONE_TO.fullmatch(words, stop.start()):
        return words
    noun = words[: stop.start()]
    return without_governing(noun) if stop[0].isdigit() else noun


def _behind_title(plain: str, end: int) -> int:
    """Where the noun begins whose title holds a number: `3名“从军30年”老兵`."""
    close = plain.find("”", end, end + 20) if plain.startswith("“", end) else -1
    titled = close > 0 and _DIGIT.search(plain, end, close) and plain[close + 1 : close + 2] not in _ENDS
    return close + 1 if titled else end


def _clause_before(plain: str, figure: Figure, start: int) -> Subject:
    """The clause before the figure's own, for a figure that stands alone: `排队缴费，仅用了3分钟`."""
    floor = max(0, start - _LEFT_REACH)
    clause = re.split(r"[，。；：！？、\n]", plain[floor:start].rstrip("，、；： "))[-1]
    words = shorten(clean(clause)) + clean(plain[start : figure.start])
    if not words or words == clean(plain[start : figure.start]):
        match = RIGHT.match(plain, figure.end)
        words = (match[0] if match else "")[:LONGEST].lstrip("就才便的").rstrip("了的") or words
        words = words or _clause_after(plain, figure.end)
    return Subject(words, floor, figure.start, words, leading_verb(words))


def _clause_after(plain: str, end: int) -> str:
    """The clause behind a figure that opens a sentence alone: `不到一刻钟，证就办好了`."""
    match = _NEXT_CLAUSE.match(plain, end)
    return match[1][:LONGEST].lstrip("就才便的") if match else ""
