"""Rows as an XLSX workbook with typed cells, written row by row to a temporary file."""

import datetime
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kb.tables.cells import Cell

ROWS_A_SHEET = 1_048_576
LONGEST_CELL = 32_767
"""What a sheet and a cell of the format can hold; the rest of a list goes on to a further sheet."""


def write_workbook(headings: Sequence[str], rows: Iterable[Iterable[Cell]]) -> IO[bytes]:
    """An open file with the workbook, which vanishes when it is closed."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the answer closes it
    book = Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet, number = _new_sheet(book, headings, bold), 1
    for row in rows:
        if number == ROWS_A_SHEET:
            sheet, number = _new_sheet(book, headings, bold), 1
        _write_row(sheet, number, row, moment)
        number += 1
    book.close()
    file.seek(0)
    return file


def _new_sheet(book: Workbook, headings: Sequence[str], bold: Any) -> Worksheet:
    """A further sheet with its heading, which stays in sight."""
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for number, heading in enumerate(headings):
        sheet.write_string(0, number, heading, bold)
    return sheet


def _write_row(sheet: Any, row: int, cells: Iterable[Cell], moment: Any) -> None:
    """One row; text is always written as text, so that nothing in it becomes a formula or a link."""
    for number, cell in enumerate(cells):
        match cell:
            case None:
                continue
            case bool():
                sheet.write_boolean(row, number, cell)
            case int() | float():
                sheet.write_number(row, number, cell)
            case datetime.datetime():
                sheet.write_datetime(row, number, timezone.make_naive(cell), moment)
            case datetime.date():
                sheet.write_datetime(row, number, cell)
            case _:
                sheet.write_string(row, number, str(cell)[:LONGEST_CELL])
