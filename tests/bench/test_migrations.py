"""Each migration runs on a database that is full, and docs/operations.md says what each of them locks."""

import re
import subprocess
import sys

import pytest
from django.db import connection

from tests.bench.migrations import DOCUMENT, MEASURED, OURS, Step, table, write
from tests.databases import ROOT, contents, empty_database, environment, manage


def names():
    """Our migrations as the table names them, by their files."""
    return {
        f"{app} {path.name[:4]}" for app in OURS for path in (ROOT / app / "migrations").glob("[0-9]*.py")
    }


def test_the_document_tells_of_every_migration():
    part = MEASURED.search(DOCUMENT.read_text(encoding="utf-8"))
    assert part
    assert set(re.findall(r"^\| `(\w+ \d+)`", part[0], re.MULTILINE)) == names()


def test_what_was_held_is_told_with_the_longest_first(tmp_path):
    held = {("kb_page", "ShareLock"): 0.5, ("kb_metric", "ShareLock"): 6.25}
    held |= {("kb_doubt", "ShareLock"): 2.0, ("kb_doubt", "ShareRowExclusiveLock"): 1.5}
    held |= {("kb_doubt", "AccessExclusiveLock"): 1.0}
    rows = table([Step("kb 0099", 7.0, held), Step("kb 0100", 0.02)]).splitlines()
    assert rows[2:] == [
        "| `kb 0099` | 7.0 秒 | `kb_metric`、`kb_doubt`、`kb_page`：6.2 秒 | `kb_doubt`：1.0 秒 |",
        "| `kb 0100` | 不到 0.1 秒 | – | – |",
    ]
    document = tmp_path / "operations.md"
    document.write_text("前\n<!-- migrations -->\n旧\n<!-- /migrations -->\n后\n", encoding="utf-8")
    write([Step("kb 0100", 0.02)], "3 条数据", document)
    text = document.read_text(encoding="utf-8")
    assert "旧" not in text
    assert "3 条数据" in text
    assert text.endswith("<!-- /migrations -->\n后\n")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="measures the locks of a PostgreSQL server")
def test_every_migration_runs_while_the_tables_are_full(tmp_path):
    with empty_database(tmp_path) as full:
        manage(full, "migrate", "--verbosity", "0")
        manage(full, "import_pages", "tests/pages")
        assert contents(full)["kb_metric"]
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.migrations", full],
            cwd=ROOT, env=environment(full, BENCH_POSTGRES_URL=full), capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(re.findall(r"`(\w+ \d+)`", done.stdout)) == names()
