"""The three services: which records each matches, and what it can add to a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from api.references import KINDS, Kind
from kb.vocabulary import InitiativeKind, OrganisationCategory, PlaceLevel, Vocabulary

SPACE = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Property:
    """A value that the service adds to matched rows, or takes into account in matching."""

    id: str
    name: str
    column: str
    link: str = ""
    """The column of the linked record's id, where the value is a record."""
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

    def mark_label(self, stored: Any) -> str:
        """What sort of record it is, as people read it: 品牌, 党支部, 旗县区."""
        return next(each for each in self.properties if each.column == self.table.mark).label(stored)


CITY = Property("city", "盟市", "city__name", link="city_id")
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
                CITY,
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
                Property("place", "所在地", "place__name", link="place_id"),
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
                Property("started", "开始日期", "started_on"),
            ),
        ),
    )
}


def manifest(service: Service, absolute: Callable[[str], str]) -> dict[str, Any]:
    """What the service tells of itself; `absolute` makes a path an address."""
    at = absolute(f"{SPACE}reconcile/{service.resource}").rstrip("/")
    return {
        "versions": ["0.2"],
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
    """The values of the wanted properties for records, by id and property; one query."""
    chosen = [service.known[name] for name in wanted if name in service.known]
    numbers = [int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 19]
    columns = {column for each in chosen for column in (each.column, each.link) if column}
    rows = service.table.model.objects.asserted().filter(pk__in=numbers).values("pk", *columns)
    found = {str(row["pk"]): {each.id: cells(each, row) for each in chosen} for row in rows}
    meta = [{"id": each.id, "name": each.name} for each in chosen]
    return {"meta": meta, "rows": {each: found.get(each, {name.id: [] for name in chosen}) for each in ids}}


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
