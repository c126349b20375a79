"""The three services: which records each matches, and what it can add to a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from api.errors import Problem
from api.references import KINDS, Kind
from kb.merging.merge import survivors
from kb.vocabulary import InitiativeKind, OrganisationCategory, PlaceLevel, Vocabulary

SPACE = "/api/v1/"
MOST_QUERIES, MOST_VALUES, MOST_IDS = 100, 50, 1000
"""Queries of one request, values of properties in one query, records of one extension."""


@dataclass(frozen=True, slots=True)
class Property:
    """A value that the service adds to matched rows, or takes into account in matching."""

    id: str
    name: str
    column: str
    link: str = ""
    """The column of the linked record's id, where the value is a record of the same service.

    A record of another resource is given by its name: OpenRefine takes every id in a column for one of the
    service that it asked, so that 盟市 2 would become organisation 2.
    """
    vocabulary: type[Vocabulary] | None = None

    def label(self, stored: Any) -> str:
        """A stored value as people read it."""
        return self.vocabulary(stored).label if self.vocabulary else str(stored)  # type: ignore[call-arg]

    def any_of(self, given: list[str]) -> Q:
        """Selects the records with one of the values; a short form such as 呼和浩特 will do for a name."""
        if self.vocabulary:
            members = [each for each in self.vocabulary if {each.value, each.label} & set(given)]
            return Q(**{f"{self.column}__in": members})
        found = Q()
        for value in given:
            found |= Q(**{f"{self.column}__startswith": value})
        return found


@dataclass(frozen=True, slots=True)
class Service:
    """One service: `places`, `organisations` or `initiatives`."""

    resource: str
    name: str
    kind: str
    properties: tuple[Property, ...]

    @property
    def table(self) -> Kind:
        """The tables of its records and their names."""
        return KINDS[self.kind]

    @property
    def type(self) -> dict[str, str]:
        """The one type of its records."""
        return {"id": self.resource, "name": self.name}

    @property
    def known(self) -> dict[str, Property]:
        """Its properties by id."""
        return {each.id: each for each in self.properties}

    def description(self, row: dict[str, Any]) -> str:
        """What tells a record from its namesakes: `党支部 · 呼和浩特市`."""
        mark = next(each for each in self.properties if each.column == self.table.mark)
        return " · ".join(filter(None, (mark.label(row[self.table.mark]), row["city__name"])))


CITY = Property("city", "盟市", "city__name")
CITY_CODE = Property("city_code", "盟市代码", "city__code")
SERVICES = {
    service.resource: service
    for service in (
        Service(
            "places",
            "地名",
            "place",
            (
                Property("code", "行政区划代码", "code"),
                Property("level", "级别", "level", vocabulary=PlaceLevel),
                Property("parent", "上级", "parent__name", link="parent_id"),
                Property("city", "盟市", "city__name", link="city_id"),
                CITY_CODE,
                Property("longitude", "经度", "longitude"),
                Property("latitude", "纬度", "latitude"),
            ),
        ),
        Service(
            "organisations",
            "组织",
            "organisation",
            (
                Property("category", "类别", "category", vocabulary=OrganisationCategory),
                CITY,
                CITY_CODE,
                Property("place", "所在地", "place__name"),
                Property("place_code", "所在地代码", "place__code"),
                Property("parent", "上级组织", "parent__name", link="parent_id"),
            ),
        ),
        Service(
            "initiatives",
            "举措",
            "initiative",
            (
                Property("kind", "类别", "kind", vocabulary=InitiativeKind),
                CITY,
                CITY_CODE,
                Property("started", "开始日期", "started_on"),
            ),
        ),
    )
}


def check_number(param: str, given: int, most: int) -> None:
    """Refuses more than the database is asked for at once."""
    if given > most:
        raise Problem("wrong_number_of_values", param=param, value=given, allowed=[f"1–{most}"])


def is_number(text: str) -> bool:
    """Whether a parameter is an id or a count that the database's integers can hold."""
    return text.isascii() and text.isdigit() and len(text) < 19


def manifest(service: Service, absolute: Callable[[str], str]) -> dict[str, Any]:
    """What the service tells of itself; `absolute` makes a path an address."""
    at = absolute(f"{SPACE}reconcile/{service.resource}").rstrip("/")
    return {
        "versions": ["0.2"],
        "batchSize": MOST_QUERIES,
        "documentation": absolute("/api/docs/"),
        "name": f"党建知识库·{service.name}",
        "identifierSpace": absolute(f"{SPACE}{service.resource}/"),
        "schemaSpace": absolute("/api/schema/"),
        "defaultTypes": [service.type],
        "view": {"url": absolute(f"{SPACE}{service.resource}/") + "{{id}}/"},
        "preview": {"url": f"{at}/preview/?id={{{{id}}}}", "width": 420, "height": 220},
        "suggest": {
            part: {"service_url": at, "service_path": f"/suggest/{part}/"}
            for part in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": at, "service_path": "/properties/"},
            "property_settings": [],
        },
    }


def properties_of(service: Service) -> list[dict[str, str]]:
    """The properties as lists show them."""
    return [{"id": each.id, "name": each.name} for each in service.properties]


def extension(service: Service, ids: list[str], wanted: list[str]) -> dict[str, Any]:
    """The values of properties for records, by id and property; an old id tells of what is left."""
    chosen = [service.known[name] for name in dict.fromkeys(wanted) if name in service.known]
    asked = {each: int(each) for each in ids if is_number(each)}
    left = survivors(service.table.model, asked.values())
    columns = {column for each in chosen for column in (each.column, each.link) if column}
    stored = service.table.model.objects.asserted().filter(pk__in=left.values()).values("pk", *columns)
    found = {row["pk"]: {each.id: cells(each, row) for each in chosen} for row in stored}
    rows = {
        each: found.get(left.get(asked.get(each, 0), 0), {name.id: [] for name in chosen}) for each in ids
    }
    return {"meta": [meta(service, each) for each in chosen], "rows": rows}


def meta(service: Service, wanted: Property) -> dict[str, Any]:
    """What a column of values is: its property, and their type where they are records."""
    return {"id": wanted.id, "name": wanted.name, **({"type": service.type} if wanted.link else {})}


def described(service: Service, ids: list[int]) -> list[dict[str, Any]]:
    """Id, name and description of records; an old id tells of what is left of it; two queries."""
    left = survivors(service.table.model, ids)
    columns = ("pk", "name", "city__name", service.table.mark)
    stored = service.table.model.objects.asserted().filter(pk__in=left.values()).values(*columns)
    rows = {row["pk"]: row for row in stored}
    return [
        {"id": pk, "name": rows[kept]["name"], "description": service.description(rows[kept])}
        for pk, kept in left.items()
        if kept in rows
    ]


def cells(wanted: Property, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The value of one property as the specification writes it; nothing for no value."""
    value = row[wanted.column]
    if value is None or value == "":
        return []
    if wanted.link:
        return [{"id": str(row[wanted.link]), "name": value}]
    if wanted.vocabulary:
        return [{"str": wanted.label(value)}]
    if isinstance(value, int | float):
        return [{"float": value}]
    if isinstance(value, date):  # the specification knows no day without a time
        return [{"date": f"{value.isoformat()}T00:00:00"}]
    return [{"str": str(value)}]
