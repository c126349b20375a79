"""The fields that lead to other records: one link, many links, names, and lists with a query of their own."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from api.serializers.fields import Columns, Reader, Row, Shown, by_column, nullable

if TYPE_CHECKING:
    from api.serializers.records import RecordSerializer

UNTITLED = "（无题）"
"""How an article without a headline is named in links."""


class Link(Shown):
    """A linked record as `{id, name, url}`, with further columns where it is told apart by them."""

    embedded = False

    def __init__(
        self, target: str, via: str, *, name: str = "name", more: Sequence[str] = (), **kwargs: Any
    ) -> None:
        self.target, self.via, self.name, self.more = target, via, name, tuple(more)
        self.expanded = False
        super().__init__(**kwargs)

    @property
    def serializer(self) -> type["RecordSerializer"]:
        """The serializer of the linked resource."""
        return import_string(f"api.serializers.{self.target}")

    def columns(self) -> tuple[str, ...]:
        """The id, the name and the further columns, or all that the embedded record shows."""
        if self.expanded:
            return tuple(f"{self.via}__{column}" for column in self.serializer.embedded_columns())
        return tuple(f"{self.via}__{column}" for column in ("id", self.name, *self.more))

    def reader(self, base: str, at: str = "") -> Reader:
        """The link, or the embedded record where it was expanded; null where there is none."""
        key, inside = f"{at}{self.via}__id", f"{at}{self.via}__"
        if not self.expanded:
            return link_reader(base, self.serializer.resource, inside, self.name, self.more)
        read = self.serializer.embedded_reader(base, inside)
        return lambda columns: [
            None if pk is None else shown for pk, shown in zip(columns[key], read(columns), strict=True)
        ]

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """The component `Link` or null."""
        return nullable(component(import_string("api.serializers.parts.LinkPart")))


def link_reader(base: str, resource: str, at: str, name: str, more: Sequence[str]) -> Reader:
    """What builds `{id, name, url, <more>}` from the columns under a path; null for no id.

    A record that many rows of a page lead to is written once.
    """
    start = f"{base}{resource}/"
    id_key, name_key = f"{at}id", at + name
    beside = {each.rsplit("__", 1)[-1]: at + each for each in more}

    def read(columns: Columns) -> Sequence[dict[str, Any] | None]:
        ids, names = columns[id_key], columns[name_key]
        places = {pk: place for place, pk in enumerate(ids) if pk is not None}
        links = {
            pk: {"id": pk, "name": names[place] or UNTITLED, "url": f"{start}{pk}/"}
            for pk, place in places.items()
        }
        for label, key in beside.items():
            values = columns[key]
            for pk, place in places.items():
                links[pk][label] = values[place]
        return list(map(links.get, ids))

    return read


class JSONList(Subquery):
    """The rows of a subquery with one column `item` as a JSON list, in the order of the subquery."""

    template = "(SELECT JSON_GROUP_ARRAY(JSON(listed.item)) FROM (%(subquery)s) AS listed)"
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """The same in PostgreSQL's words; null for no rows."""
        template = "(SELECT JSONB_AGG(listed.item) FROM (%(subquery)s) AS listed)::text"
        return self.as_sql(compiler, connection, template=template, **extra)


def items(value: str | None) -> list[Row]:
    """The rows of a JSON list out of the database."""
    return orjson.loads(value) if value else []


class Attached(Shown):
    """Rows that hang on the record (names, organisers): a JSON list in a column of the record's row."""

    embedded = False

    def sources(self, most: int) -> dict[str, QuerySet]:
        """By column: the rows that hang on OuterRef("pk"), as `item` objects with an id."""
        raise NotImplementedError

    def item_columns(self) -> tuple[str, ...]:
        """What an item consists of, as far as it is shown."""
        raise NotImplementedError

    def item_reader(self, base: str) -> Reader:
        """What turns the columns of the items into what is shown."""
        raise NotImplementedError

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.sources(1))

    def columns(self) -> tuple[str, ...]:
        """The columns with the lists."""
        return self._names

    def annotations(self, most: int) -> dict[str, Any]:
        """The lists."""
        return {column: JSONList(rows) for column, rows in self.sources(most).items()}

    def reader(self, base: str, at: str = "") -> Reader:
        """The items of all columns, each once, by their ordinal and id."""
        names, read, keys = self.columns(), self.item_reader(base), self.item_columns()

        def show(columns: Columns) -> list[Any]:
            rows = [_each_once(texts) for texts in zip(*(columns[name] for name in names), strict=True)]
            return listed(rows, read, keys)

        return show


def _each_once(texts: Iterable[str | None]) -> list[Row]:
    """The items of several JSON lists, each id once, by their ordinal and id."""
    found = {item["id"]: item for text in texts for item in items(text)}
    return sorted(found.values(), key=_place) if len(found) > 1 else list(found.values())


def listed(rows: Sequence[list[Row]], read: Reader, keys: Iterable[str]) -> list[list[Any]]:
    """What is shown of the items of each row; all of a page are read in one go."""
    shown = iter(read(by_column([item for row in rows for item in row], keys)))
    return [list(islice(shown, len(row))) for row in rows]


def _place(item: Row) -> tuple[int, int]:
    """Where an attached item stands among those of its record: by its ordinal, then by its id."""
    return item.get("ordinal", 0), item["id"]


class Names(Attached):
    """The other names of a record."""

    def __init__(self, model: type[Model], owner: str, **kwargs: Any) -> None:
        self.model, self.owner = model, owner
        super().__init__(**kwargs)

    def sources(self, most: int) -> dict[str, QuerySet]:
        """The names that are not the canonical one."""
        rows = self.model._base_manager.filter(**{self.owner: OuterRef("pk")})
        other = rows.exclude(name=OuterRef("name")).order_by()
        return {"name_items": other.values(item=JSONObject(id="id", name="name"))}

    def item_columns(self) -> tuple[str, ...]:
        """The name."""
        return ("name",)

    def item_reader(self, base: str) -> Reader:
        """The name alone."""
        return lambda columns: columns["name"]

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A list of strings."""
        return {"type": "array", "items": {"type": "string"}}


class Links(Attached):
    """Many linked records, each as `{id, name, url}`, in the order of their ids, each once.

    `sources` are the ways to them: a model, its path to the listed record, its path to the linked one.
    """

    def __init__(
        self,
        target: str,
        sources: Sequence[tuple[type[Model], str, str]],
        *,
        name: str = "name",
        more: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.target, self.sources_of = target, sources
        self.name, self.more, self.expanded = name, tuple(more), False
        super().__init__(**kwargs)

    @property
    def serializer(self) -> type["RecordSerializer"]:
        """The serializer of the linked resource."""
        return import_string(f"api.serializers.{self.target}")

    def sources(self, most: int) -> dict[str, QuerySet]:
        """The links of each way."""
        wanted = self.item_columns()
        return {
            f"{via.replace('__', '_')}_items": model._base_manager.filter(
                **{owner: OuterRef("pk"), f"{via}__isnull": False}
            )
            .order_by()
            .values(item=JSONObject(**{column: f"{via}__{column}" for column in wanted}))
            for model, owner, via in self.sources_of
        }

    def item_columns(self) -> tuple[str, ...]:
        """The columns of the link, or of the embedded record where it was expanded."""
        return self.serializer.embedded_columns() if self.expanded else ("id", self.name, *self.more)

    def item_reader(self, base: str) -> Reader:
        """The link, or the embedded record where it was expanded."""
        if self.expanded:
            return self.serializer.embedded_reader(base, "")
        return link_reader(base, self.serializer.resource, "", self.name, self.more)

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A list of the component `Link`."""
        return {"type": "array", "items": component(import_string("api.serializers.parts.LinkPart"))}


class Fetched(Shown):
    """A list that takes a query of its own a page."""

    embedded = False

    def fetch(self, ids: Sequence[int], base: str) -> dict[int, list[dict[str, Any]]]:
        """The items by the id of their record."""
        raise NotImplementedError
