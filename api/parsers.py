"""How a body is read."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSON(JSONParser):
    """JSON; what is nested deeper than anything of ours could be is malformed, and no fault of the server."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The body as Python values."""
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError as error:
            if isinstance(error.__cause__ or error.__context__, json.JSONDecodeError):
                at = error.__cause__ or error.__context__
                raise ParseError(said(at)) from error  # type: ignore[arg-type]
            raise
        except RecursionError as error:
            raise ParseError("nested too deeply") from error


def said(error: json.JSONDecodeError) -> str:
    """Where the JSON goes wrong, for people."""
    return _("JSON 在第 %(line)d 行第 %(column)d 列有错") % {"line": error.lineno, "column": error.colno}
