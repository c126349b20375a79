"""Headlines ↔ bodies: which headline is whose, by evidence, as one assignment for the whole page.

What speaks for a pair: words that the two share and other bodies lack, weighted by their rarity; the
kicker's name in the body's lead; a place right before, after or inside the body; and the order in
which a row of headlines and the bodies below it stand.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from importers.extract.layout.assignment import Assignment
from importers.extract.layout.furniture import is_column_name
from importers.extract.layout.heads import Headline, is_slogan
from importers.extract.layout.state import Body
from importers.extract.trie import run_of

_WORDS = re.compile(run_of("一-龥A-Za-z0-9"))
_QUOTED = re.compile("[“‘『「]([^”’』」]{2,12})[”’』」]")
_LEAD = 160
_LEAST = 0.2
"""A pair must score this at least: a place beside each other alone is enough, a shared word is not."""
_SURE, _EVEN = 0.5, 0.1
"""Above _SURE words speak for a pair; two assignments whose sums are less than _EVEN apart are even."""
_KICKED = 0.8
"""A kicker (某某旗：) makes a line a headline: right above a body it outweighs a later line."""
_IN_ORDER = 0.3
"""The nth headline of a row meets the nth body below the row."""
_COLUMN = 4
"""A line of so few signs in a row of headlines is a column's name as a rule."""
_LARGEST = 60
"""Beyond so many headlines a page is no newspaper's page: each goes to the body beside it."""


@dataclass(slots=True)
class Pairing:
    """The body's number for each headline's, and the choices that were nearly even."""

    body_of: dict[int, int]
    even: list[tuple[int, int, int]]
    """Headline, its body, and another body that it fits about as well."""


class Evidence:
    """The words of a page's bodies, and how well a headline's words fit each body."""

    def __init__(self, texts: list[str]) -> None:
        """Keeps the texts; what they share is looked up when it is asked for."""
        self._texts = texts
        self._leads = [text[:_LEAD] for text in texts]
        self._shares: dict[str, list[float]] = {}
        self._holders: dict[str, list[int]] = {}

    def shared_words(self, words: str, body: int) -> float:
        """Share of a phrase's pairs of signs that a body has (`shares`)."""
        return self.shares(words)[body]

    def shares(self, words: str) -> list[float]:
        """For each body the share of a phrase's pairs of signs that it has.

        From 0 to about 1.5: a pair counts less the more bodies have it, and half as much again in a lead.
        """
        shares = self._shares.get(words)
        if shares is None:
            shares = self._shares[words] = self._all_shares(words)
        return shares

    def _all_shares(self, words: str) -> list[float]:
        """The share of a phrase's pairs for each body."""
        totals = [0.0] * len(self._texts)
        if not words:
            return totals
        found = _WORDS.findall(words)
        pairs = {word[n : n + 2] for word in found for n in range(len(word) - 1)}
        for pair in pairs:
            holders = self._who_has(pair)
            for body in holders:
                totals[body] += (1.5 if pair in self._leads[body] else 1.0) / len(holders)
        return [total / len(pairs) for total in totals] if pairs else totals

    def _who_has(self, pair: str) -> list[int]:
        """Numbers of the bodies in which two signs stand together."""
        holders = self._holders.get(pair)
        if holders is None:
            first, second = pair[0], pair[1]
            # Most texts lack one of the two signs, and a single sign is sought ten times as fast as two.
            holders = self._holders[pair] = [
                number
                for number, text in enumerate(self._texts)
                if first in text and second in text and pair in text
            ]
        return holders

    def quoted(self, terms: list[str], body: int) -> float:
        """0.3 where the body has one of the terms that a headline puts in quotation marks."""
        return 0.3 if any(term in self._texts[body] for term in terms) else 0.0

    def kicker(self, kicker: str, body: int) -> float:
        """How surely a body is about the kicker's unit: named in its lead, anywhere, or in part."""
        if kicker in self._leads[body]:
            return 0.8
        if kicker in self._texts[body]:
            return 0.6
        return 0.5 * min(1.0, self.shared_words(kicker, body))


def pair(headlines: list[Headline], bodies: list[Body], evidence: Evidence) -> Pairing:
    """The assignment of headlines to bodies with the greatest sum of scores; some stay without."""
    if len(headlines) > _LARGEST or len(bodies) > _LARGEST:
        return Pairing(_beside(headlines, bodies), [])
    starts = [body.start for body in bodies]
    rows = [_scores(head, bodies, starts, evidence) for head in headlines]
    for row, body in zip(rows, _in_order(headlines, bodies), strict=True):
        if body is not None:
            row[body] += _IN_ORDER
    best = Assignment(rows, _LEAST)
    return Pairing(best.chosen, _even_choices(rows, best))


def _scores(head: Headline, bodies: list[Body], starts: list[int], evidence: Evidence) -> list[float]:
    """How well a headline fits each body, by words and by place; -1 where a body takes none."""
    if len(head.title) < 4:
        return [-1.0] * len(bodies)
    # A long line may end in a column's word and be a headline: 某某把课堂搬到一线.
    doubtful = is_slogan(head.title) or (len(head.title) < 7 and is_column_name(head.title))
    terms = _QUOTED.findall(head.title)
    title, subtitle = evidence.shares(head.title), evidence.shares(head.subtitle)
    scores = []
    for number, body in enumerate(bodies):
        if body.bullet:
            scores.append(-1.0)
            continue
        score = title[number] + subtitle[number]
        if terms:
            score += evidence.quoted(terms, number)
        if head.kicker:
            score += evidence.kicker(head.kicker, number)
        score += _place(head, body, starts)
        if head.kicker and _right_above(head, body):
            score += _KICKED
        scores.append(score - 0.5 if doubtful else score)
    return scores


def _right_above(head: Headline, body: Body) -> bool:
    """Whether nothing stands between a headline and the body below it, its byline's line apart."""
    return head.place < body.start <= head.blocks[-1] + 2


def _place(head: Headline, body: Body, starts: list[int]) -> float:
    """What a headline's place says: beside the body 0.35 or 0.3, inside it 0.3, elsewhere less.

    `starts` are those of all bodies of the page, in order.
    """
    place, start = head.place, body.start
    if place < start:
        between = bisect_left(starts, start) - bisect_right(starts, place)
        return (0.35, 0.1)[between] if between < 2 else max(-0.2, -0.02 * between)
    if place < body.end:
        return 0.3
    if body.caption and place - body.end <= 2:
        return 0.35  # right under a picture: its title, though the text around may go on behind it
    between = bisect_left(starts, place) - bisect_right(starts, start)
    return 0.3 if between == 0 else max(-0.2, -0.02 * between)


def _in_order(headlines: list[Headline], bodies: list[Body]) -> list[int | None]:
    """For the nth headline of a row the number of the nth body below the row; none for its first."""
    rows: dict[int, list[int]] = {}
    for number, head in enumerate(headlines):
        if len(head.title) > _COLUMN and not is_column_name(head.title):
            rows.setdefault(head.cluster, []).append(number)
    found: list[int | None] = [None] * len(headlines)
    for cluster, row in rows.items():
        if len(row) > 1:
            below = [n for n, body in enumerate(bodies) if body.start > cluster and not body.bullet]
            for number, nth in list(zip(row, below, strict=False))[1:]:
                found[number] = nth
    return found


def _even_choices(rows: list[list[float]], best: Assignment) -> list[tuple[int, int, int]]:
    """The pairs without shared words that another assignment would part at almost no loss."""
    total = sum(rows[h][b] for h, b in best.chosen.items())
    even = []
    for h, b in best.chosen.items():
        others = max((score for n, score in enumerate(rows[h]) if n != b), default=-1.0)
        if rows[h][b] > _SURE or others < _LEAST:
            continue
        other = best.without(h)
        if h in other and total - sum(rows[n][c] for n, c in other.items()) < _EVEN:
            even.append((h, b, other[h]))
    return even


def _beside(headlines: list[Headline], bodies: list[Body]) -> dict[int, int]:
    """Each headline to the body below it, for a page with more of them than a newspaper's page has."""
    starts = [body.start for body in bodies]
    chosen: dict[int, int] = {}
    for h, head in enumerate(headlines):
        below = bisect_left(starts, head.place)
        if below < len(bodies) and not bodies[below].bullet:
            chosen[h] = below
    last_for = {b: h for h, b in chosen.items()}
    return {h: b for b, h in last_for.items()}
