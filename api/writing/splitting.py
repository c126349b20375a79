"""Taking apart through the API what was taken for one: chosen evidence goes over to another record."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import Problem
from api.writing.forms import MOST_ID, StrictForm
from api.writing.merging import MergeableViewSet
from api.writing.versions import check_version
from api.writing.viewset import writer_of
from kb.changes import attributed
from kb.merging.split import Split, SplitError, split
from kb.models.base import NAME_LENGTH

MOST_EVIDENCE = 500


class EvidenceChoice(StrictForm):
    """One piece of a record's evidence, as its `evidence` shows it; without a start all of the article."""

    article = serializers.IntegerField(min_value=1, max_value=MOST_ID, help_text=_("文章的编号。"))
    start = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        help_text=_("出处在正文中的起点；不写则为这篇文章中的全部出处。"),
    )


class SplitChoice(StrictForm):
    """Which evidence goes over, and where to."""

    evidence = serializers.ListField(
        child=EvidenceChoice(), min_length=1, max_length=MOST_EVIDENCE, help_text=_("移走哪些出处。")
    )
    into = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, required=False, help_text=_("移到哪条已有的记录（同一资源的编号）。")
    )
    name = serializers.CharField(
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("移到一条新记录，这是它的名称；与 into 二者取一。"),
    )
    carry = serializers.BooleanField(
        default=True, help_text=_("连同只在这些文章里的数据，以及只有这些文章提到的举措的关联。")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two places to go to."""
        if ("into" in attrs) == ("name" in attrs):
            raise serializers.ValidationError(
                {"into": _("请写 into（已有的记录）或 name（新记录的名称），二者取一。")}
            )
        return attrs


class SplittableViewSet(MergeableViewSet):
    """A resource of shared entities, one of which may turn out to be two."""

    rights = {**MergeableViewSet.rights, "split": "change"}  # noqa: RUF012 - read only

    @extend_schema(request=SplitChoice)
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: str) -> Response:
        """Moves evidence of a record to another one or to a new one; answers the one that has it now."""
        form = SplitChoice(data=request.data)
        form.is_valid(raise_exception=True)
        with attributed(writer_of(request)):
            done = self.parted(request, int(pk), form.validated_data)
        answer = self.shown(done.target.pk)
        if "name" in form.validated_data:
            answer.status_code, answer["Location"] = 201, answer.data["url"]
        return answer

    def parted(self, request: Request, pk: int, chosen: dict[str, Any]) -> Split:
        """What was moved; both rows are held until the end of the transaction."""
        wanted = [pk, chosen["into"]] if "into" in chosen else [pk]
        held = self.model.objects.asserted().select_for_update().filter(pk__in=wanted).order_by("pk")
        rows: dict[int, Any] = {row.pk: row for row in held}
        if pk not in rows:
            raise NotFound
        if missing := set(wanted) - set(rows):
            raise serializers.ValidationError(
                {"into": _("没有编号为 %(id)s 的记录。") % {"id": missing.pop()}}
            )
        check_version(request, pk, rows[pk].updated_at)
        ids = mentions_of(rows[pk], chosen["evidence"])
        try:
            into = rows.get(chosen.get("into", 0))
            return split(rows[pk], ids, into, name=chosen.get("name", ""), carry=chosen["carry"])
        except SplitError as error:
            raise Problem("conflict", reason=str(error)) from error


def mentions_of(row: Any, evidence: list[dict[str, int]]) -> set[int]:
    """The ids of the mentions that the pieces of evidence name; one that is not the record's is refused."""
    stored = row.mentions.asserted().filter(article__in={each["article"] for each in evidence})
    known = list(stored.values_list("pk", "article_id", "start"))
    found: set[int] = set()
    for each in evidence:
        article, start = each["article"], each.get("start")
        ids = {pk for pk, its, begin in known if its == article and start in (None, begin)}
        if not ids:
            if start is None:
                words = _("文章 %(article)s 中没有这条记录的出处。") % {"article": article}
            else:
                words = _("文章 %(article)s 正文第 %(start)s 字处没有这条记录的出处。") % each
            raise serializers.ValidationError({"evidence": words})
        found |= ids
    return found
