"""How answers are written out."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, BrowsableAPIRenderer
from rest_framework.request import Request
from rest_framework.settings import api_settings

from api.errors import Problem

FORMAT = str(api_settings.URL_FORMAT_OVERRIDE)
ANYTHING = "*/*"


class StrictNegotiation(DefaultContentNegotiation):
    """Chooses the form of the answer; an unknown `format` is refused by name."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The form of the answer; `format=` with nothing is as unknown as any other."""
        wanted, first = request.query_params.get(FORMAT, format_suffix), next(iter(renderers))
        if wanted == "":
            self.filter_renderers(renderers, "")
        accepted = request.META.get("HTTP_ACCEPT", ANYTHING)
        if wanted is None and accepted in (ANYTHING, first.media_type):
            return first, first.media_type  # what most clients ask for: there is nothing to weigh
        return super().select_renderer(request, renderers, format_suffix)

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:
        """The renderers of the format asked for."""
        known = list(renderers)
        found = [each for each in known if each.format == format]
        if not found:
            allowed = [each.format for each in known]
            raise Problem("invalid_value", param="format", value=format[:100], allowed=allowed)
        return found


class FastJSON(BaseRenderer):
    """JSON by orjson: UTF-8, no white space, dates in ISO form."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "text"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The answer as bytes, which it may be already; nothing for an answer without content."""
        if isinstance(data, bytes):
            return data
        return b"" if data is None else to_json(data)


def to_json(data: Any) -> bytes:
    """Data as JSON; what JSON has no form for (a lazy text, a Decimal) as its text."""
    return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


class BrowsablePages(BrowsableAPIRenderer):
    """The pages for people: the answer indented, and the parameters that the list takes."""

    template = "api/page.html"

    def get_context(
        self, data: Any, accepted_media_type: str | None, renderer_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the page shows; text printed in a newspaper is escaped by the template."""
        view, request = renderer_context["view"], renderer_context["request"]
        return {
            "name": view.get_view_name(),
            "description": view.get_view_description(html=False) if hasattr(view, "model") else "",
            "request": request,
            "response": renderer_context["response"],
            "content": "" if data is None else indented(data).decode(),
            "parameters": described(view),
        }


def described(view: Any) -> list[dict[str, str]]:
    """The filter parameters of a list: name, Chinese description, an example to follow."""
    filterset = getattr(view, "filterset_class", None)
    if filterset is None or getattr(view, "action", "") != "list":
        return []
    return [
        {
            "name": name,
            "words": each.help_text,
            "example": each.example,
            "query": urlencode({name: each.example}),
        }
        for name, each in filterset.base_filters.items()
    ]


def indented(data: Any) -> bytes:
    """JSON for reading."""
    return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2)


class TakeAway(BaseRenderer):
    """A form in which a whole list is taken away; the view streams it, page after page."""

    charset: str | None = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Never the list itself; what is answered in its stead, as JSON."""
        return to_json(data)


class JSONLines(TakeAway):
    """One JSON object a line."""

    media_type = "application/x-ndjson"
    format = "jsonl"


class CommaSeparated(TakeAway):
    """CSV for Excel and everything else."""

    media_type = "text/csv"
    format = "csv"


class Spreadsheet(TakeAway):
    """XLSX with typed cells."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"
    charset = None


class GeoJSON(TakeAway):
    """Places as points."""

    media_type = "application/geo+json"
    format = "geojson"
