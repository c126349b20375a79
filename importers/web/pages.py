"""The admin's pages of an import: the form, the preview, the progress, the report."""

import uuid
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from importers.models import ImportJob, JobState
from importers.queue import QUEUE_WAIT, QueueFullError, check_room
from importers.web import batches
from importers.web.forms import UploadForm
from importers.web.reports import OUTCOME_LABELS, TABLE_LABELS, count_rows, reason
from importers.web.uploads import MOST_PAGES, Upload, longest_request, pages_of, too_long
from kb.vocabulary import ArticleKind

if TYPE_CHECKING:
    from importers.admin import ImportJobAdmin

PASTED = "pasted.txt"


def upload(model_admin: "ImportJobAdmin", request: HttpRequest) -> HttpResponse:
    """The form of an upload; one that is too long is refused before it is read."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > longest_request():
        return _form(model_admin, request, UploadForm(), 413, _too_long())
    try:
        return _uploaded(request, model_admin)
    except (RequestDataTooBig, TooManyFilesSent):
        return _form(model_admin, request, UploadForm(), 413, _too_long())


def _too_long() -> str:
    """What is said of an upload that is too long."""
    return _("一次最多上传 %(pages)d 个文件、共 %(size)d MB，请分几次上传。") % {
        "pages": MOST_PAGES,
        "size": longest_request() // 1_000_000,
    }


@csrf_protect
def _uploaded(request: HttpRequest, model_admin: "ImportJobAdmin") -> HttpResponse:
    """The empty form, or the batch that an upload gives."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return _form(model_admin, request, form, 200)
    found = list(islice(_given(form), MOST_PAGES + 1))
    if len(found) > MOST_PAGES:
        return _form(model_admin, request, form, 413, _too_long())
    try:
        check_room(len(found))
    except QueueFullError:
        answer = _form(
            model_admin,
            request,
            form,
            503,
            _("排队的版面已满，请过一分钟再上传，或请管理员查看后台的导入进程。"),
        )
        answer["Retry-After"] = str(QUEUE_WAIT)
        return answer
    batch = batches.draft(found, form.facts(), request.user.get_username())
    batches.read_ahead(batch)
    return redirect("admin:importers_importjob_batch", batch=batch)


def _given(form: UploadForm) -> Any:
    """The pages of the form: the files, and the pasted text as one more."""
    yield from pages_of(form.cleaned_data["pages"])
    if text := form.cleaned_data["text"]:
        data = text.replace("\r\n", "\n").encode()
        is_short = len(data) <= settings.KB_SUBMIT_LIMIT
        yield PASTED, Upload(PASTED, data) if is_short else too_long(PASTED, len(data))


def _form(
    model_admin: "ImportJobAdmin", request: HttpRequest, form: UploadForm, status: int, problem: str = ""
) -> HttpResponse:
    """The page with the form."""
    context = {
        "title": _("导入版面"),
        "form": form,
        "problem": problem,
        "limit": settings.KB_SUBMIT_LIMIT // 1000,
        "total": longest_request() // 1_000_000,
        "most": MOST_PAGES,
    }
    return _page(model_admin, request, "upload", context, status)


def batch(model_admin: "ImportJobAdmin", request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """The preview of a batch as long as it has drafts, then how far it has come, then its report."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    jobs = _jobs(model_admin, request, batch)
    done = batches.progress_of(jobs)
    context = {
        "title": _("导入版面：预览") if done["drafts"] else _("导入版面：结果"),
        "batch": batch,
        "progress": done,
        "is_reading": done["drafts"] and done["read"] < done["total"],
        "is_storing": not done["drafts"] and done["ended"] < done["total"],
        "drafts": [_shown(job) for job in jobs if job.state == JobState.DRAFT],
        "failed": [(job, reason(job)) for job in jobs if job.state == JobState.FAILED],
        "others": [_stored(job) for job in jobs if job.state not in (JobState.DRAFT, JobState.FAILED)],
        "outcomes": list(OUTCOME_LABELS.values()),
        "totals": _totals(jobs),
    }
    return _page(model_admin, request, "batch", context)


def _jobs(model_admin: "ImportJobAdmin", request: HttpRequest, batch: uuid.UUID) -> list[ImportJob]:
    """The jobs of a batch, for those who may import; a person sees the drafts of nobody else."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    jobs = list(batches.jobs_of(batch))
    is_draft = any(job.state == JobState.DRAFT for job in jobs)
    if not jobs or (is_draft and jobs[0].by != request.user.get_username()):
        raise Http404
    return jobs


def _shown(job: ImportJob) -> dict[str, Any]:
    """A draft as the preview shows it."""
    preview = job.preview
    kinds = dict(ArticleKind.choices())
    articles = [
        {**each, "kind": _(kinds[each["kind"]]), "label": OUTCOME_LABELS[each["outcome"]]}
        for each in preview.get("articles", ())
    ]
    return {
        "job": job,
        "preview": preview,
        "label": OUTCOME_LABELS.get(preview.get("outcome", "")),
        "articles": articles,
        "new": [
            (TABLE_LABELS[kind], preview["new_count"][kind], names, preview["new_count"][kind] - len(names))
            for kind, names in preview.get("new", {}).items()
            if names
        ],
        "known": [(TABLE_LABELS[kind], n) for kind, n in preview.get("known_count", {}).items() if n],
        "rows": count_rows(preview.get("counts", {})),
    }


def _stored(job: ImportJob) -> dict[str, Any]:
    """A job that waits or is done."""
    return {
        "job": job,
        "label": OUTCOME_LABELS.get(job.outcome.get("outcome", "")),
        "rows": count_rows(job.outcome.get("counts", {})),
        "notes": job.outcome.get("notes", []),
    }


def _totals(jobs: list[ImportJob]) -> list[tuple[Any, list[int | None]]]:
    """Rows by table and outcome of all pages of a batch that are done."""
    counts: dict[str, dict[str, int]] = {}
    for job in jobs:
        for table, outcomes in job.outcome.get("counts", {}).items():
            mine = counts.setdefault(table, {})
            for outcome, number in outcomes.items():
                mine[outcome] = mine.get(outcome, 0) + number
    return count_rows(counts)


def step(
    model_admin: "ImportJobAdmin", request: HttpRequest, batch: uuid.UUID, step: str
) -> HttpResponseBase:
    """One step with a batch; `state` tells how far it has come, the others change it."""
    jobs = _jobs(model_admin, request, batch)
    if step == "state":
        return JsonResponse(batches.progress_of(jobs))
    if step not in ("read", "store", "discard"):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if step == "read":
        batches.read_ahead(batch)
        if request.headers.get("accept") == "application/json":
            return JsonResponse(batches.progress_of(list(batches.jobs_of(batch))))
    elif step == "store":
        known = {str(job.pk): job.pk for job in jobs}
        batches.store(batch, [known[pk] for pk in request.POST.getlist("page") if pk in known])
        if not batches.jobs_of(batch).exists():
            return redirect("admin:importers_importjob_add")
    else:
        batches.discard(batch)
        messages.info(request, _("没有导入任何版面。"))
        return redirect("admin:importers_importjob_add")
    return redirect("admin:importers_importjob_batch", batch=batch)


def _page(
    model_admin: "ImportJobAdmin", request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page in the admin's frame."""
    context |= {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "media": ""}
    return TemplateResponse(request, f"admin/importers/importjob/{name}.html", context, status=status)
