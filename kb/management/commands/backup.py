"""Makes a backup of the database, once or every night."""

import signal
import threading
from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from kb.backups.copying import ENDINGS, copy_out
from kb.backups.folder import BackupError, ahead, backups, forget, new_backup

CLOCKS = timedelta(minutes=5)
"""By how much the clocks of two machines may differ."""


class Command(BaseCommand):
    help = (
        "备份整个数据库（含账号和令牌）：PostgreSQL 用 pg_dump，SQLite 用在线备份；随时可以运行，不影响使用。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        folder = settings.KB_BACKUP_DIR
        parser.add_argument(
            "folder", nargs="?", type=Path, default=folder, metavar="DIR", help=f"默认 {folder}"
        )
        parser.add_argument("--keep", type=int, default=14, metavar="N", help="留最近几份，默认 14")
        parser.add_argument(
            "--months", type=int, default=12, metavar="N", help="另外每月留一份，留几个月，默认 12"
        )
        parser.add_argument(
            "--daily", type=time.fromisoformat, metavar="HH:MM", help="一直运行，每天这时备份一次"
        )
        parser.add_argument("--check", type=float, metavar="H", help="不备份，只看最近一份是否不超过几小时")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if options["check"] is not None:
            return self.check_age(folder, timedelta(hours=options["check"]))
        if options["daily"] is not None:
            return self.every_night(folder, options)
        try:
            return self.once(folder, options)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(str(error)) from error

    def once(self, folder: Path, options: dict[str, Any]) -> None:
        """Makes one backup and deletes those that are too old."""
        now = timezone.now()
        path = new_backup(folder, ENDINGS[connection.vendor], copy_out, now)
        self.stdout.write(f"已备份：{path}（{path.stat().st_size:,} 字节）")
        for gone in forget(folder, options["keep"], options["months"], now):
            self.stdout.write(f"已删除旧备份：{gone.name}")
        if early := ahead(folder, now):
            self.stderr.write(f"有 {len(early)} 份备份的时间晚于现在，都没有动；请核对时钟：{early[0].name}")

    def check_age(self, folder: Path, most: timedelta) -> None:
        """Fails where the newest backup is too old."""
        now = timezone.now()
        ages = (now - made for made, _ in backups(folder))
        if not any(-CLOCKS <= age <= most for age in ages):
            raise CommandError(f"{folder} 中没有 {most} 以内的备份。")

    def every_night(self, folder: Path, options: dict[str, Any]) -> None:
        """Makes a backup at that time of every day, and one at once where the last is older than a day."""
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        newest = next(iter(backups(folder)), None)
        due = timezone.now() if newest is None else newest[0] + timedelta(days=1)
        due = min(due, next_time(timezone.localtime(), options["daily"]))
        while not over.wait(max((due - timezone.now()).total_seconds(), 0)):
            try:
                self.once(folder, options)
                due = next_time(timezone.localtime(), options["daily"])
            except (BackupError, DatabaseError, OSError) as error:
                self.stderr.write(f"备份失败，十分钟后再试：{error}")
                due = timezone.now() + timedelta(minutes=10)
            connection.close()


def next_time(now: datetime, at: time) -> datetime:
    """The next moment at which the clock shows that time."""
    today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
