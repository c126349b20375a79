"""The list of changes, in the order of their commits, by which another tool mirrors the base."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from api import requests
from api.errors import Problem
from api.schema import RecordSchema
from api.serializers.changes import Changes
from kb.change_triggers import RESOURCES
from kb.models import Change
from kb.vocabulary import ChangeAction

COLUMNS = ("number", "resource", "record_id", "action", "into_id", "by", "at")
LABELS = {action.value: action.label for action in ChangeAction}


class ChangeViewSet(viewsets.ViewSet):
    """What was created, changed, merged and deleted; who did it is told to those who signed in."""

    schema = RecordSchema()

    def parameters(self) -> set[str]:
        """What may be asked."""
        return {*requests.FOLLOWING, "page_size", *requests.COMMON}

    @extend_schema(summary=_("查询变更"), responses=Changes)
    def list(self, request: Request) -> Response:
        """The changes after a number; `next` is always there, to be asked again later."""
        query = request.query_params
        requests.check_names(query, self.parameters())
        after, size = requests.natural_number(query, "after"), requests.page_size(query)
        rows = Change.objects.filter(number__gt=after).order_by("number")
        wanted = requests.names(query, "resource")
        for name in wanted:
            if name not in RESOURCES.values():
                raise Problem(
                    "invalid_value", param="resource", value=name[:100], allowed=[*RESOURCES.values()]
                )
        if wanted:
            rows = rows.filter(resource__in=wanted)
        found = list(rows.values(*COLUMNS)[: size + 1])
        base = request.build_absolute_uri("/api/v1/")
        results = [shown(row, base, named=request.user.is_authenticated) for row in found[:size]]
        last = results[-1]["number"] if results else after
        more = {
            "page_size": str(size),
            "after": str(last),
            **({"resource": ",".join(wanted)} if wanted else {}),
        }
        address = f"{base}changes/?" + "&".join(f"{key}={value}" for key, value in more.items())
        return Response({"next": address, "after": last, "more": len(found) > size, "results": results})


def shown(row: dict[str, Any], base: str, *, named: bool) -> dict[str, Any]:
    """One change: which record, what was done to it, when, and by whom for those who may know."""
    resource, into = row["resource"], row["into_id"]
    return {
        "number": row["number"],
        "resource": resource,
        "id": row["record_id"],
        "url": f"{base}{resource}/{row['record_id']}/",
        "action": row["action"],
        "action_label": LABELS[row["action"]],
        "into": {"id": into, "url": f"{base}{resource}/{into}/"} if into else None,
        "by": row["by"] if named else None,
        "at": row["at"],
    }
