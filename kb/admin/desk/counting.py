"""Counting a list only as far as anybody leafs, and ranking no more of it than that."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

MOST = 10_000
"""Rows that are counted and can be leafed through; whoever looks for one among more narrows the list."""


class BoundedPaginator(Paginator):
    """A paginator that stops counting at MOST, so that a list of millions costs what one of MOST does."""

    @cached_property
    def counted(self) -> int:
        """The rows, or one more than MOST where there are more."""
        rows: Any = self.object_list
        return rows.order_by().values("pk")[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        """The rows that can be leafed through."""
        return min(self.counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond those."""
        return self.counted > MOST

    def page(self, number: Any) -> Page:
        """The rows of a page; what a text query finds is ranked as long as it can be leafed through.

        The best of more could only be told by reading all of them; then the newest come first. Their order
        is told by the index's own column: SQLite would sort them by any other.
        """
        rows: Any = self.object_list
        if "search_rank" in rows.query.order_by and self.has_more:
            self.object_list = rows.order_by("-search__row_id")
        return super().page(number)
