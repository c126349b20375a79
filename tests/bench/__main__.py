"""Measures the rows of docs/performance.md and writes them there.

    python -m tests.bench                       every row, written to docs/performance.md
    python -m tests.bench --quick               every row with little data, printed only
    python -m tests.bench extract-jieba …       some rows by name, printed only; with --write, written too

Each row is measured on each of its databases in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys

from tests.bench.databases import BENCH, is_reachable
from tests.bench.measure import Measured, Row, machine
from tests.bench.registry import all_rows
from tests.bench.report import ROOT, line, write
from tests.bench.store import store


def main() -> int:
    """Measures what the command line asks for; the status is 1 where a row could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rows", nargs="*", help="names of rows; none means all")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = chosen(options.rows)
    print(machine())
    with store():
        results = [
            measure(row, database, options.quick)
            for row, database in [(each, database) for each in rows for database in each.databases]
        ]
    if not options.quick and (options.write or not options.rows):
        write(rows, filter(None, results))
    return int(not all(results))


def chosen(names: list[str]) -> list[Row]:
    """The rows of these names, or all; ends with the list of names where one is unknown."""
    rows = all_rows()
    if unknown := set(names) - {row.name for row in rows}:
        sys.exit(
            f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in rows)}"
        )
    return [row for row in rows if not names or row.name in names]


def measure(row: Row, database: str, quick: bool) -> Measured | None:
    """The figures of a row, taken in another process and printed; None where that failed, told too."""
    if database and not is_reachable(database):
        print(f"{row.name} {database}: no server found, not measured")
        return None
    command = [sys.executable, "-m", "tests.bench.one", row.name, *(["--quick"] if quick else [])]
    environment = {**os.environ, BENCH: database, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{row.name} {database}: failed")
        return None
    measured = Measured(**json.loads(done.stdout.splitlines()[-1]))
    print(line(row, measured), flush=True)
    return measured


if __name__ == "__main__":
    sys.exit(main())
