"""Whether the pages that were handed in are imported in time, and how many wait."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from importers.models import ImportJob, JobState


def imports() -> str | None:
    """What is wrong in Chinese where a page has waited too long for a worker, else None."""
    late = timezone.now() - timedelta(seconds=settings.KB_WORKER_LAG)
    waiting = Q(state=JobState.QUEUED, created_at__lt=late) | Q(
        state=JobState.RUNNING, claimed_until__lt=late
    )
    if ImportJob.objects.filter(waiting).exists():
        return "导入任务积压：import_jobs 没有运行或跟不上"
    return None


def jobs() -> Iterable[tuple[str, str, dict[str, str], float]]:
    """Readings for the monitor: how many jobs are in each state."""
    counted = ImportJob.objects.order_by().values_list("state").annotate(Count("pk"))
    for state, number in counted:
        yield "kb_import_jobs", "Import jobs by state", {"state": state}, number
