"""The schematic map: the twelve 盟市 as hexagons that touch where the cities border on each other."""

from dataclasses import dataclass
from math import sqrt

from kb.web.names import CityName

RADIUS = 60.0
WIDTH, HEIGHT = RADIUS * sqrt(3), RADIUS * 1.5
"""From one hexagon's centre to the next one's in its row, and from one row to the next."""
GAP = 3.0
STEPS = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A hexagon; `column` counts widths from the west, `row` from the north."""

    city: CityName
    column: float
    row: int

    @property
    def x(self) -> float:
        """The centre, in units of the drawing."""
        return round((self.column - 0.5) * WIDTH, 1)

    @property
    def y(self) -> float:
        """The centre, in units of the drawing."""
        return round(self.row * HEIGHT + RADIUS, 1)

    @property
    def points(self) -> str:
        """The corners, as SVG's polygon takes them."""
        r, w = RADIUS - GAP, (RADIUS - GAP) * sqrt(3) / 2
        corners = ((0, -r), (w, -r / 2), (w, r / 2), (0, r), (-w, r / 2), (-w, -r / 2))
        return " ".join(f"{self.x + x:.1f},{self.y + y:.1f}" for x, y in corners)


TILES = tuple(
    Tile(city, column, row)
    for city, column, row in (
        (CityName.HULUNBUIR, 6, 0),
        (CityName.XILINGOL, 4.5, 1),
        (CityName.HINGGAN, 5.5, 1),
        (CityName.ALXA, 1, 2),
        (CityName.BAYANNUR, 2, 2),
        (CityName.BAOTOU, 3, 2),
        (CityName.ULANQAB, 4, 2),
        (CityName.CHIFENG, 5, 2),
        (CityName.TONGLIAO, 6, 2),
        (CityName.WUHAI, 1.5, 3),
        (CityName.ORDOS, 2.5, 3),
        (CityName.HOHHOT, 3.5, 3),
    )
)

VIEW = f"0 0 {6 * WIDTH + 2:.0f} {3 * HEIGHT + 2 * RADIUS:.0f}"


def step(value: int, largest: int) -> int:
    """The shade of a value, 0 (none) to 5 (the largest), by its square root so that small ones differ."""
    if value <= 0 or largest <= 0:
        return 0
    return min(STEPS, 1 + int(STEPS * sqrt(value / largest)))
