"""Adding, changing and taking away records, each write attributed and made on a known version."""

from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import Problem
from api.models import Token
from api.parsers import BoundedJSON
from api.viewsets.history import HistoryViewSet
from api.writing.serializers import RecordWriter
from api.writing.versions import check_version
from kb.changes import attributed
from kb.models.base import Record
from kb.vocabulary import RecordState

Parsers = tuple[type[BaseParser], ...]


def writer_of(request: Request) -> str:
    """Who writes, as the list of changes names them: `zhang`, or `zhang（令牌 报表）`."""
    token = f"（令牌 {request.auth.name}）" if isinstance(request.auth, Token) else ""
    return f"{request.user.get_username()}{token}"


class WritableViewSet(HistoryViewSet):
    """A resource that people write; `writer_class` says what."""

    writer_class: ClassVar[type[RecordWriter]]
    parser_classes: Parsers = (BoundedJSON,)

    def create(self, request: Request) -> Response:
        """Adds a record by hand, which no import will take away."""
        row = self.written(request, None)
        answer = self.shown(row.pk)
        answer.status_code, answer["Location"] = 201, answer.data["url"]
        return answer

    def partial_update(self, request: Request, pk: str) -> Response:
        """Changes fields of a record and locks them against re-import; needs If-Match."""
        self.written(request, pk)
        return self.shown(int(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Takes a record away for good: it is kept as rejected, so that no import brings it back."""
        with attributed(writer_of(request)):
            row = self.locked_row(request, pk)
            row.state = RecordState.REJECTED.value
            row.save(update_fields=["state", "updated_at"])
        return Response(status=204)

    def written(self, request: Request, pk: str | None) -> Record:
        """The row as the request leaves it, written in one transaction."""
        try:
            with attributed(writer_of(request)), transaction.atomic():
                row = self.locked_row(request, pk) if pk else None
                writer = self.writer_class(row, data=request.data, partial=row is not None)
                writer.is_valid(raise_exception=True)
                return writer.save()
        except IntegrityError as error:
            raise Problem(
                "conflict", reason=(_("与数据库的约束冲突：%(error)s") % {"error": error}).strip()
            ) from error

    def locked_row(self, request: Request, pk: str) -> Any:
        """The row, held until the end of the transaction, in the version that the request was made on."""
        row = self.model.objects.asserted().select_for_update().filter(pk=pk).first()
        if row is None:
            raise NotFound
        check_version(request, row.pk, row.updated_at)
        return row
