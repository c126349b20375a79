"""Records as rows of a table: which columns a field fills, and with what."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.errors import is_english
from api.serializers.evidence import EvidenceSpan
from api.serializers.fields import Column, Dated, Shown
from api.serializers.links import Link
from kb.tables.cells import Cell

SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its name, its Chinese title, and what it takes from a record."""

    name: str
    title: str
    take: Callable[[Mapping[str, Any]], Cell]

    @property
    def heading(self) -> str:
        """The title, or the name for readers of English."""
        return self.name if is_english() else self.title


def columns_of(fields: Mapping[str, Shown]) -> list[TableColumn]:
    """The columns of a table that shows these fields."""
    return [column for name, field in fields.items() for column in field_columns(name, field)]


def field_columns(name: str, field: Shown) -> list[TableColumn]:
    """The columns that one field fills: a link has name and id, a date its precision and words too."""
    title = short(str(field.help_text))
    if isinstance(field, Link) and field.expanded:
        return [
            nested(name, column, f"{title}·{column.title}")
            for inner, its_field in field.serializer.embedded_fields().items()
            for column in field_columns(inner, its_field)
        ]
    if isinstance(field, Link):
        extra = [(key, {"code": "代码"}.get(key, key)) for key in field.more]
        return parts(name, title, [("name", ""), ("id", "编号"), *extra])
    if isinstance(field, Dated):
        return parts(name, title, [("date", ""), ("precision", "精度"), ("text", "原文")], as_date)
    if isinstance(field, EvidenceSpan):
        article = nested(
            name, TableColumn("article", "文章", lambda row: label(row.get("article"))), "出处文章"
        )
        return [article, *parts(name, title, [("context", "上下文"), ("start", "起点"), ("end", "终点")])]
    take = as_date if isinstance(field, Column) and field.kind in ("date", "date-time") else flat
    return [TableColumn(name, title, lambda row: take(row.get(name)))]


def short(words: str) -> str:
    """The first clause of a description, as a heading: `主标题；版面上没有时为空。` gives 主标题."""
    return re.split(r"[，；。：（]", words)[0]


def nested(name: str, column: TableColumn, title: str) -> TableColumn:
    """A column of the record that stands under a name in another."""
    return TableColumn(f"{name}.{column.name}", title, lambda row: column.take(row.get(name) or {}))


def parts(
    name: str, title: str, keys: Iterable[tuple[str, str]], first: Callable[[Any], Cell] | None = None
) -> list[TableColumn]:
    """The columns for the members of an object; the first one bears the field's own name."""
    return [
        TableColumn(
            f"{name}.{key}" if word else name,
            f"{title}·{word}" if word else title,
            member(name, key, first if number == 0 and first is not None else flat),
        )
        for number, (key, word) in enumerate(keys)
    ]


def member(name: str, key: str, take: Callable[[Any], Cell]) -> Callable[[Mapping[str, Any]], Cell]:
    """What takes one member of the object that stands under a name, if there is one."""
    return lambda row: take((row.get(name) or {}).get(key))


def flat(value: Any) -> Cell:
    """Any value as one cell: lists joined, links by name, lines of a page as JSON writes them."""
    if isinstance(value, list):
        return SEPARATOR.join(str(label(item)) for item in value)
    if isinstance(value, dict):  # as all parts of a record are; asking for any Mapping takes longer
        return label(value)
    return value


def label(item: Any) -> str | None:
    """What stands for an object in a cell: its name with its role, or the words of a piece of evidence."""
    if not isinstance(item, Mapping):
        return None if item is None else str(item)
    if "context" in item:
        return f"{item['article']['name']}：{item['context']}"
    role = f"（{item['role_label']}）" if "role_label" in item else ""
    return f"{item.get('name') or item.get('text')}{role}"


def as_date(value: Any) -> Cell:
    """A date as a date, also where it came as text out of the database's JSON."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return datetime.date.fromisoformat(value)
    return value
