"""Handing in pages: to be stored, or only to be read; and the jobs of those that take long."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api import requests
from api.errors import Problem
from api.parsers import BoundedJSON
from api.permissions import check_right
from api.schema import RecordSchema
from api.submission.answers import ExtractedPage, ImportedPage, JobPart, imported_page, job_part
from api.submission.forms import FORMS, check_length, submitted
from api.writing.viewset import Parsers, writer_of
from importers.extract_file import ReadingFailed, article_object, extract_all
from importers.load_result import LoadResult
from importers.models import ImportJob
from importers.queue import QUEUE_WAIT, QueueFullError, as_counts, enqueue, import_now
from importers.resubmitted import settled
from importers.sources import SourcePage
from kb.models import Page

SCOPE = "can_import"
PARSERS: Parsers = (BoundedJSON, MultiPartParser)
POLL_AFTER = "2"
"""Seconds after which to ask for a job again."""


class SubmittedPages:
    """The part of the pages' viewset that takes pages in."""

    scope_of_creation = SCOPE

    def get_parsers(self) -> list[BaseParser]:
        """A page comes as JSON or as a file."""
        return [parser() for parser in PARSERS]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses what is too long before it is read."""
        check_length(request, settings.KB_SUBMIT_LIMIT)
        super().initial(request, *args, **kwargs)  # type: ignore[misc]

    @extend_schema(
        summary=_("提交版面"),
        description=_(
            "导入一个版面，与 import_pages 相同。较长的版面回答 202 和一个任务，由后台完成。"
            "同样的内容再提交一次不改变任何东西。"
        ),
        request=FORMS,
        responses={200: ImportedPage, 202: JobPart},
    )
    def create(self, request: Request) -> Response:
        """Imports a page now where that is quick, else leaves it to the worker."""
        source, content, is_named = submitted(request)
        source, outcome = settled(source, is_named, writer_of(request))
        base = request.build_absolute_uri("/api/v1/")
        if outcome:
            known = LoadResult()
            known.add("pages", outcome)
            return Response(imported_page(source.sha256, as_counts(known), base))
        if len(content) > settings.KB_SUBMIT_AT_ONCE:
            answer = job_part(_queued(source, content, writer_of(request)), base)
            return Response(
                answer, status=202, headers={"Location": answer["url"], "Retry-After": POLL_AFTER}
            )
        result = import_now(source, writer_of(request))
        return Response(imported_page(source.sha256, as_counts(result), base))


def _queued(source: SourcePage, content: bytes, by: str) -> ImportJob:
    """The job for a page; a Problem where too many wait."""
    try:
        return enqueue(source, content, by)
    except QueueFullError as error:
        raise Problem("queue_full", limit=settings.KB_QUEUE_LIMIT, wait=QUEUE_WAIT) from error


class ExtractViewSet(viewsets.ViewSet):
    """What a page says, without storing it."""

    model = Page
    schema = RecordSchema()
    scope_of_creation = SCOPE
    parser_classes: Parsers = PARSERS

    def parameters(self) -> set[str]:
        """What may be asked in the address."""
        return set(requests.COMMON)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses what is too long before it is read, and unknown parameters."""
        check_length(request, settings.KB_SUBMIT_AT_ONCE)
        super().initial(request, *args, **kwargs)
        requests.check_names(request.query_params, self.parameters())

    @extend_schema(
        summary=_("识别版面（不保存）"),
        description=_("回答版面上的文章及其中的记录，与 manage.py extract 的输出相同，不写入数据库。"),
        request=FORMS,
        responses={200: ExtractedPage},
    )
    def create(self, request: Request) -> Response:
        """The articles of a page with all that they say, as `manage.py extract` prints them."""
        source = submitted(request, settings.KB_SUBMIT_AT_ONCE)[0]
        [(_, record)] = extract_all([source], None)
        if isinstance(record, ReadingFailed):
            raise record.error
        articles = [article_object(article) for article in record.articles]
        return Response({"file": source.name, "sha256": source.sha256, "articles": articles})


class MayImport(BasePermission):
    """For those who may hand in pages: they may ask what became of them."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the person behind the request may add pages."""
        if not (request.user and request.user.is_authenticated):
            return False
        check_right(request, "add", Page)
        return True


class JobViewSet(viewsets.ViewSet):
    """How far the import of a page has come."""

    schema = RecordSchema()
    permission_classes = (MayImport,)
    lookup_value_regex = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

    def parameters(self) -> set[str]:
        """What may be asked in the address."""
        return set(requests.COMMON)

    @extend_schema(
        summary=_("查询导入任务"),
        parameters=[
            OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH, description=_("任务的编号。"))
        ],
        responses=JobPart,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """The job, with the page's links once it is done; ask again while it is queued or running."""
        requests.check_names(request.query_params, self.parameters())
        job = ImportJob.objects.filter(pk=pk).first()
        if job is None:
            raise NotFound
        headers = {} if job.finished_at else {"Retry-After": POLL_AFTER}
        return Response(job_part(job, request.build_absolute_uri("/api/v1/")), headers=headers)
