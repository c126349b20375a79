"""What the overview's pictures are drawn from: parts of bars, heights of columns, shades of tiles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb.vocabulary import InitiativeKind, MetricStatus
from kb.web.links import web_list
from kb.web.names import CITIES, ELSEWHERE, QUANTITIES
from kb.web.summary import Summary
from kb.web.tiles import TILES, Tile, step

SCALE = 1000
"""A full bar is so many units long; drawings stretch it to the room that they have."""
COLUMN = 120
"""The height of the tallest column."""


FILLS = {
    "campaign": "#b3262e",
    "brand": "#d3862b",
    "mechanism": "#2f7a82",
    "project": "#3f5c9a",
    "facility": "#84659f",
    "event": "#7a8450",
    "reported": "#b3262e",
    "planned": "#e3a6a0",
}
"""The colours of parts in a picture that stands alone; on the page the style sheet has the say."""

SHADES = ("#f1eeea", "#f7dcd8", "#eeb5ae", "#dd8079", "#c64b48", "#a01f27")
INKS = ("#5f5751", "#26221f", "#26221f", "#26221f", "#ffffff", "#ffffff")
"""Fill and writing of the map's shades, from none to the largest value."""

BAR_STEP, COLUMN_STEP, LINE_STEP = 30, 70, 64
"""From one bar to the next below, from one column to the next, from one figure to the next below."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A tile of the map with its value."""

    tile: Tile
    value: int
    step: int
    url: str

    @property
    def fill(self) -> str:
        """The colour of the tile where there is no style sheet."""
        return SHADES[self.step]

    @property
    def ink(self) -> str:
        """The colour of the writing where there is no style sheet."""
        return INKS[self.step]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar or column: how many, where it begins and how long it is."""

    name: str
    label: str
    value: int
    at: float
    size: float
    url: str

    @property
    def fill(self) -> str:
        """The colour where there is no style sheet."""
        return FILLS[self.name]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar or column with its parts; parts without a value have no size."""

    label: str | Promise
    total: int
    url: str
    parts: tuple[Part, ...]
    offset: int = 0
    """Where it stands in a drawing, counted in bars."""

    @property
    def x(self) -> int:
        """The middle of a column."""
        return COLUMN_STEP // 2 + self.offset * COLUMN_STEP

    @property
    def y(self) -> int:
        """The top of a bar, below the colours' names."""
        return 40 + self.offset * BAR_STEP

    @property
    def top(self) -> float:
        """The top of a column."""
        return min(part.at for part in self.parts)


def shades(summary: Summary, by: str) -> list[Shade]:
    """The tiles of the map, coloured by a quantity."""
    values = {tile: summary.city(tile.city.code)[by] for tile in TILES}
    largest = max(values.values())
    return [
        Shade(tile, value, step(value, largest), reverse("web:city", args=[tile.city.code]))
        for tile, value in values.items()
    ]


def city_rows(summary: Summary, by: str) -> list[tuple[object, str, list[tuple[str, int, str]]]]:
    """The table beside the map: name, code and each quantity with its list, the largest first."""
    ordered = sorted(CITIES, key=lambda code: (-summary.city(code)[by], code))
    rows: list[tuple[object, str, list[tuple[str, int, str]]]] = []
    for code in (*ordered, ELSEWHERE):
        counts = summary.city(code)
        cells = [(name, counts[name], web_list(name, city=code) if code else "") for name in QUANTITIES]
        if code or any(counts.values()):
            rows.append((CITIES[code].full if code else _("其他地方或未注明"), code, cells))
    return rows


def initiative_bars(summary: Summary) -> list[Bar]:
    """One bar a 盟市 that has initiatives, the longest first; what has no 盟市 comes last."""
    found = summary.initiatives
    totals = {code: sum(found[code].values()) for code in found}
    longest = max(totals.values(), default=1)
    ordered = sorted(totals, key=lambda code: (code == ELSEWHERE, -totals[code], code))
    kinds = [(kind.value, kind.label) for kind in InitiativeKind]
    return [
        Bar(
            CITIES[code].full if code else _("全国、全区或未注明"),
            totals[code],
            web_list("initiatives", city=code) if code else "",
            _parts(kinds, found[code], longest, SCALE, code),
            offset,
        )
        for offset, code in enumerate(ordered)
    ]


def _parts(
    kinds: Iterable[tuple[str, str]], counts: dict[str, int], longest: int, scale: int, code: str
) -> tuple[Part, ...]:
    """The parts of a bar, one after the other."""
    at, parts = 0.0, []
    for kind, label in kinds:
        value = counts.get(kind, 0)
        size = round(scale * value / longest, 1)
        url = web_list("initiatives", city=code, kind=kind) if code else ""
        parts.append(Part(kind, label, value, round(at, 1), size, url))
        at += size
    return tuple(parts)


def year_columns(summary: Summary) -> list[Bar]:
    """One column a year, done below and planned above; the figures of no known year come last."""
    tallest = max((sum(counts.values()) for when, counts in summary.years.items() if when), default=1)
    columns = []
    for offset, (when, counts) in enumerate(summary.years.items()):
        if when is None:
            continue
        at, parts = float(COLUMN), []
        for status in MetricStatus:
            value = counts.get(status.value, 0)
            size = round(COLUMN * value / tallest, 1)
            at -= size
            url = web_list("metrics", as_of=when, status=status.value)
            parts.append(Part(status.value, status.label, value, round(at, 1), size, url))
        address = web_list("metrics", as_of=when)
        columns.append(Bar(str(when), sum(counts.values()), address, tuple(parts), offset))
    return columns
