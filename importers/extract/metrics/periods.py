"""The time that a figure covers: the times of its sentence that stand before it."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importers.extract.dates.find import IssueDate, TimeKind, TimeMention, find_times
from importers.extract.metrics.figures import Figure
from importers.extract.records import DateText

_CARRIED_ON = re.compile(r"其中|累计|期间|其间|同期|共(?=计|有|[开建完解举发走])")
_OPENING_REACH = 12


class Period(Struct, frozen=True):
    """Since when and up to when a figure holds, as far as the text says."""

    period_from: DateText | None = None
    as_of: DateText | None = None

    def after(self, time: TimeMention) -> "Period":
        """The period once a further time was named: a period of its own replaces what stood before."""
        if time.kind is TimeKind.WITHIN:
            return Period(time.period_from, time.as_of)
        if time.kind is TimeKind.SINCE:
            return Period(time.period_from, None)
        return replace(self, as_of=time.as_of)


def periods_of(
    plain: str, sentence: tuple[int, int], figures: Sequence[Figure], issue: IssueDate | None, last: Period
) -> Iterator[Period]:
    """The period of each of a sentence's figures, in order; `last` is that of the sentence before.

    A time holds to the end of its sentence (`截至目前，…71条；…20次`), and beyond it only where the
    next sentence goes on counting (`其中…`, `累计…`).
    """
    start, end = sentence
    times = list(find_times(plain, start, end, issue))
    carried = not times and _CARRIED_ON.search(plain, start, min(end, start + _OPENING_REACH))
    period = last if carried else Period()
    at = 0
    for figure in figures:
        while at < len(times) and times[at].end <= figure.start:
            period = period.after(times[at])
            at += 1
        yield period
