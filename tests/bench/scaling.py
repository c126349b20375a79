"""What one machine can do, and where its limits lie: counts and ratios for docs/scaling.md.

    python -m tests.bench.scaling

It imports a few generated pages into an empty database, and reads the sizes that its tables have then.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.databases import fresh
from tests.bench.measure import BOTH, machine

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "scaling.md"
MEASURED = re.compile(r"(<!-- measured -->\n).*(<!-- /measured -->)", re.DOTALL)
FIRST, PAGES = 20, 40
"""Pages that are there already, with places and names that come back, and those that are measured."""

DAY = 86_400
CORES = (1, 4, 16)


@dataclass(frozen=True, slots=True)
class Costs:
    """What one page costs."""

    reading: float
    """Seconds of one core to recognise it."""
    storing: float
    """Seconds of the one writer to store it."""
    records: float
    """Rows that it becomes."""
    disk: float
    """Bytes of tables, indexes and search index."""


def costs(database: str) -> Costs:
    """The costs of a generated page after the real ones, on an empty database."""
    with fresh(database):
        from django.db import connection

        from importers.extract.gazetteer.lookup import load_gazetteer
        from importers.extract.pipeline import extract_page
        from kb.models import InitiativeMention, Metric, OrganisationMention, PlaceMention
        from tests.bench.data import page_texts

        first, texts = _split(list(page_texts(FIRST + PAGES)))
        _import(first)
        gazetteer = load_gazetteer()
        extract_page(texts[0], gazetteer=gazetteer)
        began = time.perf_counter()
        for text in texts:
            extract_page(text, gazetteer=gazetteer)
        reading = (time.perf_counter() - began) / PAGES
        before, began = size(connection), time.perf_counter()
        _import(texts)
        storing = (time.perf_counter() - began) / PAGES - reading
        rows = sum(
            model.objects.count() for model in (Metric, PlaceMention, OrganisationMention, InitiativeMention)
        )
        return Costs(reading, max(storing, 1e-4), rows / (FIRST + PAGES), (size(connection) - before) / PAGES)


def _split(texts: list[str]) -> tuple[list[str], list[str]]:
    """The pages that are there already, and those that are measured."""
    return texts[:FIRST], texts[FIRST:]


def size(connection: object) -> int:
    """Bytes of the database."""
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        if connection.vendor == "sqlite":  # type: ignore[attr-defined]
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def _import(texts: list[str]) -> None:
    """Stores pages as `import_pages` does."""
    import tempfile

    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        call_command("import_pages", folder, verbosity=0)


def table(found: dict[str, Costs]) -> str:
    """The model in Markdown: for each database and number of cores, pages a day and what bounds them."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    lines = ["| 数据库 | 识别 : 入库（每版用时之比） | 每版记录数 | 百万版占磁盘 |", "|---|---|---|---|"]
    for database, cost in found.items():
        ratio = f"{cost.reading / cost.storing:.1f} : 1"
        lines.append(
            f"| {names[database]} | {ratio} | {cost.records:.0f} | {cost.disk * 1e6 / 2**30:.0f} GiB |"
        )
    lines += ["", "| 数据库 | 核数 | 每天版数（万） | 瓶颈 |", "|---|---|---|---|"]
    for database, cost in found.items():
        for cores in CORES:
            readers = cost.reading / max(cores - 1, 1) if cores > 1 else cost.reading + cost.storing
            bound = "识别" if readers >= cost.storing else "唯一的写入者"
            bound = "一个核轮流识别和入库" if cores == 1 else bound
            pages_a_day = DAY / max(readers, cost.storing if cores > 1 else 0) / 10_000
            lines.append(f"| {names[database]} | {cores} | {pages_a_day:.0f} | {bound} |")
    return "\n".join(lines)


def _elsewhere(database: str) -> Costs:
    """The costs, found in a process of its own: Django speaks to one kind of database a process."""
    command = [sys.executable, "-m", "tests.bench.scaling", "--costs", database]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Costs(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measures, prints, and rewrites the measured part of the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--print", action="store_true", help="leave the document as it is")
    parser.add_argument("--costs", choices=BOTH, help="print the costs on one database as JSON")
    options = parser.parse_args()
    if options.costs:
        print(json.dumps(asdict(costs(options.costs))))
        return
    text = table({database: _elsewhere(database) for database in BOTH})
    print(text)
    if not options.print:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        body = f"测于 {today}；{machine()}；{PAGES} 版。\n\n{text}\n"
        known = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(MEASURED.sub(lambda part: part[1] + body + part[2], known), encoding="utf-8")


if __name__ == "__main__":
    main()
