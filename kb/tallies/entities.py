"""How many articles mention an organisation or an initiative, and how many figures are about it, on SQLite.

Counting them there is slow: the first of a list are those that most articles mention.
An article that mentions one twice counts once, so a mention counts where no other of the same article does.
SQLite has one writer at a time: a trigger that looks at the row's own neighbours in the index is exact at
every moment. On PostgreSQL two transactions could each add the first mention and count it twice; there the
articles are counted when they are asked for, along the index, and so are the figures.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kb.statements import execute_all

TABLE = "kb_entitytally"
MENTIONS = {
    "organisations": ("kb_organisationmention", "organisation_id"),
    "initiatives": ("kb_initiativemention", "initiative_id"),
}
"""By resource: the table of its mentions, and its column there."""
FIGURES = {"organisations metrics": "organisation_id", "initiatives metrics": "initiative_id"}
"""By the name under which figures are counted: their column for the record that they are about."""

NUMBER = f"coalesce((SELECT number FROM {TABLE} WHERE resource = '{{}}' AND record_id = {{}}), 0)"  # noqa: S608 - our own names
"""The number of a record, in SQL."""


def truth() -> str:
    """The rows that the table is to have, in SQL."""
    counted = [(each, *of, "DISTINCT article_id") for each, of in MENTIONS.items()]
    counted += [(each, "kb_metric", owner, "*") for each, owner in FIGURES.items()]
    return " UNION ALL ".join(
        f"SELECT '{name}' AS resource, {owner} AS record_id, count({what}) AS number "  # noqa: S608 - our own names
        f"FROM {table} WHERE state = 'asserted' AND {owner} IS NOT NULL GROUP BY {owner}"
        for name, table, owner, what in counted
    )


def sqlite_triggers() -> dict[str, str]:
    """The triggers for SQLite: name and statement."""
    found: dict[str, str] = {}
    for name, (table, owner) in MENTIONS.items():
        new, old = (f"{_counts(row, owner)} AND {_alone(row, table, owner)}" for row in ("NEW", "OLD"))
        steps = [(name, owner, new, old)]
        found |= _triggers(table, f"{table}_articles", (owner, "article_id", "state"), steps)
    steps = [(name, owner, _counts("NEW", owner), _counts("OLD", owner)) for name, owner in FIGURES.items()]
    return found | _triggers("kb_metric", "kb_metric_about", (*FIGURES.values(), "state"), steps)


def _triggers(
    table: str, begins: str, matter: tuple[str, ...], steps: list[tuple[str, str, str, str]]
) -> dict[str, str]:
    """The triggers of a table: what is counted by which column, and when a new and an old row count."""
    more = "\n".join(_more(name, owner, new) for name, owner, new, _ in steps)
    fewer = "\n".join(_fewer(name, owner, old) for name, owner, _, old in steps)
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in matter)
    work = {"INSERT": ("", more), "UPDATE": (f"WHEN {differs}", f"{fewer}\n{more}"), "DELETE": ("", fewer)}
    found = {}
    for event, (when, body) in work.items():
        name = f"{begins}_{event}"
        found[name] = f"CREATE TRIGGER {name} AFTER {event} ON {table} {when}\nBEGIN\n{body}\nEND"
    return found


def _counts(row: str, owner: str) -> str:
    """Whether a row is asserted and about a record."""
    return f"{row}.state = 'asserted' AND {row}.{owner} IS NOT NULL"


def _alone(row: str, table: str, owner: str) -> str:
    """Whether no other mention of the same article counts."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {table} x WHERE x.{owner} = {row}.{owner} AND x.state = 'asserted' "  # noqa: S608 - our own names
        f"AND x.article_id = {row}.article_id AND x.id <> {row}.id)"
    )


def _more(name: str, owner: str, counts: str) -> str:
    return (
        f"INSERT INTO {TABLE} SELECT '{name}', NEW.{owner}, 1 WHERE {counts} "
        "ON CONFLICT (resource, record_id) DO UPDATE SET number = number + 1;"
    )


def _fewer(name: str, owner: str, counts: str) -> str:
    mine = f"resource = '{name}' AND record_id = OLD.{owner}"
    return (
        f"UPDATE {TABLE} SET number = number - 1 WHERE {mine} AND {counts};\n"  # noqa: S608 - our own names
        f"DELETE FROM {TABLE} WHERE {mine} AND number = 0;"
    )


def create(connection: BaseDatabaseWrapper) -> None:
    """Makes the table on SQLite; the triggers come after the migrations."""
    if connection.vendor == "sqlite":
        table = (
            f"CREATE TABLE {TABLE} (resource varchar(20) NOT NULL, record_id bigint NOT NULL, "
            "number bigint NOT NULL, PRIMARY KEY (resource, record_id)) WITHOUT ROWID"
        )
        execute_all(connection, [table])
        rebuild(connection.alias)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes the table away; a migration calls it when it is turned back."""
    if connection.vendor == "sqlite":
        execute_all(connection, [f"DROP TABLE {TABLE}"])


def rebuild(using: str = "default") -> None:
    """Counts all mentions and figures anew, where numbers are kept."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(using):
        execute_all(connection, [f"DELETE FROM {TABLE}", f"INSERT INTO {TABLE} {truth()}"])  # noqa: S608 - our own name


def differences(using: str = "default") -> list[tuple[Any, ...]]:
    """Name, record and surplus where the table differs from what it counts; none where nothing is kept."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT resource, record_id, sum(number) FROM ("  # noqa: S608 - our own names
            f"SELECT resource, record_id, number FROM {TABLE} "
            f"UNION ALL SELECT resource, record_id, -number FROM ({truth()})"
            ") GROUP BY resource, record_id HAVING sum(number) <> 0"
        )
        return cursor.fetchall()
