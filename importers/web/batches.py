"""The pages of one upload as jobs: drafts with a preview, then queued, then done."""

import hashlib
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from importers.models import UNFINISHED, ImportJob, JobState
from importers.preview import UnreadableError, preview_of
from importers.queue import claim, work
from importers.sources import PageFacts, SourceError, gettext_noop, source_of
from importers.web.uploads import Upload

SECONDS = 3.0
"""How long one request reads ahead; the page asks again for what is left."""

TWICE = gettext_noop("与 %(name)s 内容相同，已略过")
WAITING = gettext_noop("同样的内容正由另一个任务导入")


def jobs_of(batch: uuid.UUID) -> QuerySet[ImportJob]:
    """The jobs of a batch in the order in which they came, without their content."""
    return ImportJob.objects.filter(batch=batch).defer("content").order_by("created_at", "name")


def draft(pages: Iterable[tuple[str, Upload | SourceError]], facts: PageFacts, by: str) -> uuid.UUID:
    """The batch of some pages: a draft for each that is a text, a failed job for any other."""
    batch, seen = uuid.uuid4(), dict[str, str]()
    for name, page in pages:
        error: SourceError | None = page if isinstance(page, SourceError) else None
        data = page.data if isinstance(page, Upload) else b""
        digest = hashlib.sha256(data).hexdigest()
        if error is None:
            error = _unreadable(name, data, facts)
        if error is None and digest in seen:
            error = SourceError(name, TWICE, name=seen[digest])
        if error is None:
            seen[digest] = name
        _job(batch, name, data, digest, facts, by, error)
    return batch


def _unreadable(name: str, data: bytes, facts: PageFacts) -> SourceError | None:
    """Why some bytes are no text, if they are none."""
    try:
        source_of(data, Path(name), facts)
    except SourceError as error:
        return error
    return None


def _job(
    batch: uuid.UUID,
    name: str,
    data: bytes,
    digest: str,
    facts: PageFacts,
    by: str,
    error: SourceError | None,
) -> None:
    """Stores a page of a batch."""
    job = ImportJob(
        batch=batch,
        name=name,
        sha256=digest,
        size=len(data),
        by=by,
        facts={key: value for key, value in asdict(facts).items() if value},
        facts_digest=facts.digest(),
        state=JobState.DRAFT,
        content=data,
    )
    if error:
        job.state, job.content, job.finished_at = JobState.FAILED, b"", timezone.now()
        job.error = str(error).removeprefix(f"{name}：")
        job.preview = {"words": error.words, "values": {k: _plain(v) for k, v in error.values.items()}}
    job.save()


def _plain(value: object) -> object:
    """A value as JSON keeps it."""
    return value if isinstance(value, int | str) else str(value)


def read_ahead(batch: uuid.UUID) -> int:
    """Makes previews of drafts for some seconds, of one at least; gives how many are left to read."""
    until = time.monotonic() + SECONDS
    waiting = list(_unread(batch).values_list("pk", flat=True))
    for number, pk in enumerate(waiting):
        if number and time.monotonic() > until:
            return len(waiting) - number
        _read(ImportJob.objects.get(pk=pk))
    return 0


def _unread(batch: uuid.UUID) -> QuerySet[ImportJob]:
    """The drafts of a batch without a preview."""
    return jobs_of(batch).filter(state=JobState.DRAFT, preview={})


def _read(job: ImportJob) -> None:
    """Stores the preview of a draft, or why there is none."""
    source = source_of(bytes(job.content), Path(job.name), PageFacts(**job.facts))
    values: dict[str, Any]
    try:
        values = {"preview": preview_of(source, job.by).as_json()}
    except UnreadableError as error:
        values = {"error": str(error), **_failed()}
    ImportJob.objects.filter(pk=job.pk, state=JobState.DRAFT).update(**values)


def _failed() -> dict[str, Any]:
    """The columns of a job that has failed."""
    return {"state": JobState.FAILED, "content": b"", "finished_at": timezone.now()}


def progress_of(jobs: Sequence[ImportJob]) -> dict[str, int]:
    """How many pages there are, how many of them are read, and how many are stored or have failed."""
    return {
        "total": len(jobs),
        "read": sum(job.state != JobState.DRAFT or bool(job.preview) for job in jobs),
        "drafts": sum(job.state == JobState.DRAFT for job in jobs),
        "ended": sum(job.finished_at is not None for job in jobs),
    }


def store(batch: uuid.UUID, chosen: Iterable[uuid.UUID]) -> None:
    """Queues the chosen drafts of a batch and forgets the others; a short batch is imported at once."""
    wanted = set(chosen)
    drafts = list(jobs_of(batch).filter(state=JobState.DRAFT))
    ImportJob.objects.filter(pk__in=[job.pk for job in drafts if job.pk not in wanted]).delete()
    queued = [job for job in drafts if job.pk in wanted]
    for job in queued:
        _queue(job)
    if sum(job.size for job in queued) <= settings.KB_SUBMIT_AT_ONCE:
        while claimed := claim(batch):
            work(claimed)


def _queue(job: ImportJob) -> None:
    """Lets a draft be imported, unless the same page waits already."""
    drafts = ImportJob.objects.filter(pk=job.pk, state=JobState.DRAFT)
    try:
        with transaction.atomic():
            drafts.update(state=JobState.QUEUED)
    except IntegrityError:
        drafts.update(error=WAITING, preview={"words": WAITING, "values": {}}, **_failed())


def discard(batch: uuid.UUID) -> None:
    """Forgets the drafts of a batch, and the files of it that could not be read."""
    if not jobs_of(batch).filter(state__in=[*UNFINISHED, JobState.DONE]).exists():
        ImportJob.objects.filter(batch=batch).delete()
