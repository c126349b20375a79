"""How answers are written out."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer, BrowsableAPIRenderer


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
        """The answer as bytes; nothing for an answer without content."""
        return b"" if data is None else to_json(data)


def to_json(data: Any) -> bytes:
    """Data as JSON; what JSON has no form for (a lazy text, a Decimal) as its text."""
    return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


class BrowsablePages(BrowsableAPIRenderer):
    """The pages for people: the answer indented, and the parameters that the list takes."""

    def get_default_renderer(self, view: Any) -> Any:
        """JSON, indented for reading."""
        return IndentedJSON()

    def show_form_for_method(self, view: Any, method: str, request: Any, obj: Any) -> bool:
        """No forms: what can be asked for is described at /api/docs/."""
        return False


class IndentedJSON(FastJSON):
    """JSON for reading."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The answer, indented."""
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2)
