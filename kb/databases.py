"""How this program speaks to its database: what is set for SQLite, and for PostgreSQL."""

from typing import Any

SQLITE_OPTIONS = {
    # WAL lets people read while the importer writes; a write transaction takes its lock at the start, so
    # that two writers wait for one another (up to `timeout` seconds) instead of failing halfway.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL",
}

POSTGRES_OPTIONS = "-c jit=off"
"""Translating a query into machine code pays for reports that run for seconds; here it took longer than the
queries themselves, whose costs the planner puts too high where they stop at the end of a page."""

REPLICA_PATIENCE = {"pool_timeout": 2}
"""Seconds that a thread waits for a connection to a replica, in whose stead the primary can answer."""


def database(
    settings: dict[str, Any], *, password: str = "", pool_size: int, pool_timeout: int, conn_max_age: int
) -> dict[str, Any]:
    """Django's settings of a database, from those that its URL gives.

    On PostgreSQL the threads of a process share a pool of at most `pool_size` connections; a thread waits
    up to `pool_timeout` seconds for one. Each connection is tried before it is used, so that the server
    may be restarted. A size of 0: each thread keeps its own connection, for `conn_max_age` seconds.
    """
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # Opening the file anew for each request costs more than many an answer.
        options = SQLITE_OPTIONS | settings.get("OPTIONS", {})
        return {**settings, "OPTIONS": options, "CONN_MAX_AGE": conn_max_age}
    found = {**settings, "CONN_HEALTH_CHECKS": True, "OPTIONS": dict(settings.get("OPTIONS", {}))}
    if password:
        found["PASSWORD"] = password
    if pool_size:
        # Without a pool of ours one of PgBouncer may stand before the server, which refuses such options.
        found["OPTIONS"].setdefault("options", POSTGRES_OPTIONS)
        found["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": pool_timeout}
    found["CONN_MAX_AGE"] = 0 if pool_size else conn_max_age
    return found
