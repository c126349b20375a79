"""Rows of the archive as the tables want them: every column, those that were not given by their default."""

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from kb.search_index import head_tokens
from kb.search_text import words_of_text

FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
SEARCHED_BY = {
    "article": ("title", "column"),
    "place": ("name",),
    "organisation": ("name",),
    "initiative": ("name",),
    "metric": ("subject", "text"),
}


def model_of(name: str) -> type[models.Model]:
    """The model of a table's short name, `placename` or `initiative_places`."""
    return apps.get_model("kb", name)


class Columns:
    """The stored columns of a model, and its rows as tuples in their order."""

    def __init__(self, name: str) -> None:
        fields = [field for field in model_of(name)._meta.concrete_fields if not field.generated]
        self.table = model_of(name)._meta.db_table
        self.names = [str(field.column) for field in fields]
        self.defaults = [default_of(field) for field in fields]

    def tuples(self, rows: Iterable[dict[str, Any]], moment: str) -> Iterator[tuple[Any, ...]]:
        """The rows, written at a moment."""
        times = {"created_at": moment, "updated_at": moment}
        pairs = [
            (name, times.get(name, value)) for name, value in zip(self.names, self.defaults, strict=True)
        ]
        for row in rows:
            yield tuple([row.get(name, value) for name, value in pairs])


def default_of(field: models.Field) -> Any:
    """What a column holds where nothing is said: an imported, valid record."""
    if field.column == "origin":
        return "imported"
    value = field.get_default()
    return "[]" if value == [] else "{}" if value == {} else value


def moment(second: int) -> str:
    """The time at which a page was imported."""
    return (FIRST + datetime.timedelta(seconds=second)).isoformat(sep=" ")


@lru_cache(maxsize=300_000)
def _head(text: str) -> tuple[str, ...]:
    return tuple(head_tokens([text]))


@lru_cache(maxsize=300_000)
def _body(text: str) -> tuple[str, ...]:
    return tuple(words_of_text(text))


def document(name: str, row: dict[str, Any], more: Iterable[str] = ()) -> tuple[int, list[str], list[str]]:
    """What is indexed of a row; sentences are cut into words once, however often they come back."""
    heads = dict.fromkeys([*(row[column] for column in SEARCHED_BY[name]), *more])
    head = [token for text in heads if text for token in _head(text)]
    return row["id"], head, [word for part in row.get("parts", ()) for word in _body(part)]
