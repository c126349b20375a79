"""Merging entities through the API, and the answer of ids that were merged away."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import Problem
from api.writing.forms import MOST_ID, StrictForm
from api.writing.versions import check_version
from api.writing.viewset import WritableViewSet, writer_of
from kb.changes import attributed
from kb.merging.merge import MergeError, merge, merged_into
from kb.merging.undo import unmerge
from kb.models import Merge
from kb.models.base import NamedRecord


class MergeTarget(StrictForm):
    """The record that is left."""

    into = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, help_text=_("并入哪条记录（同一资源的编号）。")
    )


class MergeableViewSet(WritableViewSet):
    """A resource of shared entities, two of which may turn out to be one."""

    rights: ClassVar = {"merge": "change", "unmerge": "change"}

    @extend_schema(request=MergeTarget)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Makes a record one with another; answers what is left. The old id then answers 301."""
        form = MergeTarget(data=request.data)
        form.is_valid(raise_exception=True)
        gone, into = int(pk), form.validated_data["into"]
        if gone == into:
            raise serializers.ValidationError({"into": _("不能与自身合并。")})
        with attributed(writer_of(request)):
            if self.left_of(gone) != into:
                self.join(request, gone, into)
        return self.shown(into)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, pk: str) -> Response:
        """Takes back the merge by which a record went into another; answers the record that is back."""
        with attributed(writer_of(request)):
            standing = Merge.objects.select_for_update().filter(gone_id=pk, undone_at=None)
            merge_of = standing.filter(resource=self.serializer_class.resource).first()
            if merge_of is None:
                raise NotFound
            try:
                unmerge(merge_of)
            except MergeError as error:
                raise Problem("conflict", reason=str(error)) from error
        return self.shown(int(pk))

    def join(self, request: Request, gone: int, into: int) -> None:
        """Merges two rows, both held until the end of the transaction."""
        rows: dict[int, Any] = {
            row.pk: row
            for row in self.model.objects.select_for_update().filter(pk__in=(gone, into)).order_by("pk")
        }
        if into not in rows:
            raise serializers.ValidationError({"into": _("没有编号为 %(id)s 的记录。") % {"id": into}})
        if gone not in rows or (self.left_of(gone) is None and self.is_rejected(rows[gone])):
            raise NotFound
        if self.is_rejected(rows[gone]):
            raise Problem("conflict", reason=_("这条记录已并入编号 %(id)s") % {"id": self.left_of(gone)})
        check_version(request, gone, rows[gone].updated_at)
        try:
            merge(rows[gone], rows[into])
        except MergeError as error:
            raise Problem("conflict", reason=str(error)) from error

    def is_rejected(self, row: NamedRecord) -> bool:
        """Whether a row does not count."""
        return not self.model.objects.asserted().filter(pk=row.pk).exists()

    def left_of(self, pk: int) -> int | None:
        """The id that a merged id stands for now; None where it is one of its own."""
        if self.model.objects.asserted().filter(pk=pk).exists():
            return None
        return merged_into(self.model, pk)

    def handle_exception(self, exc: Exception) -> Response:
        """The answer to a failed request: for an id that was merged away, where it went."""
        pk = self.kwargs.get("pk")
        into = self.left_of(int(pk)) if pk and isinstance(exc, NotFound) else None
        if into is None:
            return super().handle_exception(exc)
        query = self.request.META.get("QUERY_STRING", "")
        part = "history/" if self.action == "history" else ""
        address = f"{self.address}{self.serializer_class.resource}/{into}/{part}"
        return Response(status=301, headers={"Location": f"{address}?{query}" if query else address})
