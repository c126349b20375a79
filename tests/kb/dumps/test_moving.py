"""From SQLite to the database of a server."""

import pytest
from django.db import connection

from tests.databases import ROOT, empty_database, manage

PAGE = ROOT / "tests" / "pages" / "102_tongliao-briefs.txt"


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="there is no PostgreSQL to move to")
@pytest.mark.django_db
def test_what_was_in_sqlite_is_in_postgresql_byte_for_byte(tmp_path):
    small = f"sqlite:///{tmp_path / 'small.sqlite3'}"
    manage(small, "migrate", "-v", "0")
    manage(small, "import_pages", str(PAGE), "-v", "0")
    manage(small, "export_dump", str(tmp_path / "before"))
    with empty_database(tmp_path) as large:
        manage(large, "migrate", "-v", "0")
        manage(large, "restore_dump", str(tmp_path / "before"))
        manage(large, "export_dump", str(tmp_path / "after"))
        again = manage(large, "import_pages", str(PAGE)).stdout
    before = files(tmp_path / "before")
    assert before["metric.jsonl"].count(b"\n") > 3
    assert files(tmp_path / "after") == before
    assert "新增" in again
    assert [line.split()[1:4] for line in again.splitlines() if line.startswith("版面")] == [["0", "0", "1"]]
