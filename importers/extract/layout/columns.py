"""Which articles run in a standing column whose name the page prints."""

import re
from dataclasses import dataclass

from importers.extract.layout.furniture import is_column_name
from importers.extract.layout.pairing import Evidence
from importers.extract.layout.state import Body

_MOST = 60
"""No newspaper's page has more columns; a page of so many short lines is a list."""
_DISPATCH = 800
"""Signs of a dispatch at most; a column of longer reports says by itself which they are."""
_OPINION = re.compile("观点|评|论|谈|思考|感悟|心得|笔|言|语|声音|茶座")
_BRIEFS = re.compile("传真|短波|[简短快]讯|速递|集锦|简报|速览|一句话")
# A section of several reports by its name: 某某在基层, 一线走基层.
_REPORTS = re.compile("[在走下访]基层$")


@dataclass(slots=True)
class Page:
    """Where the things of a page stand, by the indexes of their blocks."""

    bodies: list[Body]
    title_places: list[tuple[int, int, int]]
    """Index of a headline's block, its cluster, and the number of the body that it belongs to."""
    columns: list[tuple[int, str]]
    """Index and name of each column's line, in the order of the page."""
    commentaries: frozenset[int]
    """Numbers of the bodies that are commentaries."""
    evidence: Evidence


def assign_columns(page: Page) -> dict[int, str]:
    """The column's name for the number of each body that runs in one.

    A name that tells what kind of texts run in it claims them first, wherever they stand; then the name
    nearest to an article has the first claim on it: names are read from the bottom up.
    """
    found: dict[int, str] = {}
    if len(page.columns) > _MOST:
        return found
    claimed = {place: _of_kind(page, name, found) for place, name in page.columns}
    for place, name in reversed(page.columns):
        claimed[place] = [body for body in claimed[place] if body not in found]
        found.update(dict.fromkeys(claimed[place], name))
    for place, name in reversed(page.columns):
        for body in [] if claimed[place] else _governed(page, place, name, found):
            found.setdefault(body, name)
    for place, name in page.columns:
        if _REPORTS.search(name) and name in found.values() and _is_listed_over_all(page, place):
            found.update({body: name for body in _reports(page) if body not in found})
    return found


def _is_listed_over_all(page: Page, place: int) -> bool:
    """Whether a name stands with others of its kind before all texts and headlines: beside none of them."""
    first = min([body.start for body in page.bodies] + [at for at, _, _ in page.title_places])
    return place < first and sum(at < first for at, _ in page.columns) > 1


def _reports(page: Page) -> list[int]:
    """The numbers of the bodies that are neither commentaries nor captions nor briefs."""
    return [
        number
        for number, body in enumerate(page.bodies)
        if number not in page.commentaries and not body.caption and not body.bullet
    ]


def _of_kind(page: Page, name: str, found: dict[int, str]) -> list[int]:
    """The numbers of the bodies that a name claims by its words: 某某时评 a commentary, 某某短波 briefs."""
    if not is_column_name(name):
        return []
    if _OPINION.search(name):
        return [body for body in sorted(page.commentaries) if body not in found][:1]
    briefs = [number for number, body in enumerate(page.bodies) if body.bullet]
    row = _round_up(page, briefs[0]) if briefs and _BRIEFS.search(name) else []
    return row if row == briefs else []


def _governed(page: Page, place: int, name: str, found: dict[int, str]) -> list[int]:
    """The numbers of the bodies that a column's name stands for; none where the page does not say."""
    above, below = _neighbours(page, place)
    below = [body for body in below if body not in found]
    if below:
        best = _best(page, name, below)
        return _dispatches(page, place, best) if _BRIEFS.search(name) else _round_up(page, best)
    if above is None or above in found:
        return []
    return _row_of_captions(page, above, found) if not _anything_below(page, place) else [above]


def _neighbours(page: Page, place: int) -> tuple[int | None, list[int]]:
    """The body whose text or headline stands right above, and those that stand right below.

    Below a column's name there is one body or a row of headlines; another column's name ends it.
    """
    things = [(body.start, body.start, [number]) for number, body in enumerate(page.bodies)]
    rows: dict[int, list[tuple[int, int]]] = {}
    for at, cluster, body in page.title_places:
        rows.setdefault(cluster, []).append((at, body))
    for row in rows.values():
        things += [(at, at, [body] + [b for a, b in row if a > at]) for at, body in row]
    others: list[tuple[int, int, list[int]]] = [(at, at, []) for at, _ in page.columns if at != place]
    ahead = min((thing for thing in things + others if thing[0] > place), default=None, key=lambda t: t[0])
    behind = [thing for thing in things if thing[0] < place]
    last_title = max(behind, default=None, key=lambda t: t[0])
    ends = max((body for body in page.bodies if body.end < place), default=None, key=lambda b: b.end)
    above = last_title[2][0] if last_title else None
    if ends is not None and (last_title is None or ends.end > last_title[0]):
        above = page.bodies.index(ends)
    return above, ahead[2] if ahead else []


def _best(page: Page, name: str, candidates: list[int]) -> int:
    """The body whose words the name shares most; the first one where none shares more."""
    first = candidates[0]
    return max(
        candidates, key=lambda body: page.evidence.shared_words(name, body) + (0.01 if body == first else 0)
    )


def _round_up(page: Page, first: int) -> list[int]:
    """A brief and the briefs that follow it, a caption and the captions; any other body alone."""
    row = [first]
    for following in page.bodies[first + 1 :]:
        body = page.bodies[first]
        if not (body.bullet and following.bullet) and not (body.caption and following.caption):
            break
        row.append(row[-1] + 1)
    return row


def _dispatches(page: Page, place: int, first: int) -> list[int]:
    """A short report under 某某快讯 and those after it, up to the next column's name; else as a round-up."""
    end = min((at for at, _ in page.columns if at > place), default=page.bodies[-1].end + 1)
    inside = [n for n in _reports(page) if n >= first and page.bodies[n].start < end]
    short = all(sum(len(block.text) for block in page.bodies[n].blocks) <= _DISPATCH for n in inside)
    return inside if first in inside and short and len(inside) > 1 else _round_up(page, first)


def _row_of_captions(page: Page, last: int, found: dict[int, str]) -> list[int]:
    """A caption and the captions right before it; any other body alone."""
    row = [last]
    while page.bodies[row[-1]].caption and row[-1] - 1 >= 0 and row[-1] - 1 not in found:
        if not page.bodies[row[-1] - 1].caption:
            break
        row.append(row[-1] - 1)
    return row


def _anything_below(page: Page, place: int) -> bool:
    """Whether a text begins after a column's name."""
    return any(body.start > place for body in page.bodies)
