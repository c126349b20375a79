"""Rows of the archive as the tables want them: every column, those that were not given by their default."""

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import models

from kb.search_index import head_tokens
from kb.search_text import words_of_text

Row = dict[str, Any]
Words = tuple[str, tuple[str, ...]]
"""The tokens of a text: as one text, and as the beginnings of a tsvector's entries."""
Document = tuple[int, list[Words], list[Words]]
"""A row's id, the words of its titles or names, those of the parts of its body."""

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
        self.defaults = {str(field.column): default_of(field) for field in fields}

    def tuples(self, rows: Iterable[Row], moment: str) -> Iterator[tuple[Any, ...]]:
        """The rows, written at a moment."""
        known = self.defaults | {name: moment for name in ("created_at", "updated_at") if name in self.names}
        in_order = itemgetter(*self.names)
        return (in_order(known | row) for row in rows)


@lru_cache(maxsize=64)
def columns(name: str) -> Columns:
    """The columns of a table by its short name."""
    return Columns(name)


def default_of(field: models.Field) -> Any:
    """What a column holds where nothing is said: an imported, valid record."""
    if field.column == "origin":
        return "imported"
    value = field.get_default()
    return "[]" if value == [] else "{}" if value == {} else value


def moment(second: int) -> str:
    """The time at which a page was imported."""
    return (FIRST + datetime.timedelta(seconds=second)).isoformat(sep=" ")


@lru_cache(maxsize=400_000)
def _head(text: str) -> Words:
    return words_as_written(head_tokens([text]))


@lru_cache(maxsize=400_000)
def _body(text: str) -> Words:
    return words_as_written(words_of_text(text))


def words_as_written(tokens: Iterable[str]) -> Words:
    """Tokens as FTS5 takes them, in one text, and as a tsvector begins each of them."""
    found = list(tokens)
    return " ".join(found), tuple(f"'{token}':" for token in found)


def document(name: str, row: Row, more: Iterable[str] = ()) -> Document:
    """What is indexed of a row; sentences are cut into words once, however often they come back."""
    heads = dict.fromkeys([*(row[column] for column in SEARCHED_BY[name]), *more])
    return row["id"], [_head(text) for text in heads if text], [_body(part) for part in row.get("parts", ())]
