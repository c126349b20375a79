"""Compares the tallies with the rows themselves, or counts anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb import tallies
from kb.tallies import cities, entities, figures, totals


class Command(BaseCommand):
    help = "根据现有数据重新计数；平时不需要，计数随数据一起更新。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对，不改动；不符时以错误结束。")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        wrong = [
            *(
                f"盟市 {city} 单位 {unit} {status} {qualifier}：多计 {number} 条"
                for city, unit, status, qualifier, number, *_ in figures.differences()
            ),
            *(
                f"盟市 {city} {resource} {sort}：多计 {number} 条"
                for resource, city, sort, number in cities.differences()
            ),
            *(f"{name} {record}：多计 {number}" for name, record, number in entities.differences()),
            *(
                f"{resource} {year or ''} {sort}：多计 {number}"
                for resource, year, sort, number in totals.differences()
            ),
        ]
        for each in wrong:
            self.stdout.write(each)
        if check and wrong:
            raise CommandError(f"{len(wrong)} 类数据的计数不符；请运行 rebuild_tallies。")
        if not check:
            tallies.rebuild()
        self.stdout.write("计数与数据相符。" if not wrong else f"已重新计数，{len(wrong)} 类原来不符。")
