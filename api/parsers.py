"""How a body is read."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""An escape for half of a sign; what is only half in the end is no text that can be stored or shown."""


class BoundedJSON(JSONParser):
    """JSON as `read_json` takes it; what it refuses is malformed, and no fault of the server."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body as Python values."""
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            return read_json(stream.read().decode(encoding))
        except ValueError as error:
            raise ParseError(said(error)) from error


def read_json(text: str) -> Any:
    """The value of a JSON text.

    Raises ValueError for a malformed one, and for what no column and no answer can hold: half a sign, a
    number without end, nesting deeper than anything of ours.
    """
    try:
        found = json.loads(text, parse_float=_finite, parse_constant=_finite)
        if _HALF.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError(_("JSON 嵌套过深")) from error
    return found


def _finite(text: str) -> float:
    """A number with an end."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(_("JSON 中的 %(number)s 不是有限的数") % {"number": text[:20]})
    return number


def said(error: ValueError) -> str:
    """What is wrong with the JSON, for people."""
    if isinstance(error, json.JSONDecodeError):
        return _("JSON 在第 %(line)d 行第 %(column)d 列有错") % {"line": error.lineno, "column": error.colno}
    if isinstance(error, UnicodeDecodeError):
        return _("内容不是 UTF-8")
    if isinstance(error, UnicodeEncodeError):
        return _("JSON 中有半个字符")
    return str(error)
