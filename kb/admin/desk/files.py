"""A list as a file: the rows as filtered and sorted, the columns as shown."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import strip_tags

from kb.tables.cells import Cell
from kb.tables.commas import csv_pieces
from kb.tables.workbook import write_workbook

MOST_IN_A_WORKBOOK = 100_000
"""Rows of a workbook; it is written before it is sent. CSV is sent as it is written, and has no end."""

AT_ONCE = 1000
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def list_file(model_admin: Any, rows: QuerySet, columns: Iterable[Any], form: str) -> HttpResponseBase:
    """The rows as a CSV or XLSX file for downloading."""
    names = [name for name in columns if name != "action_checkbox"]
    headings = [str(label_for_field(name, model_admin.model, model_admin)) for name in names]
    file = f"{model_admin.model._meta.model_name}.{form}"
    if form == "xlsx":
        book = write_workbook(headings, _cells(model_admin, rows[:MOST_IN_A_WORKBOOK], names))
        return FileResponse(book, as_attachment=True, filename=file, content_type=FORMS[form])
    pieces = csv_pieces(headings, _cells(model_admin, rows, names))
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return StreamingHttpResponse(pieces, content_type=FORMS[form], headers=headers)


def _cells(model_admin: Any, rows: QuerySet, names: list[str]) -> Iterator[list[Cell]]:
    """The cells of each row."""
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield [cell(model_admin, row, name) for name in names]


def cell(model_admin: Any, row: Model, name: str) -> Cell:
    """What a column shows of a row: numbers and dates as such, choices by their label, links by name."""
    try:
        field, _attribute, value = lookup_field(name, row, model_admin)
    except ObjectDoesNotExist:
        return None
    if field is not None and getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value))
    if field is not None and field.is_relation and value is not None:
        return str(getattr(row, field.name))
    return _plain(value)


def _plain(value: Any) -> Cell:
    """A value as a cell; what has no form of its own as its text, without markup."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if hasattr(value, "isoformat"):
        return value
    if hasattr(value, "as_integer_ratio"):
        return int(value) if value == value.to_integral_value() else float(value)
    return strip_tags(str(value)) if hasattr(value, "__html__") else str(value)
