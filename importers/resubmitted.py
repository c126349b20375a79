"""A page that is handed in again: what it keeps of what was known of it, and whether it has to be read."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from importers.extract.pipeline import VERSION
from importers.load_batch import reading_version
from importers.load_result import Outcome
from importers.sources import PageFacts, SourcePage
from kb.changes import attributed
from kb.models import Page
from kb.vocabulary import RecordState

FACTS = {
    "newspaper": "publication__name",
    "issue_date": "issue_date",
    "page_name": "page_name",
    "home_city": "home_city__name",
}
"""Where the row of a page has each of its facts."""


def settled(source: SourcePage, is_named: bool, by: str) -> tuple[SourcePage, Outcome | None]:
    """The page as it is to be imported, and None; or what became of it where it need not be read.

    What is given now counts, what is not given stays as it was: the name too, unless the page `is_named`.
    """
    row = _row(source)
    if row is None:
        return source, None
    if row["state"] == RecordState.REJECTED:
        return source, Outcome.REJECTED
    if not is_named and Path(row["source_file"]).suffix == source.path.suffix:
        source = replace(source, path=source.path.with_name(row["source_file"]))
    if not _is_current(source, row):
        if source.facts.digest() or "+" in row["importer_version"]:
            source = replace(source, facts=_known(source.facts, row))
        if not _is_current(source, row):
            return source, None
    return source, _named(source, row, by)


def _row(source: SourcePage) -> dict[str, Any] | None:
    """What is stored of the page."""
    columns = ("id", "source_file", "importer_version", "state", *FACTS.values())
    return Page.objects.filter(sha256=source.sha256).values(*columns).first()


def _is_current(source: SourcePage, row: dict[str, Any]) -> bool:
    """Whether reading the page again would find what is stored."""
    version = row["importer_version"]
    if source.facts.digest():
        return bool(version == reading_version(source))
    return bool(version.partition("+")[0] == VERSION)


def _known(facts: PageFacts, row: dict[str, Any]) -> PageFacts:
    """The facts that are given, and in place of the others what is stored."""
    given = {part.name: getattr(facts, part.name) for part in fields(facts)}
    return PageFacts(**{name: given[name] or _text(row[FACTS[name]]) for name in given})


def _text(value: Any) -> str | None:
    return str(value) if value else None


def _named(source: SourcePage, row: dict[str, Any], by: str) -> Outcome:
    """Gives the page its name; tells whether that was a new one."""
    if source.name == row["source_file"]:
        return Outcome.UNCHANGED
    with attributed(by):
        Page.objects.filter(pk=row["id"]).update(source_file=source.name)
    return Outcome.UPDATED
