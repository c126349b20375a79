"""Rows as CSV, piece by piece: a list of a million rows takes no more memory than one of ten."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kb.tables.cells import Cell, harmless

BOM = "\ufeff"
"""By this Excel knows that a CSV file is UTF-8."""

ROWS_A_PIECE = 200


class _Lines:
    """A file for the csv module that keeps nothing: what is written is what `write` gives back."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(headings: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """CSV in UTF-8 with BOM, cells that a spreadsheet would take for a formula made harmless."""
    writer: Any = csv.writer(_Lines())
    yield (BOM + writer.writerow(headings)).encode()
    piece: list[str] = []
    for row in rows:
        piece.append(writer.writerow([harmless(cell) for cell in row]))
        if len(piece) == ROWS_A_PIECE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join(piece).encode()
