"""Importing pages that were handed in: at once, or later by a worker that may be killed at any time.

A worker holds a job for `LEASE`; a job that is still unfinished then is done again from its beginning,
which changes nothing that is stored already, since a page is stored whole or not at all.
"""

import uuid
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from importers.load_result import LoadResult
from importers.models import UNFINISHED, ImportJob, JobState
from importers.run import ImportOptions, import_sources
from importers.sources import PageFacts, SourcePage, source_of
from kb.leases import has_ended

LEASE = timedelta(minutes=5)
"""How long a worker may take over a page; the longest that may be handed in takes half a minute."""

MOST_ATTEMPTS = 3
KEPT = timedelta(days=30)
"""How long finished jobs can still be asked for."""

DRAFTS_KEPT = timedelta(days=1)
"""How long a preview waits for somebody to store it."""


QUEUE_WAIT = 60
"""Seconds after which to try again where the queue is full."""


class QueueFullError(Exception):
    """As many pages wait as may, and none more is taken in before some of them are done."""


class ImportFailedError(Exception):
    """A page that could be read as text and yet not be imported; the text says why."""


def import_now(source: SourcePage, by: str) -> LoadResult:
    """What importing a page changed, as `import_pages` does it; `by` is who handed it in."""
    report = import_sources([[source]], ImportOptions(by=by))
    if report.errors:
        raise ImportFailedError(report.errors[0])
    return report.result


def enqueue(source: SourcePage, content: bytes, by: str) -> ImportJob:
    """The job that will import the page; the one that waits already where there is one.

    Raises QueueFullError where too many wait.
    """
    same = {"sha256": source.sha256, "facts_digest": source.facts.digest()}
    waiting = ImportJob.objects.filter(**same, state__in=UNFINISHED)
    if job := waiting.first():
        return job
    check_room(1)
    try:
        with transaction.atomic():
            facts = {key: value for key, value in asdict(source.facts).items() if value}
            return ImportJob.objects.create(
                name=source.name, content=content, size=len(content), facts=facts, by=by, **same
            )
    except IntegrityError:
        return waiting.get()


def check_room(pages: int) -> None:
    """Raises QueueFullError where the queue has no room for so many pages more.

    Several who hand in at the same moment may pass it together: the limit keeps the database from growing
    without end while no worker runs, and counts nothing to the page.
    """
    waiting = ImportJob.objects.filter(state__in=[*UNFINISHED, JobState.DRAFT.value]).count()
    if waiting + pages > settings.KB_QUEUE_LIMIT:
        raise QueueFullError


def claim(batch: uuid.UUID | None = None) -> ImportJob | None:
    """The oldest job that nobody works on, of a batch or of all, held for this worker; None without one."""
    with transaction.atomic():
        now = timezone.now()
        free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING) & has_ended(LEASE, now)
        jobs = ImportJob.objects.filter(free).order_by("created_at", "pk")
        jobs = jobs.filter(batch=batch) if batch else jobs
        if connection.features.has_select_for_update_skip_locked:
            jobs = jobs.select_for_update(skip_locked=True)
        job = jobs.first()
        if job is None:
            return None
        job.state, job.claim, job.claimed_until = JobState.RUNNING, uuid.uuid4(), now + LEASE
        job.attempts += 1
        job.save(update_fields=["state", "claim", "claimed_until", "attempts"])
        return job


def work(job: ImportJob) -> None:
    """Imports the page of a job that this worker holds, and notes what came of it."""
    if job.attempts > MOST_ATTEMPTS:
        _end(job, state=JobState.FAILED, error=f"工作进程 {MOST_ATTEMPTS} 次中断，不再重试")
        return
    try:
        source = source_of(bytes(job.content), Path(job.name), PageFacts(**job.facts))
        result = import_now(source, job.by)
    except ImportFailedError as error:
        _failed(job, str(error))
    else:
        _end(job, state=JobState.DONE, outcome=as_counts(result))


def _failed(job: ImportJob, error: str) -> None:
    """Puts a job back to be tried again, or gives it up after the last attempt."""
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, state=JobState.FAILED, error=error)
    else:
        _mine(job).update(state=JobState.QUEUED, claim=None, claimed_until=None, error=error)


def _end(job: ImportJob, **values: Any) -> None:
    """Ends a job, its content forgotten; one that another worker has taken over meanwhile is left to it."""
    _mine(job).update(content=b"", claim=None, claimed_until=None, finished_at=timezone.now(), **values)


def _mine(job: ImportJob) -> Any:
    """The row of a job as long as this worker holds it."""
    return ImportJob.objects.filter(pk=job.pk, claim=job.claim)


def forget_old() -> int:
    """Removes jobs that ended long ago and previews that nobody came back to; gives their number."""
    now = timezone.now()
    ended = Q(finished_at__lt=now - KEPT) & ~Q(state__in=UNFINISHED)
    left = Q(state=JobState.DRAFT, created_at__lt=now - DRAFTS_KEPT)
    return ImportJob.objects.filter(ended | left).delete()[0]


def as_counts(result: LoadResult) -> dict[str, Any]:
    """What an import did: `outcome` of the page, rows by table and outcome without the zeros, `notes`."""
    return {"outcome": result.of_page().value, "counts": result.by_table(), "notes": result.notes}
