"""Fills a database whose tables are there and empty.

python -m tests.bench.archive sqlite:///archive.sqlite3 1000000
"""

import os
import sys

import django


def main() -> None:
    """Sets Django up for the address, and fills it."""
    url, metrics = sys.argv[1:]
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
    django.setup()
    from tests.bench.archive.load import fill

    fill(int(metrics))


if __name__ == "__main__":
    main()
