"""Telling a database that cannot be used at the moment from a fault of the program."""

from django.db import DatabaseError, InterfaceError

RETRY_AFTER = 5
"""Seconds after which to ask again."""

POSTGRESQL = (
    "08",  # the connection broke
    "53",  # out of disk, memory or connections
    "57P0",  # shut down, starting, or ended by an administrator
    "25006",  # read-only, as a standby is
    "55P03",  # a lock was waited for too long
    "40001", "40P01",  # one of two that stood against each other
    "58030",  # the disk fails
)  # fmt: skip
"""Beginnings of SQLSTATE codes (PostgreSQL's documentation, appendix A)."""

SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
"""Beginnings of the names of SQLite's result codes."""


def is_outage(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be used now: stopped, full, read-only, or too busy.

    Nothing of the transaction is stored, and the same request may succeed later. `no such table` is of the
    same class of exceptions, and yet a fault: it stays one.
    """
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return name.startswith(SQLITE)
    code = getattr(cause, "sqlstate", None)
    if code is not None:
        return code.startswith(POSTGRESQL)
    # psycopg has no code for what the server did not say itself: no answer, no connection, none free.
    return type(cause).__name__ in _WITHOUT_CODE


_WITHOUT_CODE = ("OperationalError", "InterfaceError", "ConnectionTimeout", "PoolTimeout", "TooManyRequests")
