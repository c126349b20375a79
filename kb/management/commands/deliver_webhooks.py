"""The worker that tells registered addresses of changes."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from kb.webhooks.queue import forget_old, work_off

logger = logging.getLogger(__name__)

TIDY_EVERY = 3600
"""Seconds between two looks at what is too old to be kept."""


class Command(BaseCommand):
    help = "把变更通知发给登记的地址。一直运行，直到收到 SIGTERM 或 Ctrl+C；可以同时运行几个。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="发完到期的通知就结束。")
        parser.add_argument("--interval", type=float, default=2.0, help="没有通知时隔几秒再看，默认 2。")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        if once:
            forget_old()
            self.stdout.write(f"送达 {work_off()} 条通知。")
            return
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        tidied: float | None = None
        while not over.is_set():
            try:
                if tidied is None or time.monotonic() - tidied > TIDY_EVERY:
                    forget_old()
                    tidied = time.monotonic()
                work_off()
            except DatabaseError:
                logger.exception("数据库暂时不可用，稍后再试")
            close_old_connections()
            over.wait(interval)
