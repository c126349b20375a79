"""Measures the rows of docs/performance.md and writes them there.

    python -m tests.bench                       every row of the first table, written to docs/performance.md
    python -m tests.bench --table desk          every row of another table, written too
    python -m tests.bench --quick               those rows with little data, printed only
    python -m tests.bench extract-jieba …       some rows by name, printed only; with --write, written too

Each row is measured on each of its databases in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.bench.databases import BENCH, is_reachable
from tests.bench.measure import Measured, Row, Setting, machine
from tests.bench.registry import TABLES, all_rows, rows_of, table_of
from tests.bench.report import ROOT, line, write
from tests.bench.store import Size, prepare, store

WRITING = threading.Lock()

Work = tuple[Row, str]
"""A row, and a database that it is measured on."""


def main() -> int:
    """Measures what the command line asks for; the status is 1 where a row could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rows", nargs="*", help="names of rows; none means all of the table")
    parser.add_argument("--table", choices=TABLES, default="measured")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--database", help="this one only: sqlite or postgresql")
    options = parser.parse_args()
    rows = [on(options.database, row) for row in chosen(options.rows, options.table)]
    print(machine())
    writes = not options.quick and (options.write or not options.rows)
    with store():
        results = measure_all(rows, options.quick, keep if writes else None)
    return int(not all(results))


def on(database: str | None, row: Row) -> Row:
    """A row that is measured on one database alone, where one is named."""
    kept = tuple(each for each in row.databases if database in (None, each))
    return replace(row, databases=kept)


def chosen(names: list[str], table: str = "measured") -> list[Row]:
    """The rows of these names, or all of a table; ends with the list of names where one is unknown."""
    rows = all_rows()
    if unknown := set(names) - {row.name for row in rows}:
        sys.exit(
            f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in rows)}"
        )
    return [row for row in rows if row.name in names] if names else rows_of(table)


def keep(row: Row, measured: Measured) -> None:
    """Writes a figure into its table at once, so that a run that is stopped loses none."""
    with WRITING:
        write([row], [measured], table_of(row))


def measure_all(
    rows: list[Row], quick: bool, kept: Callable[[Row, Measured], None] | None = None
) -> list[Measured | None]:
    """The figures of all rows, in their order; two at a time where they need no machine to themselves.

    Quick ones never do: they are rough. `kept` gets each as soon as it is there.
    """

    def figures(group: list[Work]) -> dict[Work, Measured]:
        measured = measure(group, quick)
        for (row, _database), each in measured.items() if kept else ():
            kept(row, each)
        return measured

    began = time.monotonic()
    prepare(sizes(rows, quick))
    print(f"databases filled in {time.monotonic() - began:.0f} s", flush=True)
    work = [(row, database) for row in rows for database in row.databases]
    shared = [each for each in work if quick or not each[0].alone]
    found: dict[Work, Measured] = {}
    for each in work:
        if each not in shared:
            found |= figures([each])
    with ThreadPoolExecutor(2) as pool:
        for more in pool.map(figures, groups(shared, quick)):
            found |= more
    print(f"all in {time.monotonic() - began:.0f} s")
    return [found.get(each) for each in work]


def groups(work: list[Work], quick: bool) -> list[list[Work]]:
    """What is measured in one process: each by itself; where it must be quick, all of a filled database."""
    found: dict[str, list[Work]] = {}
    for row, database in work:
        together = quick and row.metrics
        found.setdefault(database if together else f"{row.name} {database}", []).append((row, database))
    return list(found.values())


def sizes(rows: list[Row], quick: bool) -> dict[str, set[Size]]:
    """By database that can be had: the sizes of the filled ones that the rows ask for."""
    wanted: dict[str, set[Size]] = {}
    for row in rows:
        for database in filter(is_reachable, row.databases if row.metrics else ()):
            asked = {(Setting(quick).size(metrics), row.figures) for metrics in row.metrics}
            wanted.setdefault(database, set()).update(asked)
    return wanted


def measure(group: list[Work], quick: bool) -> dict[Work, Measured]:
    """The figures of rows on one database, taken in another process, printed; none for those that failed."""
    database = group[0][1]
    names = {row.name: row for row, _ in group}
    if database and not is_reachable(database):
        print(f"{', '.join(names)} {database}: no server found, not measured")
        return {}
    command = [sys.executable, "-m", "tests.bench.one", *names, *(["--quick"] if quick else [])]
    environment = {**os.environ, BENCH: database, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    began = time.monotonic()
    found: dict[Work, Measured] = {}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for answer in process.stdout or ():
            measured = Measured(**json.loads(answer))
            row = names.pop(measured.name)
            print(f"{line(row, measured)} ({time.monotonic() - began:.0f} s)", flush=True)
            found[row, database] = measured
            began = time.monotonic()
    for name in names:
        print(f"{name} {database}: failed")
    return found


if __name__ == "__main__":
    sys.exit(main())
