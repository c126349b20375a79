"""Which township a printed name means, where the text says in which banner, county or district it lies."""

from functools import cache

from importers.data.tables import rows

_TAILS = ("街道", "苏木", "镇", "乡")
_LEAST_OF_MISPRINT, _LEAST_OF_SHORT = 3, 2
"""Signs of a stem, at least: of two signs one wrong is another name (东风镇, 东升镇)."""
_MOST_LEFT_OUT = 2


@cache
def _of_counties() -> dict[str, tuple[str, ...]]:
    """The townships of each banner, county and district by its code."""
    return {code: tuple(names.split()) for code, names in rows("townships", 2)}


@cache
def meant_township(county: str | None, printed: str) -> str:
    """The official name of the one township of a county (by its code) that a printed name can mean.

    One wrong sign (桑根达莱镇 for 桑根达来镇) or a short form (万青街道 for 万青路街道) resolves to what is
    meant; the printed name itself where it is official, where several fit, or none.
    """
    names = _of_counties().get(county or "", ())
    if not names or printed in names:
        return printed
    tail = next((tail for tail in _TAILS if printed.endswith(tail)), "")
    stem = printed.removesuffix(tail)
    stems = [name.removesuffix(tail) for name in names if tail and name.endswith(tail)]
    meant = [other for other in stems if _is_misprint(stem, other)]
    meant = meant or [other for other in stems if _is_short(stem, other)]
    return meant[0] + tail if len(meant) == 1 else printed


def _is_misprint(stem: str, name: str) -> bool:
    """Whether two stems differ in one sign."""
    if len(stem) != len(name) or len(stem) < _LEAST_OF_MISPRINT:
        return False
    return sum(a != b for a, b in zip(stem, name, strict=True)) == 1


def _is_short(stem: str, name: str) -> bool:
    """Whether a stem is the beginning of a longer one."""
    return len(stem) >= _LEAST_OF_SHORT and name.startswith(stem) and len(name) <= len(stem) + _MOST_LEFT_OUT
