"""What an import shows while it runs and when it ends: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from importers.load_result import TABLES, LoadResult, Outcome

LABELS = {
    "pages": "版面",
    "articles": "文章",
    "credits": "署名",
    "places": "地名",
    "organisations": "组织",
    "initiatives": "举措",
    "place_mentions": "地名出处",
    "organisation_mentions": "组织出处",
    "initiative_mentions": "举措出处",
    "metrics": "数据",
    "doubts": "待审核",
}

OUTCOMES = {
    Outcome.CREATED: "新增",
    Outcome.UPDATED: "更新",
    Outcome.UNCHANGED: "未变",
    Outcome.REJECTED: "已否定",
    Outcome.REMOVED: "移除",
}


class OnFile(Protocol):
    """What is told of each file that is done."""

    def __call__(self, name: str, outcome: str) -> None:
        """Takes a file's name and what became of it."""


@contextmanager
def progress(total: int, quiet: bool = False) -> Iterator[OnFile]:
    """What shows each file that is done."""
    if quiet:
        yield lambda name, outcome: None
    elif sys.stderr.isatty():
        with _bar(total) as on_file:
            yield on_file
    else:
        yield _Lines(total)


class _Lines:
    """One plain line a file."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def __call__(self, name: str, outcome: str) -> None:
        self.done += 1
        sys.stderr.write(f"[{self.done}/{self.total}] {name} {outcome}\n")


@contextmanager
def _bar(total: int) -> Iterator[OnFile]:
    """A bar, with the file that was done last."""
    from rich.console import Console  # costs 60 ms, and only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda name, outcome: bar.update(task, advance=1, description=f"{name} {outcome}")


def table(result: LoadResult) -> str:
    """The closing table: a row for each table, a column for each outcome."""
    lines = [_line("", list(OUTCOMES.values()))]
    for name in TABLES:
        lines.append(_line(LABELS[name], [str(result.count(name, outcome)) for outcome in OUTCOMES]))
    return "\n".join(lines)


def _line(label: str, cells: list[str]) -> str:
    """A line of the table; a Chinese character is as wide as two letters."""
    return label + " " * (10 - 2 * len(label)) + "".join(" " * (9 - _width(cell)) + cell for cell in cells)


def _width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(1 if sign.isascii() else 2 for sign in text)
