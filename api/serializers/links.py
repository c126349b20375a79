"""The fields that lead to other records: one link, many links, names, and lists with a query of their own."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.module_loading import import_string

from api.serializers.fields import Reader, Row, Shown, nullable

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
        build = (
            self.serializer.embedded_reader(base, inside)
            if self.expanded
            else link_reader(base, self.serializer.resource, inside, self.name, self.more)
        )
        return lambda row: None if row[key] is None else build(row)

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """The component `Link` or null."""
        return nullable(component(import_string("api.serializers.parts.LinkPart")))


def link_reader(base: str, resource: str, at: str, name: str, more: Sequence[str]) -> Reader:
    """What builds `{id, name, <more>, url}` from the columns under a path."""
    id_key, name_key, start = f"{at}id", f"{at}{name}", f"{base}{resource}/"
    more_keys = [(column.rsplit("__", 1)[-1], at + column) for column in more]

    def read(row: Row) -> dict[str, Any]:
        link = {"id": row[id_key], "name": row[name_key] or UNTITLED, "url": f"{start}{row[id_key]}/"}
        for label, key in more_keys:
            link[label] = row[key]
        return link

    return read


class Attached(Shown):
    """Rows that hang on the record (names, organisers): all kinds come by one UNION query a page."""

    embedded = False

    def branches(self, name: str, ids: Sequence[int]) -> list[QuerySet]:
        """The queries for the attached rows of the records: (record id, field name, JSON object with id)."""
        raise NotImplementedError

    def item_reader(self, base: str) -> Reader:
        """What turns one JSON object of the branch into the item shown."""
        raise NotImplementedError


class Names(Attached):
    """The other names of a record."""

    def __init__(self, model: type[Model], owner: str, **kwargs: Any) -> None:
        self.model, self.owner = model, owner
        super().__init__(**kwargs)

    def branches(self, name: str, ids: Sequence[int]) -> list[QuerySet]:
        """One row a name that is not the canonical one."""
        rows = self.model._base_manager.filter(**{f"{self.owner}__in": ids})
        other = rows.exclude(name=F(f"{self.owner}__name"))
        return [other.values_list(f"{self.owner}_id", Value(name), JSONObject(id="id", name="name"))]

    def item_reader(self, base: str) -> Reader:
        """The name alone."""
        return lambda item: item["name"]

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
        self.target, self.sources = target, sources
        self.name, self.more, self.expanded = name, tuple(more), False
        super().__init__(**kwargs)

    @property
    def serializer(self) -> type["RecordSerializer"]:
        """The serializer of the linked resource."""
        return import_string(f"api.serializers.{self.target}")

    def branches(self, name: str, ids: Sequence[int]) -> list[QuerySet]:
        """One row a link, with the columns of the link or of the embedded record."""
        wanted = self.serializer.embedded_columns() if self.expanded else ("id", self.name, *self.more)
        return [
            model._base_manager.filter(**{f"{owner}__in": ids, f"{via}__isnull": False}).values_list(
                owner, Value(name), JSONObject(**{column: f"{via}__{column}" for column in wanted})
            )
            for model, owner, via in self.sources
        ]

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

    def fetch(self, ids: Sequence[int], base: str, most: int) -> dict[int, list[dict[str, Any]]]:
        """The items by the id of their record, at most `most` of each where the list can be long."""
        raise NotImplementedError
