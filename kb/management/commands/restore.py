"""Puts a backup in the place of the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.backups.copying import copy_in, filled
from kb.backups.folder import BackupError, check


class Command(BaseCommand):
    help = "用 backup 写出的文件恢复数据库：整个替换，或者在出错时什么也不变。先停止网站和后台进程。"
    requires_system_checks = ()  # the database may be empty or broken

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="备份文件（旁边要有 .sha256）")
        parser.add_argument("--replace", action="store_true", help="数据库里有内容也替换掉")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            check(file)
            table = None if replace else filled()
            if table:
                raise BackupError(
                    f"数据库不是空的（{table} 中有内容）。请恢复到新建的数据库；"
                    "确实要替换现有的全部内容，加上 --replace。"
                )
            copy_in(file)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已从 {file} 恢复；请运行 migrate，使它与程序的版本一致。")
