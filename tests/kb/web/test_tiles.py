import math

import pytest

from kb.web.names import CITIES
from kb.web.tiles import HEIGHT, TILES, VIEW, WIDTH, step

BORDERS = [
    ("150700", "152200"), ("152200", "150500"), ("152200", "152500"), ("150500", "150400"),
    ("150400", "152500"), ("152500", "150900"), ("150900", "150100"), ("150900", "150200"),
    ("150100", "150200"), ("150100", "150600"), ("150200", "150600"), ("150200", "150800"),
    ("150600", "150300"), ("150600", "150800"), ("150300", "152900"), ("150800", "152900"),
]  # fmt: skip


def test_every_city_has_one_tile_inside_the_picture():
    assert sorted(tile.city.code for tile in TILES) == sorted(CITIES)
    _x, _y, width, height = map(float, VIEW.split())
    for tile in TILES:
        corners = [tuple(map(float, corner.split(","))) for corner in tile.points.split()]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in corners)


def test_no_two_tiles_overlap():
    for one in TILES:
        for other in TILES:
            if one is not other:
                assert math.dist((one.x, one.y), (other.x, other.y)) > 0.99 * min(
                    WIDTH, HEIGHT * 2 / math.sqrt(3)
                )


@pytest.mark.parametrize("pair", BORDERS)
def test_cities_that_border_on_each_other_touch(pair):
    one, other = (next(tile for tile in TILES if tile.city.code == code) for code in pair)
    assert math.dist((one.x, one.y), (other.x, other.y)) == pytest.approx(WIDTH, rel=0.01)


@pytest.mark.parametrize(
    ("value", "largest", "shade"),
    [(0, 0, 0), (0, 9, 0), (1, 1, 5), (1, 10_000, 1), (2500, 10_000, 3), (10_000, 10_000, 5)],
)
def test_shades_go_from_none_to_the_largest(value, largest, shade):
    assert step(value, largest) == shade
