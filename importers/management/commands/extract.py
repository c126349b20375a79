"""Prints what pages say, without a database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from importers.extract_command import DESCRIPTION, add_arguments, run


class Command(BaseCommand):
    help = DESCRIPTION
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if status := run(options["paths"], max(options["jobs"], 1), options["coverage"]):
            raise SystemExit(status)
