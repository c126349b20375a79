"""Statements that make what Django's models do not know: views, triggers, functions."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper


def execute_all(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    """Runs statements without parameters one after another."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
