"""The answer that streams a whole list to the client."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from api.exports.cells import TableColumn, columns_of
from api.exports.writers import geojson_pieces, json_lines
from api.pagination import Ordering, all_pages
from api.renderers import TakeAway
from api.serializers.records import Shape
from kb.tables.commas import csv_pieces
from kb.tables.workbook import write_workbook

ROWS_A_QUERY = 1000


def records_of(rows: QuerySet, shape: Shape, ordering: Ordering) -> Iterator[dict[str, Any]]:
    """Every record of a list as it is shown, read a thousand at a time."""
    for ids in all_pages(rows, ordering, ROWS_A_QUERY):
        yield from shape.answers(rows.model, ids)


def begun(records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same records, the first of them read already: a database that fails now is told as an error.

    One that fails later breaks the connection off, and every client sees that the file is not whole.
    """
    return chain(list(islice(records, 1)), records)


def take_away(renderer: TakeAway, rows: QuerySet, shape: Shape, ordering: Ordering) -> HttpResponseBase:
    """The whole list in the form asked for, as a file named after the resource."""
    records = begun(records_of(rows, shape, ordering))
    return as_file(renderer, shape.serializer.resource, records, columns_of(shape.fields))


def as_file(
    renderer: TakeAway, name: str, records: Iterator[dict[str, Any]], columns: list[TableColumn]
) -> HttpResponseBase:
    """Records in the form asked for, as a file of that name."""
    file = f"{name}.{renderer.format}"
    headings = [column.heading for column in columns]
    cells = ([column.take(record) for column in columns] for record in records)
    if renderer.format == "xlsx":
        book = write_workbook(headings, cells)
        return FileResponse(book, as_attachment=True, filename=file, content_type=renderer.media_type)
    pieces = {
        "csv": lambda: csv_pieces(headings, cells),
        "jsonl": lambda: json_lines(records),
        "geojson": lambda: geojson_pieces(records),
    }[renderer.format]()
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return StreamingHttpResponse(
        pieces, content_type=f"{renderer.media_type}; charset=utf-8", headers=headers
    )
