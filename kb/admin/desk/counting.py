"""Counting a list only as far as anybody leafs."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 10_000
"""Rows that are counted and can be leafed through; whoever looks for one among more narrows the list."""


class BoundedPaginator(Paginator):
    """A paginator that stops counting at MOST, so that a list of millions costs what one of MOST does."""

    @cached_property
    def counted(self) -> int:
        """The rows, or one more than MOST where there are more."""
        rows: Any = self.object_list
        return rows.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        """The rows that can be leafed through."""
        return min(self.counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond those."""
        return self.counted > MOST
