"""Django's `migrate`, for several processes that start at the same time."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from kb.migration_lock import migrating_alone


class Command(migrate.Command):
    help = "建立或升级数据库。可以同时启动几个：一个执行，其余等它完成。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout",
            type=int,
            default=30,
            metavar="S",
            help="PostgreSQL：等别的事务放开一个表最多几秒，超过就失败、什么也不改；0 为一直等，默认 30。",
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        # The checks of `super().execute` ask the database, and fail where a migration holds it for long.
        with migrating_alone(connections[options["database"]], self.tell):
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Whoever waits for a table keeps everybody waiting who comes after.
                cursor.execute(
                    "SELECT set_config('lock_timeout', %s, false)", [f"{options['lock_timeout']}s"]
                )
        super().handle(*args, **options)

    def tell(self) -> None:
        """Says why nothing happens."""
        self.stderr.write("另一个进程正在升级这个数据库，等它完成……")
