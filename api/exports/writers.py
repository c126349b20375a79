"""Records written out piece by piece: a list of a million rows takes no more memory than one of ten."""

from collections.abc import Iterable, Iterator
from typing import Any

from api.renderers import to_json

Record = dict[str, Any]


def json_lines(records: Iterable[Record]) -> Iterator[bytes]:
    """One JSON object a line."""
    for record in records:
        yield to_json(record) + b"\n"


def geojson_pieces(records: Iterable[Record]) -> Iterator[bytes]:
    """A FeatureCollection of points; a place whose centre is not known has no geometry."""
    yield b'{"type":"FeatureCollection","features":['
    for number, record in enumerate(records):
        yield (b"," if number else b"") + to_json(feature(record))
    yield b"]}"


def feature(record: Record) -> Record:
    """A place as a GeoJSON feature: longitude first, as RFC 7946 demands."""
    centre = [record.get("longitude"), record.get("latitude")]
    geometry = {"type": "Point", "coordinates": centre} if None not in centre else None
    return {"type": "Feature", "id": record.get("id"), "geometry": geometry, "properties": record}
