"""The address that a search box asks while somebody types."""

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from api import requests
from api.conditional import Condition
from api.errors import Problem
from api.schema import RecordSchema
from api.serializers.summaries import Suggestions
from api.suggest import MOST, SUGGESTED, suggestions

USUAL = 10


class SuggestViewSet(viewsets.ViewSet):
    """Suggestions across places, organisations and initiatives."""

    schema = RecordSchema()

    def parameters(self) -> set[str]:
        """What may be asked."""
        return {*requests.SUGGESTING, *requests.COMMON}

    @extend_schema(responses=Suggestions)
    def list(self, request: Request) -> Response:
        """The records whose name, alias or pinyin begins with what was typed."""
        query = request.query_params
        requests.check_names(query, self.parameters())
        kinds = requests.names(query, "kind") or list(SUGGESTED)
        for kind in kinds:
            if kind not in SUGGESTED:
                raise Problem("invalid_value", param="kind", value=kind[:100], allowed=list(SUGGESTED))
        typed = requests.single(query, "q").replace("\0", "")[:100]
        most = requests.whole_number(query, "limit", USUAL, MOST)
        base = request.build_absolute_uri("/api/v1/")
        found = suggestions(typed, list(dict.fromkeys(kinds)), base, most) if typed else []
        return Condition(request).answer({"q": typed, "results": found})
