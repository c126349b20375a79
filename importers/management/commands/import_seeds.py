"""Imports the pages that come with the project."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from importers.management.commands import import_pages


class Command(import_pages.Command):
    help = "导入随项目提供的版面（seeds/），与 import_pages seeds/ 相同。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        self.add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options, paths=[settings.BASE_DIR / "seeds"])
