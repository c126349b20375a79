"""Pages of lists by plain values, whose query is put together once and run with other values.

`unit=人次&city=呼和浩特市` and `unit=场&city=包头市` ask the same of the database but for two values. Django
takes longer to write the query than most of these take to answer, so what it wrote for a shape is kept: which
parameters were given, how the list is ordered, how long a page is, whether a cursor leads to it. The SQL is
what it would have been.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from msgspec import Struct

from api.compiled import Bound, Compiled
from api.conditional import NewestLine
from api.pagination import Cursor, Order, Ordering, Page, page_of, page_query
from api.tallied import number_of

if TYPE_CHECKING:
    from api.viewsets.base import RecordViewSet


class Slot(Expression):
    """The place in a query for the value of a parameter."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """One parameter, whose value comes later."""
        return "%s", (Bound(self.name, single=True),)


class Shape(Struct, frozen=True):
    """What a page asks for but for the values: a key under which its query is kept."""

    names: tuple[str, ...]
    ordering: Ordering
    size: int
    count: bool = False
    versioned: bool = False
    known: tuple[bool, ...] = ()
    """Of a page that a cursor leads to: which of the columns of the order have a value there."""
    backwards: bool = False

    @property
    def slots(self) -> list[str]:
        """The names of the cursor's values, beside which a filter has no such name."""
        return [f"cursor {at}" for at in range(len(self.known))]

    def cursor(self) -> Cursor | None:
        """The cursor with places for its values."""
        if not self.known:
            return None
        places = (Slot(name) if known else None for name, known in zip(self.slots, self.known, strict=True))
        return Cursor(self.ordering.signature, tuple(places), self.backwards)


def prepared_page(
    view: "type[RecordViewSet]",
    values: Mapping[str, Any],
    ordering: Ordering,
    text: str,
    size: int,
    *,
    count: bool,
    versioned: bool,
) -> Page | None:
    """A page of a resource's records; `values` are those of `RecordFilterSet.plain`, `text` is the cursor.

    None where the query itself has to be asked: an empty page that counts what lies before it, and a cursor
    with values that no page has.
    """
    using, fields = router.db_for_read(view.model), _fields(view, ordering)
    cursor = Cursor.read(text, ordering.signature, fields) if text else None
    if cursor is not None and not all(map(_is_usual, ordering.orders, cursor.values)):
        return None
    known = tuple(value is not None for value in cursor.values) if cursor else ()
    shape = Shape(tuple(values), ordering, size, count, versioned, known, bool(cursor and cursor.backwards))
    bound = dict(values)
    if cursor is not None:
        connection = connections[using]
        stored = (f.get_db_prep_value(v, connection) for f, v in zip(fields, cursor.values, strict=True))
        bound |= zip(shape.slots, stored, strict=True)
    rows = _query(view, shape, using).rows(**bound)
    if not rows and count and cursor:
        return None
    return page_of(rows, ordering, size, cursor, count=count, versioned=versioned)


def _is_usual(order: Order, value: Any) -> bool:
    """Whether a column can hold a cursor's value: somebody else may have written the cursor."""
    if value is None:
        return order.nullable
    return not isinstance(value, int) or -(2**63) <= value < 2**63


@lru_cache(maxsize=500)
def _fields(view: "type[RecordViewSet]", ordering: Ordering) -> list[Field]:
    """The fields by which a cursor of this ordering is read and compared."""
    return ordering.fields(view.records())


@lru_cache(maxsize=1000)
def _query(view: "type[RecordViewSet]", shape: Shape, using: str) -> Compiled:
    """The query of a shape, with a place for each value that comes later."""
    filters = [(view.filterset_class.base_filters[name], Slot(name)) for name in shape.names]
    rows: QuerySet = view.source([each.field_name for each, _ in filters], shape.ordering).using(using)
    for each, place in filters:
        rows = each.select(rows, place)
    total = number_of(view.serializer_class.resource, [(each.field_name, place) for each, place in filters])
    page = page_query(
        rows,
        shape.ordering,
        shape.cursor(),
        shape.size,
        count=shape.count,
        total=total,
        version=NewestLine() if shape.versioned else None,
    )
    return Compiled(page, using, for_json=False)
