"""Writes the whole knowledge base to files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kb.dumps.export import DumpError, export
from kb.dumps.sqlite import publish


class Command(BaseCommand):
    help = (
        "把整个知识库导出到一个目录（每表一个 JSON Lines 文件，附结构、许可说明和校验和），"
        "或导出为一个 SQLite 文件。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="要写入的空目录或新目录。")
        parser.add_argument(
            "--sqlite", type=Path, metavar="FILE", help="写成一个 SQLite 文件，供 Datasette 发布。"
        )

    def handle(self, *args: Any, folder: Path | None, sqlite: Path | None, **options: Any) -> None:
        if bool(folder) == bool(sqlite):
            raise CommandError("请给出一个目录，或用 --sqlite 给出一个文件；两者选其一。")
        try:
            counts = export(folder) if folder else publish(sqlite)  # type: ignore[arg-type]
        except (DumpError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已导出 {sum(counts.values())} 行，{len(counts)} 个表：{folder or sqlite}")
