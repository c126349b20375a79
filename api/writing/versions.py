"""Versions of records, as ETag and If-Match carry them.

An ETag is `"<version>.<digest>"`: the version changes when the record is written, the digest when anything
in the answer does (a new piece of evidence, chosen fields). If-None-Match compares both; If-Match only the
version, so that a person's change is not refused because an import added a mention meanwhile.
"""

import datetime
import hashlib
from typing import Any

from rest_framework.request import Request

from api.errors import Problem
from api.renderers import to_json


def version(pk: int, updated_at: datetime.datetime) -> str:
    """The version of a record: its id and the microsecond of its last change."""
    return f"{pk}-{int(updated_at.timestamp() * 1_000_000):x}"


def etag(pk: int, updated_at: datetime.datetime, body: Any) -> str:
    """The ETag of an answer about a record."""
    return f'"{version(pk, updated_at)}.{hashlib.sha256(to_json(body)).hexdigest()[:16]}"'


def tags(header: str) -> list[str]:
    """The tags of an If-Match or If-None-Match header, without the mark of weak ones."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()]


def unchanged(request: Request, tag: str) -> bool:
    """Whether the client has this very answer already."""
    given = tags(request.headers.get("If-None-Match", ""))
    return tag.removeprefix("W/") in given or "*" in given


def check_version(request: Request, pk: int, updated_at: datetime.datetime) -> None:
    """Refuses a write without If-Match, and one that was made on another version."""
    given = tags(request.headers.get("If-Match", ""))
    if not given:
        raise Problem("precondition_required")
    present = version(pk, updated_at)
    if "*" not in given and present not in {tag.strip('"').split(".")[0] for tag in given}:
        raise Problem("precondition_failed")
