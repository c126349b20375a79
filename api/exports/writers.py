"""Records written out piece by piece: a list of a million rows takes no more memory than one of ten."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from api.exports.cells import TableColumn, harmless
from api.renderers import to_json

Record = dict[str, Any]

BOM = "\ufeff"
"""By this Excel knows that a CSV file is UTF-8."""

ROWS_A_PIECE = 200


class _Lines:
    """A file for the csv module that keeps nothing: what is written is what `write` gives back."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(records: Iterable[Record], columns: list[TableColumn]) -> Iterator[bytes]:
    """CSV in UTF-8 with BOM, cells that a spreadsheet would take for a formula made harmless."""
    writer: Any = csv.writer(_Lines())
    yield (BOM + writer.writerow([column.heading for column in columns])).encode()
    piece: list[str] = []
    for record in records:
        piece.append(writer.writerow([harmless(column.take(record)) for column in columns]))
        if len(piece) == ROWS_A_PIECE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join(piece).encode()


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
