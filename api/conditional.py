"""Whether a client has an answer already: `ETag` and `If-None-Match` of lists and summaries.

Two sorts of tag, both weak and both bound to the whole address, the program's own sources among what they
are made of:

- by version, for answers made only of tables that the change feed watches: the newest line of the feed.
  Nothing else needs to be read to say that nothing has changed. The line is read no later than the records,
  so a tag is never newer than what it stands for.
- by content, for everything else (names of publications and authors, text queries, counts): the answer is
  made, and not sent again.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import router
from django.db.models import CharField, Func
from rest_framework.request import Request
from rest_framework.response import Response

from api.renderers import FastJSON, to_json
from api.writing.versions import unchanged
from kb.changes import NEWEST_LINE, newest_line
from kb.models import Change

SOURCES = Path(__file__).resolve().parent.parent
PACKAGES = ("api", "kb")


class NewestLine(Func):
    """The newest line of the change feed in words, as a column of another query.

    It is written out: every list asks for it, and Django takes longer to put such a query together than
    any database to answer it.
    """

    template = f"({NEWEST_LINE})"
    output_field = CharField()


@lru_cache(maxsize=1)
def program() -> bytes:
    """A digest of the sources: another program may answer in another form."""
    found = hashlib.sha256()
    for package in PACKAGES:
        for file in sorted((SOURCES / package).rglob("*.py")):
            found.update(file.read_bytes())
    return found.digest()


def nothing_new(tag: str) -> Response:
    """The answer to a client that has it all."""
    return Response(status=304, headers={"ETag": tag})


class Condition:
    """The condition of one request: `If-None-Match`, and by what its answer is told from another."""

    def __init__(self, request: Request, *, by_version: bool = False) -> None:
        self.request = request
        self.is_json = isinstance(request.accepted_renderer, FastJSON)
        self.by_version = by_version and self.is_json

    def known(self) -> str | None:
        """The tag of the newest version where the client has it; None where only the answer can tell."""
        if not (self.by_version and "If-None-Match" in self.request.headers):
            return None
        newest = newest_line(router.db_for_read(Change))
        tag = None if newest is None else self.tag(newest.encode())
        return tag if tag and unchanged(self.request, tag) else None

    def tag(self, content: bytes) -> str:
        """The weak tag for a version or an answer."""
        address = self.request.build_absolute_uri().encode()
        # BLAKE2 is in Python itself: SHA-256 takes OpenSSL longer to set up than to reckon.
        digest = hashlib.blake2b(b"\0".join((program(), address, content)), digest_size=16).hexdigest()
        return f'W/"{digest}"'

    def answer(self, body: Any, version: str | None = None) -> Response:
        """The answer with its tag: that of the version where there is one, else that of the content."""
        if not self.is_json:
            return Response(body)
        if version is not None:
            return Response(body, headers={"ETag": self.tag(version.encode())})
        written = to_json(body)
        tag = self.tag(written)
        if unchanged(self.request, tag):
            return nothing_new(tag)
        return Response(written, headers={"ETag": tag})
