"""The addresses of the reconciliation services."""

from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import Problem
from api.parsers import BoundedJSON, read_json
from api.permissions import MayRead
from api.reconcile.matching import candidates, same_numbers
from api.reconcile.services import (
    MOST_IDS,
    MOST_QUERIES,
    SERVICES,
    Service,
    check_number,
    described,
    extension,
    is_number,
    manifest,
    properties_of,
)
from api.renderers import FastJSON
from api.suggest import MOST, suggestions

OFFERED = 20


@extend_schema(exclude=True)
class ReconcileView(APIView):
    """What the services share: reading needs no right to write, though OpenRefine asks by POST."""

    permission_classes = (MayRead,)
    renderer_classes = (FastJSON,)
    parser_classes = (BoundedJSON, FormParser, MultiPartParser)

    def service(self, name: str) -> Service:
        """The service of that name."""
        if name not in SERVICES:
            raise NotFound
        return SERVICES[name]


class Reconcile(ReconcileView):
    """The service itself: its manifest, queries and data extension."""

    def get(self, request: Request, resource: str) -> Response:
        """The manifest, or the answer to queries given in the address."""
        return self.answer(request, request.query_params, resource)

    def post(self, request: Request, resource: str) -> Response:
        """The answer to queries or to a data extension."""
        return self.answer(request, request.data, resource)

    def answer(self, request: Request, given: Any, resource: str) -> Response:
        """What the parameters ask for."""
        service = self.service(resource)
        if "queries" in given:
            queries = parsed(given["queries"], "queries")
            check_number("queries", len(queries), MOST_QUERIES)
            return Response({key: {"result": self.result(service, query)} for key, query in queries.items()})
        if "extend" in given:
            wanted = parsed(given["extend"], "extend")
            ids = [str(each) for each in listed(wanted, "ids")]
            check_number("ids", len(ids), MOST_IDS)
            names = [str(each.get("id")) for each in listed(wanted, "properties") if isinstance(each, dict)]
            return Response(extension(service, ids, names))
        return Response(manifest(service, request.build_absolute_uri))

    def result(self, service: Service, query: Any) -> list[dict[str, Any]]:
        """The candidates of one query; a malformed one is refused."""
        try:
            return candidates(service, query)
        except (AttributeError, TypeError, ValueError) as error:
            raise Problem(
                "invalid_value", param="queries", value=str(query)[:100], allowed=["0.2"]
            ) from error


class Suggest(ReconcileView):
    """What OpenRefine offers while somebody types."""

    def get(self, request: Request, resource: str, part: str) -> Response:
        """Records, types or properties that begin with the prefix."""
        service = self.service(resource)
        prefix = request.query_params.get("prefix", "").replace("\0", "").strip()[:100]
        if part == "entity":
            first = request.query_params.get("cursor", "")
            return Response({"result": offered(service, prefix, int(first) if is_number(first) else 0)})
        every = properties_of(service) if part == "property" else [service.type]
        return Response(
            {"result": [each for each in every if prefix.lower() in f"{each['id']}{each['name']}"]}
        )


class Properties(ReconcileView):
    """What can be added to matched rows."""

    def get(self, request: Request, resource: str) -> Response:
        """The properties of the type."""
        service = self.service(resource)
        limit = request.query_params.get("limit", "")
        found = properties_of(service)
        found = found[: int(limit)] if is_number(limit) else found
        return Response({"type": service.resource, "properties": found})


class Preview(ReconcileView):
    """A small page about one record."""

    def get(self, request: Request, resource: str) -> HttpResponse:
        """Name, sort and city; everything that was printed is escaped."""
        service, pk = self.service(resource), request.query_params.get("id", "")
        rows = described(service, [int(pk)]) if is_number(pk) else []
        if not rows:
            raise NotFound
        name = rows[0]["name"]
        page = (
            '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{}</title></head>'
            '<body><h1><a href="{}" target="_blank" rel="noopener">{}</a></h1><p>{}</p></body></html>'
        )
        address = request.build_absolute_uri(f"/api/v1/{service.resource}/{pk}/")
        answer = HttpResponse(format_html(page, name, address, name, rows[0]["description"]))
        # OpenRefine shows it in a frame of its own page. There is nothing to press in it but a link.
        answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors *"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        answer.xframe_options_exempt = True
        return answer


def offered(service: Service, prefix: str, first: int) -> list[dict[str, Any]]:
    """The records offered for what was typed so far, from one of them on: by id, name, alias or pinyin."""
    known = same_numbers(service, prefix)
    named = suggestions(prefix, [service.kind], "", MOST) if prefix else []
    ids = list(dict.fromkeys([*known, *(each["id"] for each in named)]))[first : first + OFFERED]
    rows = {row["id"]: row for row in described(service, ids)}
    return [{**rows[pk], "id": str(pk), "notable": [service.type]} for pk in ids if pk in rows]


def parsed(text: Any, param: str) -> dict[str, Any]:
    """A JSON object given as a form parameter."""
    try:
        found = read_json(text) if isinstance(text, str) else text
    except ValueError as error:
        raise Problem("invalid_value", param=param, value=str(text)[:100], allowed=["JSON"]) from error
    if not isinstance(found, dict):
        raise Problem("invalid_value", param=param, value=str(text)[:100], allowed=["JSON object"])
    return found


def listed(given: dict[str, Any], key: str) -> list[Any]:
    """A list of an object; nothing where it is none."""
    found = given.get(key)
    return found if isinstance(found, list) else []
