"""What an import did, counted by table and outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    """Read again, but a person has found it wrong: left alone."""
    REMOVED = "removed"
    """No longer read, and no person had a hand in it: deleted."""


TABLES = (
    "pages",
    "articles",
    "credits",
    "places",
    "organisations",
    "initiatives",
    "place_mentions",
    "organisation_mentions",
    "initiative_mentions",
    "metrics",
    "doubts",
)
"""The tables that are counted, in the order in which they are reported."""


@dataclass(frozen=True, slots=True)
class Held:
    """A row in which a person has had a hand, and what was read of it."""

    row: Any
    read: dict[str, Any]
    article: Any = None
    """Where it was read, for a row that several articles may describe."""
    fill_only: bool = False
    """Whether the reading may only fill gaps."""
    is_list: bool = False
    """Whether what was read is a list of links, which imports only add to."""


@dataclass
class LoadResult:
    """Counts of rows by table and outcome, and what a reader should know; results add up."""

    counts: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    held: list[Held] = field(default_factory=list, repr=False, compare=False)
    """What the page read of rows that are a person's, to be compared when all is stored."""

    def add(self, table: str, outcome: Outcome, rows: int = 1) -> None:
        """Counts rows of a table."""
        if rows:
            self.counts[table, outcome] += rows

    def count(self, table: str, outcome: Outcome) -> int:
        """How many rows of a table had an outcome."""
        return self.counts[table, outcome]

    def wrote_nothing(self) -> bool:
        """Whether every row was found as it should be."""
        written = (Outcome.CREATED, Outcome.UPDATED, Outcome.REMOVED)
        return not any(self.counts[table, outcome] for table in TABLES for outcome in written)

    def by_table(self) -> dict[str, dict[str, int]]:
        """Rows by table and outcome, without the zeros: `{"metrics": {"created": 7}}`."""
        found = {
            table: {each.value: self.count(table, each) for each in Outcome if self.count(table, each)}
            for table in TABLES
        }
        return {table: outcomes for table, outcomes in found.items() if outcomes}

    def of_page(self) -> Outcome:
        """What became of a page as a whole: it is updated where anything that it says has changed."""
        for outcome in (Outcome.CREATED, Outcome.REJECTED):
            if self.count("pages", outcome):
                return outcome
        return Outcome.UNCHANGED if self.wrote_nothing() else Outcome.UPDATED

    def is_first(self) -> bool:
        """Whether the page was stored for the first time: no row was there that rests on it."""
        return self.count("pages", Outcome.CREATED) > 0

    def __add__(self, other: "LoadResult") -> "LoadResult":
        """Both results together."""
        return LoadResult(self.counts + other.counts, self.notes + other.notes)


def total(results: Iterable[LoadResult]) -> LoadResult:
    """All results together."""
    return sum(results, LoadResult())
