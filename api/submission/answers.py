"""What is answered to a page that was handed in."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.links import UNTITLED
from api.serializers.parts import LinkPart
from importers.load_result import TABLES, Outcome
from importers.models import ImportJob, JobState
from kb.models import Article, Page

OUTCOMES = [Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REJECTED]


class RowCounts(serializers.Serializer):
    """How many rows of a table had which outcome; outcomes without any are left out."""

    created = serializers.IntegerField(required=False, help_text=_("新增的行数。"))
    updated = serializers.IntegerField(required=False, help_text=_("更新的行数。"))
    unchanged = serializers.IntegerField(required=False, help_text=_("未变的行数。"))
    rejected = serializers.IntegerField(required=False, help_text=_("已被人否定、未加改动的行数。"))
    removed = serializers.IntegerField(required=False, help_text=_("不再读出而移除的行数。"))


class ImportedPage(serializers.Serializer):
    """What became of a page that was handed in."""

    outcome = serializers.ChoiceField(
        [each.value for each in OUTCOMES], help_text=_("版面新增、更新、未变，还是已被人否定。")
    )
    sha256 = serializers.CharField(help_text=_("内容的 SHA-256 摘要；同样的内容只存一次。"))
    page = LinkPart(allow_null=True, help_text=_("版面；已被人否定时为空。"))
    articles = LinkPart(many=True, help_text=_("版面上的文章。"))
    counts = serializers.DictField(
        child=RowCounts(), help_text=format_lazy(_("各表的行数：{tables}。"), tables=", ".join(TABLES))
    )
    notes = serializers.ListField(child=serializers.CharField(), help_text=_("导入时值得知道的情况。"))


class JobPart(serializers.Serializer):
    """A page that waits to be imported."""

    id = serializers.UUIDField(help_text=_("任务的编号。"))
    url = serializers.URLField(help_text=_("任务的地址，可再次查询。"))
    state = serializers.ChoiceField(JobState.choices, help_text=_("状态：排队、进行中、完成或失败。"))
    state_label = serializers.CharField(help_text=_("状态的中文名。"))
    name = serializers.CharField(help_text=_("文件名。"))
    sha256 = serializers.CharField(help_text=_("内容的 SHA-256 摘要。"))
    created_at = serializers.DateTimeField(help_text=_("提交的时间。"))
    finished_at = serializers.DateTimeField(allow_null=True, help_text=_("结束的时间；未结束时为空。"))
    error = serializers.CharField(allow_blank=True, help_text=_("最近一次失败的原因；没有时为空字符串。"))
    result = ImportedPage(allow_null=True, help_text=_("导入的结果；未完成时为空。"))


class ExtractedPage(serializers.Serializer):
    """What a page says, not stored; the form of `manage.py extract`."""

    file = serializers.CharField(help_text=_("文件名。"))
    sha256 = serializers.CharField(help_text=_("内容的 SHA-256 摘要。"))
    articles = serializers.ListField(
        child=serializers.DictField(), help_text=_("各篇文章及其中的地名、组织、举措和数据。")
    )


def imported_page(sha256: str, outcome: dict[str, Any], base: str) -> dict[str, Any]:
    """The answer about an imported page; `outcome` is of `as_counts`. Two queries."""
    rows = Page.objects.asserted().filter(sha256=sha256).values_list("id", "source_file")
    page = next((_link("pages", *row, base) for row in rows), None)
    articles = Article.objects.asserted().filter(page=page["id"]) if page else Article.objects.none()
    return {
        "outcome": outcome["outcome"],
        "sha256": sha256,
        "page": page,
        "articles": [
            _link("articles", *row, base)
            for row in articles.order_by("ordinal", "id").values_list("id", "title")
        ],
        "counts": outcome["counts"],
        "notes": outcome["notes"],
    }


def job_part(job: ImportJob, base: str) -> dict[str, Any]:
    """The answer about a job, with the page once it is done."""
    done = job.state == JobState.DONE
    return {
        "id": str(job.pk),
        "url": f"{base}jobs/{job.pk}/",
        "state": job.state,
        "state_label": job.get_state_display(),
        "name": job.name,
        "sha256": job.sha256,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "error": job.error,
        "result": imported_page(job.sha256, job.outcome, base) if done else None,
    }


def _link(resource: str, pk: int, name: str, base: str) -> dict[str, Any]:
    return {"id": pk, "name": name or UNTITLED, "url": f"{base}{resource}/{pk}/"}
