"""Writes the search index anew from the tables."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from kb.search_index import BATCH, INDEXES, forget_the_gone, reindex


class Command(BaseCommand):
    help = "根据现有记录重建全文检索索引；平时不需要，索引随记录一起更新。"

    def handle(self, *args: Any, **options: Any) -> None:
        for model in INDEXES:
            rows = 0
            forget_the_gone(model)
            for ids in self.batches(model):
                reindex(model, ids)
                rows += len(ids)
            self.stdout.write(f"{apps.get_model('kb', model)._meta.verbose_name}：{rows} 条")

    def batches(self, model: str) -> Iterator[list[int]]:
        """The ids of all rows of a model, some at a time."""
        rows = apps.get_model("kb", model)._base_manager.order_by("pk").values_list("pk", flat=True)
        last = 0
        while ids := list(rows.filter(pk__gt=last)[:BATCH]):
            yield ids
            last = ids[-1]
