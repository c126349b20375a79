"""What became of a job, in words and as a table."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers.load_result import TABLES, Outcome
from importers.models import ImportJob, JobState
from kb.models import Article, Page

TABLE_LABELS = {
    "pages": gettext_lazy("版面"),
    "articles": gettext_lazy("文章"),
    "credits": gettext_lazy("署名"),
    "places": gettext_lazy("地名"),
    "organisations": gettext_lazy("组织"),
    "initiatives": gettext_lazy("举措"),
    "place_mentions": gettext_lazy("地名出处"),
    "organisation_mentions": gettext_lazy("组织出处"),
    "initiative_mentions": gettext_lazy("举措出处"),
    "metrics": gettext_lazy("数据"),
    "doubts": gettext_lazy("待审核"),
}

OUTCOME_LABELS = {
    Outcome.CREATED.value: gettext_lazy("新增"),
    Outcome.UPDATED.value: gettext_lazy("更新"),
    Outcome.UNCHANGED.value: gettext_lazy("未变"),
    Outcome.REJECTED.value: gettext_lazy("已否定"),
    Outcome.REMOVED.value: gettext_lazy("移除"),
}


def count_rows(counts: dict[str, dict[str, int]]) -> list[tuple[Any, list[int | None]]]:
    """The rows of a table of counts: a label, and a number for each outcome that there is."""
    return [
        (TABLE_LABELS[table], [counts[table].get(outcome) for outcome in OUTCOME_LABELS])
        for table in TABLES
        if table in counts
    ]


def reason(job: ImportJob) -> str:
    """Why a job failed, in the reader's language where the reason is one that we know."""
    words, values = job.preview.get("words"), job.preview.get("values", {})
    return _(words) % values if words else job.error


def summary(job: ImportJob) -> str:
    """What became of a job, in a few words, from its row alone."""
    if job.state == JobState.FAILED:
        return job.error[:80]
    if job.state != JobState.DONE:
        return ""
    counts = job.outcome.get("counts", {})
    told = [str(OUTCOME_LABELS.get(job.outcome.get("outcome", ""), ""))]
    for table in ("articles", "organisations", "initiatives", "metrics"):
        if number := counts.get(table, {}).get(Outcome.CREATED.value):
            told.append(_("%(table)s +%(number)d") % {"table": TABLE_LABELS[table], "number": number})
    return " · ".join(told)


def report(job: ImportJob) -> str:
    """The table of counts, the notes, the reason of a failure, and links to what was stored."""
    page = Page.objects.filter(sha256=job.sha256).only("pk", "source_file").first()
    articles = Article.objects.filter(page=page).only("pk", "title").order_by("ordinal") if page else []
    context = {
        "job": job,
        "reason": reason(job) if job.state == JobState.FAILED else "",
        "outcomes": list(OUTCOME_LABELS.values()),
        "rows": count_rows(job.outcome.get("counts", {})),
        "notes": job.outcome.get("notes", []),
        "page": page,
        "articles": articles,
    }
    return render_to_string("admin/importers/importjob/report.html", context)
