"""The command `extract`: pages in, one line of JSON a page out. Needs no database and no Django."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from importers.extract_file import ReadingFailed, as_json, extract_all, processes, uncovered_lines
from importers.sources import SourceError, SourcePage, find_files, texts

DESCRIPTION = "识别版面文件，每版输出一行 JSON；不需要数据库。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或目录")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="进程数，默认 1")
    parser.add_argument("--coverage", action="store_true", help="改为列出不属于任何文章和版面附件的行")


def run(paths: Sequence[Path], jobs: int = 1, coverage: bool = False) -> int:
    """Prints what pages say to standard output and errors to standard error; gives the exit status.

    The status is 1 where a file could not be read, or, with `coverage`, where a line belongs to nothing.
    """
    failed: list[str] = []
    try:
        files = find_files(paths)
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sources = (source for source in texts(files) if _readable(source, failed))
    loose = 0
    with processes(jobs) as executor:
        for source, record in extract_all(sources, executor, jobs):  # type: ignore[arg-type]
            if isinstance(record, ReadingFailed):
                _fail(f"{source.path}：识别时出错（{record.error!r}）", failed)
            elif coverage:
                lines = uncovered_lines(source, record)
                loose += len(lines)
                sys.stdout.writelines(f"{source.name}:{number}: {line}\n" for number, line in lines)
            else:
                sys.stdout.write(as_json(source, record) + "\n")
    return 1 if failed or loose else 0


def _readable(source: SourcePage | SourceError, failed: list[str]) -> bool:
    """Whether a file gave a text; if not, its error is told."""
    if isinstance(source, SourceError):
        _fail(str(source), failed)
        return False
    return True


def _fail(error: str, failed: list[str]) -> None:
    """Tells an error at once, and keeps it."""
    sys.stderr.write(f"{error}\n")
    failed.append(error)


def main(arguments: Sequence[str]) -> int:
    """Runs the command with the words of a command line; gives the exit status."""
    parser = argparse.ArgumentParser(prog="manage.py extract", description=DESCRIPTION)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    return run(options.paths, max(options.jobs, 1), options.coverage)
