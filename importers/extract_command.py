"""The command `extract`: pages in, one line of JSON a page out. Needs no database and no Django."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from importers.extract_file import ReadingFailed, as_json, extract_source, read_all, uncovered_lines
from importers.readers import readers
from importers.sources import SourceError, find_files, read_source

DESCRIPTION = "识别版面文件，每版输出一行 JSON；不需要数据库。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或目录")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="进程数，默认 1")
    parser.add_argument("--coverage", action="store_true", help="改为列出不属于任何文章和版面附件的行")


def run(paths: Sequence[Path], jobs: int = 1, coverage: bool = False, *, forked: bool = False) -> int:
    """Prints what pages say to standard output and errors to standard error; gives the exit status.

    The status is 1 where a file could not be read, or, with `coverage`, where a line belongs to nothing.
    `forked` says how processes are started (`readers`).
    """
    failed: list[str] = []
    try:
        files = find_files(paths)
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # The readers open the files and make the lines too: a path and a line are quick to hand over.
    print_page = _uncovered if coverage else _said
    loose = False
    with readers(jobs, forked=forked) as found:
        for path, lines in read_all(print_page, files, found.executor, found.width):
            if isinstance(lines, ReadingFailed):
                is_source = isinstance(lines.error, SourceError)
                _fail(str(lines.error) if is_source else f"{path}：识别时出错（{lines.error!r}）", failed)
            elif lines:
                loose = coverage
                sys.stdout.write(lines + "\n")
    return 1 if failed or loose else 0


def _said(path: Path) -> str:
    """What a page says, in one line."""
    source = read_source(path)
    return as_json(source, extract_source(source))


def _uncovered(path: Path) -> str:
    """The lines of a page that belong to nothing, with their numbers."""
    source = read_source(path)
    loose = uncovered_lines(source, extract_source(source))
    return "\n".join(f"{source.name}:{number}: {line}" for number, line in loose)


def _fail(error: str, failed: list[str]) -> None:
    """Tells an error at once, and keeps it."""
    sys.stderr.write(f"{error}\n")
    failed.append(error)


def main(arguments: Sequence[str]) -> int:
    """Runs the command with the words of a command line; gives the exit status."""
    parser = argparse.ArgumentParser(prog="manage.py extract", description=DESCRIPTION)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    # Nothing but the extractor is loaded here: processes may begin with a copy of it.
    return run(options.paths, max(options.jobs, 1), options.coverage, forked=True)
