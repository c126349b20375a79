"""Measures one row on one database in this process; the last line that it prints is the result as JSON."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

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


def main() -> None:
    """Measures the row that the command line names, on the database that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("row")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    [row] = [row for row in all_rows() if row.name == options.row]
    print(measure(row, Setting(options.quick, os.environ.get(BENCH, ""))).as_json())


if __name__ == "__main__":
    main()
