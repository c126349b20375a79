"""Counties and districts outside the region, known by the city or province that stands before them.

`保定市涞水县` needs no row of a table: what follows a place outside and ends in 县, 区 or 市 lies in it. The
name holds for the rest of the text (`涞水县派出干部`).
"""

import re
from collections.abc import Sequence

from importers.extract.gazetteer.lookup import Hit, hit_of
from importers.extract.gazetteer.tables import Entry
from kb.vocabulary import PlaceLevel

# 云州区, 沛县, 积石山县, 凤凰古城景区 is none; 北京市区, 湖南省各县 and 天津市场 are none either.
_COUNTY = re.compile(
    r"(?![城市郊地社辖山老库灌牧农矿景校园院小新特]区|[各全多两几本该等此其某辖同外]|开发|高新|经济|示范|自由|保税|自贸)"
    r"(?:[一-鿿]{2,8}?自治县|"
    r"[^\W\d_a-zA-Z的和与及在到从对为是了等有把将由被省市县区旗镇乡村]{1,3}?县|"
    r"[^\W\d_a-zA-Z的和与及在到从对为是了等有把将由被省市县区旗镇乡村社景园校山]{2,4}?[区市])"
    r"(?![域间内级民场容直区镇际位划政县]|别|分[为成]|委托)"
)

# 围场县和平泉市, 涞水县、涞源县: the next of a list lies in the same place.
_NEXT = re.compile(r"[、和与及]")

_MOST = 8
"""Counties of one list, at most."""

_PARENTS = (PlaceLevel.REGION, PlaceLevel.CITY)


def with_outside_counties(plain: str, settled: list[Hit]) -> list[Hit]:
    """The known places with the counties that follow those outside the region, in the order of the text."""
    above = [hit for hit in settled if hit.place and hit.place.level in _PARENTS and not hit.place.at_home]
    if not above:
        return settled
    officials = {hit.start for hit in settled if hit.place and hit.name == hit.place.official}
    found = [county for hit in above for county in _following(plain, hit, officials)]
    found += _again(plain, found)
    return _merged(settled, found) if found else settled


def _following(plain: str, above: Hit, officials: set[int]) -> list[Hit]:
    """The counties that stand right after a place outside, one or a list; a known full name ends them."""
    counties: list[Hit] = []
    position = above.end
    while position not in officials and len(counties) < _MOST:
        match = _COUNTY.match(plain, position)
        if match is None:
            break
        counties.append(_hit(match, above.places[0]))
        joint = _NEXT.match(plain, match.end())
        if joint is None:
            break
        position = joint.end()
    return counties


def _hit(match: re.Match[str], above: Entry) -> Hit:
    """A county as a known place; its city is open where only the province is told."""
    city = above.city or (above.official if above.level is PlaceLevel.CITY else None)
    entry = Entry(match[0], PlaceLevel.COUNTY, None, above.official, above.code, city, above.city_code)
    return hit_of(match.start(), match.end(), match[0], (entry,), certain=True)


def _again(plain: str, counties: Sequence[Hit]) -> list[Hit]:
    """The later mentions of the counties by their names alone."""
    known = {county.name: county.places for county in counties if len(county.name) > 2}
    if not known:
        return []
    names = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    after = min(county.end for county in counties)
    return [
        hit_of(match.start(), match.end(), match[0], known[match[0]], certain=True)
        for match in names.finditer(plain, after)
    ]


def _merged(settled: Sequence[Hit], counties: Sequence[Hit]) -> list[Hit]:
    """All hits in order; a county beats the short form that it begins with (`朝阳` of 朝阳区)."""
    ordered = sorted((*settled, *counties), key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in ordered:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
