"""Keyset pagination: a page is found by the values of the row before it, never by counting rows.

Page 5,000 costs what page 1 costs, and rows that appear or vanish while a client pages neither
repeat nor hide others. The cursor holds those values, opaque to clients.
"""

import base64
import binascii
import datetime
import functools
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Expression, F, Field, IntegerField, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from msgspec import Struct
from rest_framework.pagination import BasePagination

from api.errors import Problem

PAGE_SIZE = 50
LARGEST_PAGE = 1000


class Order(Struct, frozen=True):
    """One column of an ordering; records without a value come last in both directions."""

    column: str
    descending: bool = False
    nullable: bool = False

    def term(self, backwards: bool) -> Any:
        """The ORDER BY term, or its mirror image to read a page backwards."""
        descending = self.descending != backwards
        column = F(self.column)
        nulls = {"nulls_first" if backwards else "nulls_last": True} if self.nullable else {}
        return column.desc(**nulls) if descending else column.asc(**nulls)

    def same(self, value: Any) -> Q:
        """Rows whose value is this one."""
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})

    def beyond(self, value: Any, backwards: bool) -> Q | None:
        """Rows that come strictly after the value (before it, backwards); None where there can be none."""
        if value is None:
            return Q(**{f"{self.column}__isnull": False}) if backwards else None
        lookup = "lt" if self.descending != backwards else "gt"
        found = Q(**{f"{self.column}__{lookup}": value})
        return found | Q(**{f"{self.column}__isnull": True}) if self.nullable and not backwards else found


class Cursor(Struct, frozen=True):
    """Where a page begins: the ordering it belongs to, the direction, and the values of the row before."""

    signature: str
    values: tuple[Any, ...]
    backwards: bool = False

    def text(self) -> str:
        """The cursor as it stands in a link: URL-safe, without padding."""
        packed = orjson.dumps(
            [self.signature, self.backwards, self.values], default=str, option=orjson.OPT_PASSTHROUGH_DATETIME
        )
        return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str, signature: str, fields: Sequence[Field]) -> "Cursor":
        """The cursor of a text; `invalid_cursor` where it is damaged or of another ordering."""
        try:
            packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            signed, backwards, values = orjson.loads(packed)
            if signed != signature or not isinstance(backwards, bool) or len(values) != len(fields):
                raise ValueError(text)
            return cls(signature, tuple(map(_read, fields, values)), backwards)
        except (ValueError, TypeError, binascii.Error, ValidationError, OverflowError) as error:
            raise Problem("invalid_cursor", param="cursor") from error


def _read(field: Field, value: Any) -> Any:
    """A value of a cursor as the field has it; ValueError or OverflowError where no record can have it."""
    found = None if value is None else field.to_python(value)
    if isinstance(found, str) and "\0" in found:
        raise ValueError(value)
    if isinstance(found, datetime.datetime):
        if found.tzinfo is None:
            raise ValueError(value)
        return found.astimezone(datetime.UTC)
    return found


class Ordering(Struct, frozen=True):
    """A total order of a list: the columns asked for, then the primary key."""

    orders: tuple[Order, ...]

    @property
    def signature(self) -> str:
        """The order in words (`-value,id`), by which a cursor knows that it belongs to it."""
        return ",".join(("-" if order.descending else "") + order.column for order in self.orders)

    def arrange(self, rows: QuerySet, backwards: bool = False) -> QuerySet:
        """The query in this order, or in its mirror image."""
        return rows.order_by(*(order.term(backwards) for order in self.orders))

    def after(self, cursor: Cursor) -> Q:
        """The rows beyond the cursor: a lexicographic comparison, column by column."""
        found, equal = Q(pk__in=[]), Q()
        for order, value in zip(self.orders, cursor.values, strict=True):
            beyond = order.beyond(value, cursor.backwards)
            if beyond is not None:
                found |= equal & beyond
            equal &= order.same(value)
        return self.edge(cursor) & found

    def edge(self, cursor: Cursor) -> Q:
        """A bound on the first column alone, which lets the database start inside its index."""
        first, value = self.orders[0], cursor.values[0]
        if first.nullable or value is None or len(self.orders) == 1:
            return Q()
        return Q(**{f"{first.column}__{'lte' if first.descending != cursor.backwards else 'gte'}": value})

    def fields(self, rows: QuerySet) -> list[Field]:
        """The model field, or the output field of the annotation, behind each column."""
        return [_field(rows, order.column) for order in self.orders]


def _field(rows: QuerySet, column: str) -> Field:
    """The field that a column or annotation of a query holds."""
    annotation = rows.query.annotations.get(column)
    if annotation is not None:
        return annotation.output_field
    steps = column.split("__")
    models = functools.reduce(
        lambda model, step: model._meta.get_field(step).related_model, steps[:-1], rows.model
    )
    return models._meta.get_field(steps[-1])


class Page(Struct, frozen=True):
    """The ids of one page's records, the cursors of the pages beside it (None: there is none), the count."""

    ids: list[int]
    following: Cursor | None
    preceding: Cursor | None
    count: int | None = None
    """How many records the whole list has, where that was asked for."""
    version: str | None = None
    """What was read beside the first id, where something was."""


class Total(Subquery):
    """How many rows a query has, as a column of another: no query of its own."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def read_page(
    rows: QuerySet,
    ordering: Ordering,
    text: str,
    size: int,
    *,
    count: bool = False,
    version: Expression | None = None,
) -> Page:
    """The page of a query that a cursor's text leads to; the first page for no text.

    One query for `size` ids and one more, which reads nothing but ids and what orders them. What the records
    show is read by their ids afterwards: sorting a hundred thousand rows must not carry it.
    """
    cursor = Cursor.read(text, ordering.signature, ordering.fields(rows)) if text else None
    fetched = list(page_query(rows, ordering, cursor, size, count=count, version=version))
    if not fetched and count and cursor:
        return Page([], None, None, rows.count())
    return page_of(fetched, ordering, size, cursor, count=count, versioned=version is not None)


def page_query(
    rows: QuerySet,
    ordering: Ordering,
    cursor: Cursor | None,
    size: int,
    *,
    count: bool = False,
    total: Expression | None = None,
    version: Expression | None = None,
) -> QuerySet:
    """The query of one page and a row more: what orders the records, their ids, and what stands beside.

    `total` is the count where it is known otherwise than by counting the rows.
    """
    backwards = cursor is not None and cursor.backwards
    beside: dict[str, Any] = {"total_count": total or Total(rows.order_by().values("pk"))} if count else {}
    if version is not None:
        beside["newest_version"] = version
    beyond = rows.filter(ordering.after(cursor)) if cursor else rows
    keys = [order.column for order in ordering.orders]
    arranged = ordering.arrange(beyond, backwards)
    return arranged.annotate(**beside).values_list(*keys, "pk", *beside)[: size + 1]


def page_of(
    fetched: Sequence[tuple[Any, ...]],
    ordering: Ordering,
    size: int,
    cursor: Cursor | None = None,
    *,
    count: bool = False,
    versioned: bool = False,
) -> Page:
    """The page out of the rows of its query, with the cursors of its neighbours."""
    backwards = cursor is not None and cursor.backwards
    more, page = len(fetched) > size, list(fetched[:size])
    if backwards:
        page.reverse()
    if not page:
        return Page([], None, None, 0)
    signature, width = ordering.signature, len(ordering.orders)
    last = Cursor(signature, page[-1][:width])
    first = Cursor(signature, page[0][:width], backwards=True)
    return Page(
        [row[width] for row in page],
        following=last if more or backwards else None,
        preceding=first if (more if backwards else cursor is not None) else None,
        count=page[0][width + 1] if count else None,
        version=page[0][-1] if versioned else None,
    )


def all_pages(rows: QuerySet, ordering: Ordering, size: int) -> Iterator[list[int]]:
    """The ids of every row of a query, page by page; memory holds one page at a time.

    They are those of one moment, sorted once: PostgreSQL holds them in a cursor on the server, however long
    the client takes.
    """
    ids = ordering.arrange(rows, False).values_list("pk", flat=True).iterator(chunk_size=size)
    while page := list(islice(ids, size)):
        yield page


def link(request: HttpRequest, cursor: Cursor | None) -> str | None:
    """The address of the request with another cursor; None for no page."""
    if cursor is None:
        return None
    query = urlencode({**dict(request.GET.lists()), "cursor": cursor.text()}, doseq=True)
    return request.build_absolute_uri(f"{request.path}?{query}")


class KeysetPages(BasePagination):
    """How a page of a list looks, for the schema; `read_page` does the work."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The envelope of a page."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results"],
            "properties": {
                "count": {
                    "type": "integer",
                    "minimum": 0,
                    "description": _("总数，只在 count=true 时给出。"),
                },
                "next": {**address, "description": _("下一页的地址。")},
                "previous": {**address, "description": _("上一页的地址。")},
                "results": schema,
                "group_by": {"type": "array", "items": {"type": "string"}, "description": _("分组的字段。")},
                "more": {"type": "boolean", "description": _("分组是否多于列出的。")},
            },
        }
