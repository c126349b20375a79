"""Fills a fresh database with the archive: rows in bulk, then indexes, triggers and statistics."""

import gc
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.archive.sentences import ROOT, material

SEED = 20_260_601
PAGES_A_BATCH = 400
FIGURES = 5
"""Metrics to an article, where nothing else is said: 200,000 articles stand beside 1,000,000."""


def build(url: str, metrics: int) -> float:
    """Makes the tables of an empty database and fills them; the seconds that it took."""
    began = time.perf_counter()
    environment = {**os.environ, "DATABASE_URL": url}
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    subprocess.run(
        [sys.executable, "-m", "tests.bench.archive", url, str(metrics)],
        env=environment,
        cwd=ROOT,
        check=True,
    )
    return time.perf_counter() - began


def fill(metrics: int, figures: int = FIGURES) -> None:
    """Fills the database of Django's settings, whose tables are there and empty; `figures` to an article."""
    from django.db import connection

    from tests.bench.archive.postgresql import PostgresTables
    from tests.bench.archive.sqlite import SqliteTables

    tables = SqliteTables(connection) if connection.vendor == "sqlite" else PostgresTables(connection)
    tables.open()
    gc.disable()  # rows are no rings, and looking for some takes a tenth of the time
    for second, batch in enumerate(batches(metrics, metrics // figures)):
        store(tables, batch, second)
    gc.enable()
    tables.close()
    edit_one()


def edit_one() -> None:
    """Writes a line into the change feed, which no base in use is without: lists tell their version by it."""
    from datetime import timedelta

    from django.db.models import F

    from kb.changes import attributed
    from kb.models import Organisation

    with attributed("编辑"):
        Organisation.objects.filter(pk=1).update(updated_at=F("updated_at") + timedelta(seconds=1))


def batches(metrics: int, articles: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The rows of the archive by table, a few hundred pages at a time; entities come first."""
    from tests.bench.archive.entities import entities
    from tests.bench.archive.facts import Writer

    rng = random.Random(SEED)
    real = material()
    made = entities(real, metrics, rng)
    yield made.tables
    writer, batch = Writer(real, made, rng), defaultdict(list)
    for number, page in enumerate(writer.pages(articles, metrics), 1):
        for name, rows in page.items():
            batch[name] += rows
        if number % PAGES_A_BATCH == 0:
            yield batch
            batch = defaultdict(list)
    batch["author"] = [{"id": pk, "name": name, "key": name} for name, pk in writer.authors.items()]
    yield batch


def store(tables: Any, batch: dict[str, list[dict[str, Any]]], second: int) -> None:
    """Writes a batch, and what is searched of it."""
    from tests.bench.archive.columns import SEARCHED_BY, columns, document, moment

    names: dict[tuple[str, int], list[str]] = defaultdict(list)
    for owner in ("place", "organisation", "initiative"):
        for row in batch.get(f"{owner}name", ()):
            names[owner, row[f"{owner}_id"]].append(row["name"])
    for name, rows in batch.items():
        if rows:
            tables.write(columns(name), rows, moment(second * PAGES_A_BATCH))
        if name in SEARCHED_BY:
            tables.index(name, (document(name, row, names.get((name, row["id"]), ())) for row in rows))


def temporary(metrics: int, folder: Path) -> str:
    """The address of a SQLite file with the archive, made in a folder."""
    url = f"sqlite:///{folder / f'archive{metrics}.sqlite3'}"
    build(url, metrics)
    return url
