"""Measures rows on one database in this process; prints their results as JSON, one a line, nothing else."""

import argparse
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from tests.bench.databases import BENCH, fresh
from tests.bench.measure import Measured, Row, Setting, figures
from tests.bench.registry import all_rows
from tests.bench.store import store, use


def measure(row: Row, setting: Setting) -> Measured:
    """The figures of a row, with Django tied to the database that it asks for."""
    with _database(row, setting):
        return figures(row, setting.database, row.measure(setting))


@contextmanager
def _database(row: Row, setting: Setting) -> Iterator[None]:
    """What a row is measured on: nothing, an empty database, or the first of the filled ones."""
    if not setting.database:
        yield
    elif not row.metrics:
        with fresh(setting.database):
            yield
    else:
        with store():
            for metrics in reversed(row.metrics):
                use(setting.database, setting.size(metrics), row.figures)
            yield


def main() -> int:
    """Measures the rows that the command line names, on the database that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="+")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    setting = Setting(options.quick, os.environ.get(BENCH, ""))
    failed = False
    for row in all_rows():
        if row.name in options.rows:
            try:
                with redirect_stdout(sys.stderr):  # what a row says is no result
                    measured = measure(row, setting)
            except Exception:  # the others are measured all the same
                traceback.print_exc()
                failed = True
            else:
                print(measured.as_json(), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
