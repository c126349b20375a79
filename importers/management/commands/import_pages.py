"""Imports pages from files and folders."""

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from importers.progress import progress, table
from importers.readers import NoClusterError, Readers, readers
from importers.reports import keep
from importers.run import ImportOptions, ImportReport, import_files
from importers.sources import SourceError, find_files
from kb.logs import import_known_as
from kb.outages import is_outage

PATIENCE = 30
"""Seconds to wait for a database that is out of order: a restart takes less."""

STOPPED = (
    "数据库不能使用（{reason}），等了 {waited} 秒，导入在此停止。已经导入的版面都是完整的；"
    "恢复后重新运行同一命令，会从停下的地方继续。"
)


class Command(BaseCommand):
    help = (
        "导入版面文件：读取文件或目录，识别文章、地名、组织、举措和数据，写入数据库。重复导入不产生重复记录。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或目录")
        self.add_options(parser)

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只报告会改变什么，不写入")
        parser.add_argument("--force", action="store_true", help="没有变化的版面也重新识别")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="识别版面的进程数，默认 1")
        parser.add_argument(
            "--scheduler",
            default="",
            metavar="URL",
            help="由 Dask 集群识别：调度器的地址，如 tcp://10.0.0.5:8786",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = find_files(options["paths"])
        except SourceError as error:
            raise CommandError(str(error)) from error
        try:
            with readers(options["jobs"], options["scheduler"]) as found:
                report = self.read(files, found, options)
        except NoClusterError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            if not is_outage(error):
                raise
            raise CommandError(STOPPED.format(reason=str(error).strip(), waited=PATIENCE)) from error
        if options["verbosity"]:
            self.stdout.write(table(report.result))
        for note in report.result.notes:
            self.stderr.write(note)
        if report.errors:
            raise CommandError("\n".join([f"{len(report.errors)} 个文件没有导入：", *report.errors]))

    def read(self, files: list[Path], found: Readers, options: dict[str, Any]) -> ImportReport:
        """Imports the files, showing how far it is, and keeps the report."""
        chosen = ImportOptions(options["force"], options["dry_run"], found.width, patience=PATIENCE)
        number = uuid.uuid4()
        with import_known_as(str(number)), progress(len(files), options["verbosity"] == 0) as on_file:
            report = import_files(files, chosen, found.executor, on_file)
        if not chosen.dry_run:
            keep(report, number, options["paths"], len(files))
        return report
