"""The reports of imports from the command line, kept beside the jobs that were handed in over HTTP."""

import getpass
import logging
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from importers.models import ImportJob, JobState
from importers.queue import as_counts
from importers.run import ImportReport
from kb.models.base import NAME_LENGTH

logger = logging.getLogger(__name__)
ERRORS_KEPT = 200
"""Files that could not be imported which a report names; their number is kept in any case."""


def keep(report: ImportReport, number: uuid.UUID, paths: Sequence[Path], files: int) -> ImportJob:
    """The stored report of an import that has ended; it is forgotten with the jobs, after a month."""
    outcome = as_counts(report.result) | {"files": files, "failed": len(report.errors)}
    job = ImportJob.objects.create(
        id=number,
        name="、".join(map(str, paths))[:NAME_LENGTH],
        by=f"命令行（{_user()}）"[:NAME_LENGTH],
        state=JobState.FAILED if report.errors else JobState.DONE,
        attempts=1,
        outcome=outcome,
        error="\n".join(report.errors[:ERRORS_KEPT]),
        finished_at=timezone.now(),
    )
    logger.info("导入结束：%s 个文件，%s 个失败", files, len(report.errors), extra=outcome)
    return job


def _user() -> str:
    """The account of the operating system; containers may run under a number without a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
