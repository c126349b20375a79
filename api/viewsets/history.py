"""The history of a record: every change of it, the newest first."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api import requests
from api.pagination import Order, Ordering, link, read_page
from api.serializers.fields import plain as number
from api.serializers.history import HistoryEntry
from api.viewsets.base import RecordViewSet
from kb.change_triggers import RESOURCES
from kb.history.reading import Entry, Linked, entries, unchanged
from kb.history.snapshots import history_of

NEWEST_FIRST = Ordering((Order("history_id", descending=True),))
RESOURCE_OF = {table.removeprefix("kb_"): resource for table, resource in RESOURCES.items()}


class HistoryViewSet(RecordViewSet):
    """A resource whose records tell what became of them."""

    def parameters(self) -> Collection[str]:
        """The parameters of the present action; a history takes those of paging."""
        if self.action == "history":
            return {"cursor", "page_size", "count", *requests.COMMON}
        return super().parameters()

    @extend_schema(responses=HistoryEntry(many=True))
    @action(detail=True)
    def history(self, request: Request, pk: str) -> Response:
        """One page of the changes of a record; who made them is told to those who signed in."""
        if not self.get_queryset().filter(pk=pk).exists():
            raise NotFound
        paging = requests.Paging.read(request.query_params)
        rows = history_of(self.model).objects.filter(id=pk)
        page = read_page(rows, NEWEST_FIRST, paging.cursor, paging.size, count=paging.count)
        told = self.told(rows, page.ids)
        if not told and not paging.cursor:
            told = unchanged(self.model, int(pk))
        body: dict[str, Any] = {"count": page.count or 1} if paging.count else {}
        body |= {"next": link(request, page.following), "previous": link(request, page.preceding)}
        results = [shown(each, self.address, named=request.user.is_authenticated) for each in told]
        return Response({**body, "results": results})

    def told(self, rows: Any, numbers: list[int]) -> list[Entry]:
        """What the rows of a page tell; each is compared with the one before it."""
        if not numbers:
            return []
        found = list(rows.filter(history_id__lte=numbers[0]).order_by("-history_id")[: len(numbers) + 1])
        return entries(found[: len(numbers)], found[len(numbers)] if len(found) > len(numbers) else None)


def shown(entry: Entry, base: str, *, named: bool) -> dict[str, Any]:
    """One change as the API shows it."""
    return {
        "id": entry.number,
        "at": entry.at,
        "by": entry.by if named else None,
        "action": entry.action.value,
        "action_label": entry.action.label,
        "changes": [
            {
                "field": each.field,
                "label": each.label,
                "before": plain(each.before, base),
                "after": plain(each.after, base),
            }
            for each in entry.differences
        ],
    }


def plain(value: Any, base: str) -> Any:
    """A value as JSON has it: numbers as numbers, links as elsewhere, a credit as name and role."""
    if isinstance(value, Linked):
        resource = RESOURCE_OF.get(value.model)
        address = {"url": f"{base}{resource}/{value.pk}/"} if resource else {}
        return {"id": value.pk, "name": value.name, **address}
    if isinstance(value, tuple):
        person, role = value
        return {"name": person.name, "role": role.value, "role_label": role.label}
    if isinstance(value, list):
        return [plain(item, base) for item in value]
    return number(value) if isinstance(value, Decimal | float) else value
