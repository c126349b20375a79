"""What a figure or an initiative is tied to: compared on the pages whose annotation says so anywhere.

A wrong name is missed and spurious at once, and a name where the annotation has none is spurious: so the
precision says how many of the names that readers are shown are those of the annotation.
"""

from collections.abc import Iterable
from typing import Any

from importers.evaluate.tally import Report
from importers.evaluate.texts import plain

Row = dict[str, Any]

# The kind of row, its field in annotations, and its field in what is read: one name, or a list of names.
LINKS = (
    ("metrics", "organisation", "organisation"),
    ("metrics", "place", "place"),
    ("initiatives", "place", "places"),
)


def annotated_links(articles: Iterable[Row]) -> frozenset[str]:
    """The lines whose field the annotation of a page gives at least once: of others it tells nothing."""
    pages = list(articles)
    return frozenset(
        f"{kind}.{read_as}"
        for kind, field, read_as in LINKS
        if any(row.get(field) for article in pages for row in article[kind])
    )


def score_links(
    report: Report, kind: str, wanted: Row, read: Row, annotated: frozenset[str], where: str
) -> None:
    """Compares what a row that was found is tied to; a field that the reading does not print is left out."""
    for its_kind, field, read_as in LINKS:
        line = f"{kind}.{read_as}"
        if its_kind == kind and line in annotated and read_as in read:
            _score_link(report, line, wanted.get(field), read[read_as], where)


def _score_link(report: Report, line: str, wanted: str | None, read: Any, where: str) -> None:
    """Counts one tie as right, missed, spurious, or missed and spurious."""
    names = [read] if isinstance(read, str) else list(read or ())
    is_same = bool(wanted) and plain(wanted) in map(plain, names)
    shown = "、".join(names) or None
    tally, what = report.line(line), f"{where}：{wanted!r} ≠ {shown!r}"
    if wanted:
        tally.note(is_same, what)
    if names and not is_same:
        tally.spurious.append(what)
    if wanted and not is_same:
        report.confuse(line, wanted, str(shown))
