"""Prints how well pages are read, against annotations made by hand."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from importers.evaluate.pages import annotations, page_file, printed_pages, read_pages, score
from importers.evaluate.tally import Report
from importers.sources import SourceError


class Command(BaseCommand):
    help = "对照人工标注，逐字段报告识别的准确率，并列出混淆和差错；可与另一次识别的结果比较。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--gold", type=Path, required=True, metavar="DIR", help="标注文件（NNN.json）所在目录"
        )
        parser.add_argument("--pages", type=Path, metavar="DIR", help="版面文件所在目录，默认 seeds/")
        parser.add_argument(
            "--compare", type=Path, metavar="FILE", help="另一次 extract 的输出，报告改好和改坏的地方"
        )
        parser.add_argument("--errors", action="store_true", help="逐条列出差错")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.report(**options)
        except SourceError as error:
            raise CommandError(str(error)) from error

    def report(
        self, gold: Path, pages: Path | None, compare: Path | None, errors: bool, **_options: Any
    ) -> None:
        """Prints the figures, the confusions, and on request the errors or a comparison."""
        annotated = annotations(gold)
        folder = pages or settings.BASE_DIR / "seeds"
        files = {page["seed"]: page_file(folder, page["seed"]) for page in annotated}
        now = score(annotated, read_pages(files.values()), files)
        self.figures(now)
        self.confusions(now)
        if errors:
            self.stdout.write("\n".join(sorted(now.findings())))
        if compare:
            self.comparison(score(annotated, printed_pages(compare), files), now)

    def figures(self, report: Report) -> None:
        """One line for each figure."""
        self.stdout.write(f"{'':24}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'missed':>8}{'extra':>8}")
        for name, tally in sorted(report.lines.items()):
            shares = f"{tally.precision:8.3f}{tally.recall:8.3f}{tally.f1:8.3f}"
            self.stdout.write(f"{name:24}{shares}{tally.right:8}{len(tally.missed):8}{len(tally.spurious):8}")

    def confusions(self, report: Report) -> None:
        """What was read in place of what, the most frequent first."""
        found = sorted(report.confusions.items(), key=lambda item: (-item[1], item[0]))
        if found:
            self.stdout.write("\n混淆（标注 → 读作）：")
        for (name, wanted, read), times in found:
            self.stdout.write(f"  {times:4} × {name}：{wanted} → {read}")

    def comparison(self, before: Report, now: Report) -> None:
        """What got right and what got wrong between two readings; what one does not print is left out."""
        then, found = before.findings(), now.findings(before.lines)
        for title, findings in (("改好", then - found), ("改坏", found - then)):
            self.stdout.write(f"\n{title} {len(findings)} 处：")
            for finding in sorted(findings):
                self.stdout.write(f"  {finding}")
