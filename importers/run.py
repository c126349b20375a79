"""An import from files to rows: read, extract, load, page by page; one bad file does not stop the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.records import PageRecord
from importers.extract_file import ReadingFailed, extract_all
from importers.load import is_current, load_page, stored_versions, unchanged
from importers.load_again import again
from importers.load_places import load_gazetteer_places
from importers.load_result import LoadResult
from importers.sources import SourceError, SourcePage, texts
from kb.changes import IMPORTER
from kb.outages import is_outage

AT_ONCE = 50
"""Files that are looked up in the tables together."""


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
    for source, record in extract_all(to_read, executor, options.width):
        if isinstance(record, ReadingFailed):
            _failed(report, on_file, source.name, f"{source.path}：识别时出错（{record.error!r}）")
            continue
        try:
            result = _stored(source, record, options)
        except DatabaseError as error:
            if is_outage(error):
                raise
            _failed(report, on_file, source.name, f"{source.path}：入库时出错（{error}）")
            continue
        report.result += result
        on_file(source.name, "无变化" if result.wrote_nothing() else "已导入")
    return report


def _stored(source: SourcePage, record: PageRecord, options: ImportOptions) -> LoadResult:
    """Stores a page, also while another import writes the same names."""
    return again(
        lambda: load_page(source, record, load_gazetteer(), dry_run=options.dry_run, by=options.by),
        options.patience,
    )


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
