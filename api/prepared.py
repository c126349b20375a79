"""First pages of lists by plain values, whose query is put together once and run with other values.

`unit=人次&city=呼和浩特市` and `unit=场&city=包头市` ask the same of the database but for two values. Django
takes longer to write the query than most of these take to answer, so what it wrote for a shape is kept: which
parameters were given, how the list is ordered, how long a page is. The SQL is what it would have been.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from api.compiled import Bound, Compiled
from api.conditional import NewestLine
from api.pagination import Ordering, Page, page_of, page_query

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


def first_page(
    view: "type[RecordViewSet]",
    values: Mapping[str, Any],
    ordering: Ordering,
    size: int,
    *,
    versioned: bool,
) -> Page:
    """The first page of a resource's records; `values` are those of `RecordFilterSet.plain`."""
    using = router.db_for_read(view.model)
    query = _query(view, tuple(values), ordering, size, versioned, using)
    return page_of(query.rows(**values), ordering, size, versioned=versioned)


@lru_cache(maxsize=500)
def _query(
    view: "type[RecordViewSet]",
    names: tuple[str, ...],
    ordering: Ordering,
    size: int,
    versioned: bool,
    using: str,
) -> Compiled:
    """The query of a shape, with a place for the value of each parameter."""
    rows: QuerySet = view.records().using(using)
    for name in names:
        rows = view.filterset_class.base_filters[name].select(rows, Slot(name))
    beside = {"newest_version": NewestLine()} if versioned else {}
    return Compiled(page_query(rows, ordering, size, beside), using, for_json=False)
