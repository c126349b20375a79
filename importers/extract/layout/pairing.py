"""Headlines ↔ bodies: which headline is whose, by evidence, as one assignment for the whole page.

What speaks for a pair: words that the two share and other bodies lack, weighted by their rarity; the
kicker's name in the body's lead; a place right before, after or inside the body; and the order in
which a row of headlines and the bodies below it stand.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from importers.extract.layout.furniture import is_column_name
from importers.extract.layout.heads import Headline, is_slogan
from importers.extract.layout.state import Body

_WORDS = re.compile("[一-龥A-Za-z0-9]+")
_QUOTED = re.compile("[“‘『「]([^”’』」]{2,12})[”’』」]")
_LEAD = 160
_LEAST = 0.2
"""A pair must score this at least: a place beside each other alone is enough, a shared word is not."""
_SURE, _EVEN = 0.5, 0.1
"""Above _SURE words speak for a pair; two assignments whose sums are less than _EVEN apart are even."""
_KICKED = 0.8
"""A kicker (某某旗：) makes a line a headline: right above a body it outweighs a later line."""
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
        self._known: dict[str, frozenset[str]] = {}
        self._holders: dict[str, frozenset[int]] = {}

    def shared_words(self, words: str, body: int) -> float:
        """Share of a phrase's pairs of signs that a body has, each counting less the more bodies have it.

        From 0 to about 1.5: pairs that stand in the body's lead count half as much again.
        """
        pairs = self._pairs_of(words)
        lead = self._leads[body]
        total = 0.0
        for pair in pairs:
            holders = self._who_has(pair)
            if body in holders:
                total += (1.5 if pair in lead else 1.0) / len(holders)
        return total / len(pairs) if pairs else 0.0

    def _pairs_of(self, words: str) -> frozenset[str]:
        """The pairs of signs that stand together in a phrase."""
        pairs = self._known.get(words)
        if pairs is None:
            found = _WORDS.findall(words)
            pairs = frozenset(word[n : n + 2] for word in found for n in range(len(word) - 1))
            self._known[words] = pairs
        return pairs

    def _who_has(self, pair: str) -> frozenset[int]:
        """Numbers of the bodies in which two signs stand together."""
        holders = self._holders.get(pair)
        if holders is None:
            holders = frozenset(n for n, text in enumerate(self._texts) if pair in text)
            self._holders[pair] = holders
        return holders

    def quoted(self, words: str, body: int) -> float:
        """0.3 where the body has the very words that a headline puts in quotation marks."""
        terms = _QUOTED.findall(words)
        return 0.3 if any(term in self._texts[body] for term in terms) else 0.0

    def kicker(self, kicker: str | None, body: int) -> float:
        """How surely a body is about the kicker's unit: named in its lead, anywhere, or in part."""
        if not kicker:
            return 0.0
        if kicker in self._leads[body]:
            return 0.8
        if kicker in self._texts[body]:
            return 0.6
        return 0.5 * min(1.0, self.shared_words(kicker, body))


def pair(headlines: list[Headline], bodies: list[Body], evidence: Evidence) -> Pairing:
    """The assignment of headlines to bodies with the greatest sum of scores; some stay without."""
    if len(headlines) > _LARGEST or len(bodies) > _LARGEST:
        return Pairing(_beside(headlines, bodies), [])
    rows = [
        [_score(head, bodies, b, evidence) + _order(headlines, bodies, h, b) for b in range(len(bodies))]
        for h, head in enumerate(headlines)
    ]
    chosen = assign(rows, _LEAST)
    return Pairing(chosen, _even_choices(rows, chosen))


def _score(head: Headline, bodies: list[Body], number: int, evidence: Evidence) -> float:
    """How well a headline fits a body, by words and by place; -1 where a body takes none."""
    body = bodies[number]
    if body.bullet:
        return -1.0
    words = evidence.shared_words(head.title, number) + evidence.shared_words(head.subtitle, number)
    words += evidence.quoted(head.title, number)
    score = words + evidence.kicker(head.kicker, number) + _place(head, bodies, number)
    if len(head.title) < 4:
        return -1.0
    if head.kicker and _right_above(head, body):
        score += _KICKED
    # A long line may end in a column's word and be a headline: 某某把课堂搬到一线.
    if is_slogan(head.title) or (is_column_name(head.title) and len(head.title) < 7):
        score -= 0.5
    return score


def _right_above(head: Headline, body: Body) -> bool:
    """Whether nothing stands between a headline and the body below it, its byline's line apart."""
    return head.place < body.start <= head.blocks[-1] + 2


def _place(head: Headline, bodies: list[Body], number: int) -> float:
    """What a headline's place says: beside the body 0.35 or 0.3, inside it 0.3, elsewhere less."""
    body = bodies[number]
    if head.place < body.start:
        between = sum(1 for other in bodies if head.place < other.start < body.start)
        return (0.35, 0.1)[between] if between < 2 else max(-0.2, -0.02 * between)
    if head.place < body.end:
        return 0.3
    between = sum(1 for other in bodies if body.start < other.start < head.place)
    return 0.3 if between == 0 else max(-0.2, -0.02 * between)


def _order(headlines: list[Headline], bodies: list[Body], h: int, b: int) -> float:
    """0.3 where the nth headline of a row meets the nth body below the row."""
    head = headlines[h]
    row = [other for other in headlines if other.cluster == head.cluster and not is_column_name(other.title)]
    if len(row) < 2 or head not in row:
        return 0.0
    below = [n for n, body in enumerate(bodies) if body.start > head.cluster and not body.bullet]
    place = row.index(head)
    return 0.3 if place < len(below) and below[place] == b and place > 0 else 0.0


def _even_choices(rows: list[list[float]], chosen: dict[int, int]) -> list[tuple[int, int, int]]:
    """The pairs without shared words that another assignment would part at almost no loss."""
    best = sum(rows[h][b] for h, b in chosen.items())
    even = []
    for h, b in chosen.items():
        others = max((score for n, score in enumerate(rows[h]) if n != b), default=-1.0)
        if rows[h][b] > _SURE or others < _LEAST:
            continue
        without = [row if n != h else [*row[:b], -1.0, *row[b + 1 :]] for n, row in enumerate(rows)]
        other = assign(without, _LEAST)
        if h in other and best - sum(without[n][c] for n, c in other.items()) < _EVEN:
            even.append((h, b, other[h]))
    return even


def assign(rows: list[list[float]], least: float) -> dict[int, int]:
    """The column for each row so that the sum of scores is greatest; rows under `least` stay without.

    The Hungarian method over the matrix with one empty column for each row (cubic in its size).
    """
    if not rows or not rows[0]:
        return {}
    width = len(rows[0])
    costs = [[-score if score >= least else 9.0 for score in row] + [-least] * len(rows) for row in rows]
    columns = _hungarian(costs)
    return {
        row: column for row, column in enumerate(columns) if column < width and rows[row][column] >= least
    }


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


def _hungarian(costs: list[list[float]]) -> list[int]:
    """The column of each row in an assignment of least cost; columns are at least as many as rows."""
    height, width = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    row_at = [0] * (width + 1)
    for row in range(1, height + 1):
        came_from = _augment(costs, row, row_at, row_price, column_price)
        column = came_from[-1]
        while column:
            previous = came_from[column]
            row_at[column] = row_at[previous]
            column = previous
    answer = [0] * height
    for column in range(1, width + 1):
        if row_at[column]:
            answer[row_at[column] - 1] = column - 1
    return answer


def _augment(
    costs: list[list[float]], row: int, row_at: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """The cheapest path from a new row to a free column: each column's predecessor, its end last."""
    width = len(column_price) - 1
    row_at[0] = row
    cheapest, came_from, seen = [float("inf")] * (width + 1), [0] * (width + 2), [False] * (width + 1)
    column = 0
    while row_at[column]:
        seen[column] = True
        here = row_at[column]
        step, following = float("inf"), 0
        for j in range(1, width + 1):
            if seen[j]:
                continue
            cost = costs[here - 1][j - 1] - row_price[here] - column_price[j]
            if cost < cheapest[j]:
                cheapest[j], came_from[j] = cost, column
            if cheapest[j] < step:
                step, following = cheapest[j], j
        for j in range(width + 1):
            if seen[j]:
                row_price[row_at[j]] += step
                column_price[j] -= step
            else:
                cheapest[j] -= step
        column = following
    came_from[-1] = column
    return came_from
