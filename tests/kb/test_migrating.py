"""Several processes that migrate at the same time."""

import subprocess
import sys

from tests.databases import ROOT, contents, empty_database, environment, manage


def test_four_that_start_together_migrate_once_and_all_end_well(tmp_path):
    with empty_database(tmp_path) as url:
        command = [sys.executable, "manage.py", "migrate", "-v", "1"]
        several = [
            subprocess.Popen(  # noqa: S603
                command,
                cwd=ROOT,
                env=environment(url),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        told = [process.communicate(timeout=300) for process in several]
        assert [process.returncode for process in several] == [0] * 4, told
        assert sum("Applying kb.0001_tables" in out for out, _ in told) == 1
        assert sum("另一个进程正在升级" in err for _, err in told) >= 1
        applied = [(row[1], row[2]) for row in contents(url)["django_migrations"]]
        assert len(applied) == len(set(applied)) > 20
        assert "No migrations to apply" in manage(url, "migrate").stdout
