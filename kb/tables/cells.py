"""What a cell may hold, and text that a spreadsheet would compute made harmless."""

import datetime
import re

Cell = str | int | float | bool | datetime.date | datetime.datetime | None

FORMULA = re.compile(r"^[=+\-@＝＋－＠\t\r]")


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: `=1+1` becomes `'=1+1`."""
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell
