"""Reads a dump into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kb.dumps.export import DumpError
from kb.dumps.restore import restore


class Command(BaseCommand):
    help = "把 export_dump 导出的目录恢复到一个空数据库（先运行 migrate）；出错时数据库保持为空。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="export_dump 写出的目录。")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            counts = restore(folder)
        except (DumpError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已恢复 {sum(counts.values())} 行，{len(counts)} 个表。")
