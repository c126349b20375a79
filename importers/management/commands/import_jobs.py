"""The worker that imports pages handed in over HTTP."""

import logging
import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from importers.models import ImportJob
from importers.queue import claim, forget_old, work
from kb.logs import import_known_as
from kb.outages import is_outage

logger = logging.getLogger(__name__)

TIDY_EVERY = 3600
"""Seconds between two looks at what is too old to be kept."""


class Command(BaseCommand):
    help = "导入经 HTTP 提交、正在排队的版面；一直运行，直到收到 SIGTERM 或 SIGINT（做完手上的一份才停）。"
    stopping = False
    tidied: float | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="队列空了就结束")
        parser.add_argument("--pause", type=float, default=1.0, metavar="S", help="队列空时等几秒，默认 1")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["once"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, self.stop)
        while not self.stopping:
            try:
                found = self.turn()
            except DatabaseError as error:
                if options["once"] or not is_outage(error):
                    raise
                logger.error("数据库暂时不能使用，稍后再试：%s", error)
                found = False
            if found:
                continue
            if options["once"]:
                return
            close_old_connections()
            time.sleep(options["pause"])

    def turn(self) -> bool:
        """Does the next job; whether there was one."""
        now = time.monotonic()
        if self.tidied is None or now - self.tidied > TIDY_EVERY:
            forget_old()
            SessionStore.clear_expired()
            self.tidied = now
        job = claim()
        if job is not None:
            self.do(job)
        return job is not None

    def do(self, job: ImportJob) -> None:
        """Works on one job and tells how it ended."""
        with import_known_as(str(job.pk)):
            work(job)
        job.refresh_from_db()
        self.stdout.write(f"{job.id} {job.name} {job.get_state_display()}")

    def stop(self, *_: Any) -> None:
        """Ends the loop after the present job."""
        self.stopping = True
