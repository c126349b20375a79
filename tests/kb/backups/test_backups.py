"""What a backup holds comes back row for row; what cannot be trusted is refused."""

import os
import re
import stat
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from kb.backups.folder import BackupError, backups, forget, new_backup
from kb.management.commands.backup import next_time
from tests.databases import ROOT, contents, empty_database, manage

PAGE = ROOT / "tests" / "pages" / "101_chifeng-broadsheet.txt"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The URL of a database with a page, an account and its history, and the folder of its backup."""
    folder = tmp_path_factory.mktemp("filled")
    with empty_database(folder) as url:
        manage(url, "migrate", "-v", "0")
        manage(url, "import_pages", str(PAGE), "-v", "0")
        manage(url, "ensure_local_admin", KB_ADMIN_PASSWORD="a-long-one-of-mine")
        manage(url, "backup", str(folder / "backups"))
        yield url, folder / "backups"


def newest(folder):
    [(_, path), *_] = backups(folder)
    return path


class TestRestoring:
    def test_every_row_of_every_table_comes_back(self, filled, tmp_path):
        url, folder = filled
        with empty_database(tmp_path) as other:
            manage(other, "restore", str(newest(folder)))
            before, after = contents(url), contents(other)
            assert len(before["kb_article"]) > 2
            assert len(before["auth_user"]) == 1
            assert after == before
            assert "No migrations to apply" in manage(other, "migrate").stdout
            again = manage(other, "import_pages", str(PAGE), "--force").stdout
            assert re.search(r"^版面\s+0\s+0\s+1", again, re.MULTILINE), (
                "the triggers and sequences work as before"
            )

    def test_a_database_that_holds_something_is_left_alone_unless_told(self, filled, tmp_path):
        url, folder = filled
        with empty_database(tmp_path) as other:
            manage(other, "migrate", "-v", "0")
            manage(other, "ensure_local_admin", KB_ADMIN_PASSWORD="another-one-of-mine")
            before = contents(other)
            refused = manage(other, "restore", str(newest(folder)), check=False)
            assert refused.returncode == 1
            assert "数据库不是空的" in refused.stderr
            assert contents(other) == before
            manage(other, "restore", str(newest(folder)), "--replace")
            assert contents(other) == contents(url)

    @pytest.mark.parametrize("harm", ["cut", "changed", "no sum"])
    def test_a_damaged_file_changes_nothing(self, filled, tmp_path, harm):
        _, folder = filled
        path = tmp_path / newest(folder).name
        path.write_bytes(newest(folder).read_bytes())
        told = Path(f"{path}.sha256")
        told.write_text(Path(f"{newest(folder)}.sha256").read_text())
        if harm == "cut":
            os.truncate(path, path.stat().st_size // 2)
        elif harm == "changed":
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        else:
            told.unlink()
        with empty_database(tmp_path) as other:
            refused = manage(other, "restore", str(path), check=False)
            assert refused.returncode == 1
            assert "校验和" in refused.stderr
            assert contents(other) == {}


class TestFolder:
    NIGHT = datetime(2026, 3, 31, 18, 30, tzinfo=UTC)

    def filled(self, folder, nights):
        for number in range(nights):
            made = self.NIGHT - timedelta(days=number)
            new_backup(folder, "dump", lambda path: path.write_bytes(b"x"), made)

    def test_the_newest_and_one_of_each_month_are_kept(self, tmp_path):
        self.filled(tmp_path, 100)
        (tmp_path / "mine.txt").write_text("我的")
        forget(tmp_path, newest=14, months=3, now=self.NIGHT)
        kept = [f"{made:%m-%d}" for made, _ in backups(tmp_path)]
        assert kept[:14] == [f"{self.NIGHT - timedelta(days=n):%m-%d}" for n in range(14)]
        assert kept[14:] == ["02-28", "01-31"]
        assert len(list(tmp_path.iterdir())) == 2 * 16 + 1, "the sums go with their files, other files stay"

    def test_the_last_backup_is_never_deleted(self, tmp_path):
        self.filled(tmp_path, 2)
        forget(tmp_path, newest=0, months=0, now=self.NIGHT)
        assert len(backups(tmp_path)) == 1

    def test_only_the_owner_may_read_it(self, tmp_path):
        self.filled(tmp_path, 1)
        assert stat.S_IMODE(newest(tmp_path).stat().st_mode) == 0o600

    def test_a_backup_that_fails_leaves_no_file(self, tmp_path):
        def broken(path):
            path.write_bytes(b"half")
            raise OSError("No space left on device")

        with pytest.raises(OSError, match="space"):
            new_backup(tmp_path, "dump", broken, self.NIGHT)
        assert list(tmp_path.iterdir()) == []

    def test_two_at_the_same_second_do_not_overwrite_one_another(self, tmp_path):
        self.filled(tmp_path, 1)
        with pytest.raises(BackupError, match="已经存在"):
            self.filled(tmp_path, 1)


def test_the_next_night_is_today_or_tomorrow():
    now = datetime(2026, 3, 31, 1, 0, tzinfo=UTC)
    assert next_time(now, time(2, 30)) == now.replace(hour=2, minute=30)
    assert next_time(now, time(1, 0)) == now + timedelta(days=1)
