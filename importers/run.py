"""An import from files to rows: read, extract, load; one bad file does not stop the others."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.records import PageRecord
from importers.extract_file import ReadingFailed, extract_all
from importers.load import is_current, load_page, load_pages, stored_versions, unchanged
from importers.load_again import again
from importers.load_batch import Work
from importers.load_places import load_gazetteer_places
from importers.load_result import LoadResult
from importers.sources import SourceError, SourcePage, texts
from kb.changes import IMPORTER
from kb.outages import is_outage

AT_ONCE = 50
"""Files that are looked up in the tables together."""

TOGETHER = 20
"""New pages that are stored in one transaction at most: a transaction for each would take twice as long."""

LONGEST_WAIT = 1.0
"""Seconds after which the next page that has been read is the last of those stored together."""

Read = tuple[SourcePage, PageRecord | ReadingFailed]


@dataclass
class ImportReport:
    """What an import did, and the files that it could not read, each with the reason."""

    result: LoadResult = field(default_factory=LoadResult)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import."""

    force: bool = False
    """Read pages again that are stored as this version reads them."""
    dry_run: bool = False
    width: int = 1
    """Pages that the executor reads at the same time."""
    by: str = IMPORTER
    """Who handed the pages in, as the list of changes names them."""
    patience: float = 0.0
    """Seconds to wait for a database that cannot be used at the moment."""


def import_files(
    files: Sequence[Path],
    options: ImportOptions,
    executor: Executor | None = None,
    on_file: Callable[[str, str], None] = lambda _name, _outcome: None,
) -> ImportReport:
    """Imports files; `on_file` is told the name of each file that is done and what became of it.

    `executor` reads pages in other processes or on other machines; rows are written by this process.
    """
    batches = (texts(files[begin : begin + AT_ONCE]) for begin in range(0, len(files), AT_ONCE))
    return import_sources(batches, options, executor, on_file)


def import_sources(
    batches: Iterable[Iterable[SourcePage | SourceError]],
    options: ImportOptions,
    executor: Executor | None = None,
    on_file: Callable[[str, str], None] = lambda _name, _outcome: None,
) -> ImportReport:
    """Imports pages that are at hand as texts; those of a batch are looked up in the tables together.

    Raises the database's error where that cannot be used: what was stored until then is whole pages.
    """
    report = ImportReport()
    if not options.dry_run:
        again(lambda: load_gazetteer_places(load_gazetteer()), options.patience)
    to_read = (page for batch in batches for page in _to_read(batch, options, report, on_file))
    for group in _groups(extract_all(to_read, executor, options.width)):
        for source, outcome in _outcomes(group, options):
            if isinstance(outcome, ReadingFailed):
                _failed(report, on_file, source.name, f"{source.path}：识别时出错（{outcome.error!r}）")
            elif isinstance(outcome, DatabaseError):
                _failed(report, on_file, source.name, f"{source.path}：入库时出错（{outcome}）")
            else:
                report.result += outcome
                on_file(source.name, "无变化" if outcome.wrote_nothing() else "已导入")
    return report


def _groups(read: Iterable[Read]) -> Iterator[list[Read]]:
    """Pages to be stored together: as many as come in a moment."""
    group: list[Read] = []
    begin = 0.0
    for page in read:
        begin = begin if group else time.monotonic()
        group.append(page)
        if len(group) == TOGETHER or time.monotonic() - begin > LONGEST_WAIT:
            yield group
            group = []
    if group:
        yield group


def _outcomes(
    group: list[Read], options: ImportOptions
) -> Iterator[tuple[SourcePage, LoadResult | ReadingFailed | DatabaseError]]:
    """Each page of a group with what storing it changed, or why it could not be read or stored."""
    pages = [(source, record) for source, record in group if not isinstance(record, ReadingFailed)]
    stored = _stored_together(pages, options)
    for source, record in group:
        if isinstance(record, ReadingFailed):
            yield source, record
        else:
            yield source, stored.get(id(source)) or _stored(source, record, options)


def _stored_together(pages: Work, options: ImportOptions) -> dict[int, LoadResult]:
    """Stores the pages that are new in one transaction: the results by `id` of the source.

    What is not among the results is to be stored by itself: a page that was stored before, whose rows people
    may be editing, and every page where one of the new ones is refused.
    """
    if options.dry_run or len(pages) < 2:
        return {}
    before = again(lambda: stored_versions(source for source, _ in pages), options.patience)
    new = [(source, record) for source, record in pages if source.sha256 not in before]
    if len(new) < 2:
        return {}
    try:
        results = again(lambda: load_pages(new, load_gazetteer(), by=options.by), options.patience, 2)
    except Exception as error:
        if is_outage(error):
            raise
        return {}
    return {id(source): result for (source, _), result in zip(new, results, strict=True)}


def _stored(source: SourcePage, record: PageRecord, options: ImportOptions) -> LoadResult | DatabaseError:
    """Stores a page by itself, also while another import writes the same names; gives what refuses it."""
    try:
        return again(
            lambda: load_page(source, record, load_gazetteer(), dry_run=options.dry_run, by=options.by),
            options.patience,
        )
    except DatabaseError as error:
        if is_outage(error):
            raise
        return error


def _to_read(
    batch: Iterable[SourcePage | SourceError],
    options: ImportOptions,
    report: ImportReport,
    on_file: Callable[[str, str], None],
) -> Iterator[SourcePage]:
    """The pages that have to be read; those that are stored already and those that fail are reported."""
    sources = []
    for source in batch:
        if isinstance(source, SourceError):
            _failed(report, on_file, str(source).partition("：")[0], str(source))
        else:
            sources.append(source)
    stored = {} if options.force else again(lambda: stored_versions(sources), options.patience)
    for source in sources:
        if is_current(source, stored):
            report.result += unchanged(source)
            on_file(source.name, "无变化")
        else:
            yield source


def _failed(report: ImportReport, on_file: Callable[[str, str], None], name: str, error: str) -> None:
    """Notes a file that could not be imported."""
    report.errors.append(error)
    on_file(name, "失败")
