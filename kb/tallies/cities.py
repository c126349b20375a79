"""What each 盟市 has: its records in the order of newness, and how many of each sort there are.

Counting them anew takes the longer the more there are, above all for initiatives, which are of a 盟市 by
themselves or by any of their places. So two tables tell it, exact at every moment for everyone: they are
written by the statement that writes a record, in its transaction, whoever runs it
(kb/tallies/city_triggers.py).

- SQLite has one writer at a time: triggers keep `kb_cityrecord` and `kb_citytally`.
- On PostgreSQL one writer at a time keeps `kb_city_kept` and `kb_city_counted`, whoever holds a lock that
  nobody waits for. All others note in `kb_city_pending` what they wrote, and the next holder works it off.
  `kb_cityrecord` and `kb_citytally` are views there, which read what is pending from the records themselves.

A note names the row that was written and not the records that it is shown by: an article that another
transaction adds to a page whose date changes is found once both are there.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kb.largest import FIRST
from kb.statements import execute_all

RECORDS, TALLY = "kb_cityrecord", "kb_citytally"
INITIATIVES = "kb_cityinitiative"
KEPT, COUNTED, PENDING = "kb_city_kept", "kb_city_counted", "kb_city_pending"
LOCK = 5_172_603
"""The number of the advisory lock of who keeps the tables on PostgreSQL."""
COLUMNS = "resource, city_id, sort, day, record_id"
NO_DAY = "0001-01-01"
"""The day of what has none; it comes last where the newest comes first."""

_OWN = "SELECT '{0}', r.city_id, {1}, {2}, r.id FROM {3} WHERE r.state = 'asserted' AND r.city_id IS NOT NULL"
_PLACED = (
    "SELECT DISTINCT 'initiatives', p.city_id, r.kind, {0}, r.id FROM kb_initiative r "
    "JOIN kb_initiative_places l ON l.initiative_id = r.id JOIN kb_place p ON p.id = l.place_id "
    "WHERE r.state = 'asserted' AND p.city_id IS NOT NULL AND p.city_id <> coalesce(r.city_id, 0)"
)


@dataclass(frozen=True, slots=True)
class Truth:
    """Where the records of a resource stand: the expressions for sort and day, and the tables."""

    sort: str
    day: str
    tables: str


TRUTHS = {
    "articles": Truth("''", "coalesce(p.issue_date, {0})", "kb_article r JOIN kb_page p ON p.id = r.page_id"),
    "initiatives": Truth("r.kind", "{0}", "kb_initiative r"),
    "organisations": Truth("r.category", "{0}", "kb_organisation r"),
    "places": Truth("''", "{0}", "kb_place r"),
}
"""By resource; articles and places are not sorted further."""


def truth(resource: str, vendor: str, only: str = "") -> str:
    """The rows that a resource's records are to have, in SQL; `only` is a condition on the record `r`."""
    no_day = f"date '{NO_DAY}'" if vendor == "postgresql" else f"'{NO_DAY}'"
    known = TRUTHS[resource]
    branches = [_OWN.format(resource, known.sort, known.day.format(no_day), known.tables)]
    if resource == "initiatives":
        branches.append(_PLACED.format(no_day))
    return " UNION ALL ".join(f"{branch} AND {only}" if only else branch for branch in branches)


def whole_truth(vendor: str) -> str:
    """The rows of all records."""
    return " UNION ALL ".join(truth(resource, vendor) for resource in TRUTHS)


_NEWEST = f"""
SELECT resource, sort, number, {{newest}} FROM (
    SELECT resource, sort, sum(number) AS number FROM {TALLY}
    WHERE city_id = %(city)s AND resource <> 'places' GROUP BY resource, sort) t
WHERE number > 0
"""  # noqa: S608 - our own names
_OF_SORT = f"""
SELECT record_id FROM {RECORDS} r WHERE r.resource = t.resource AND r.city_id = %(city)s AND r.sort = t.sort
ORDER BY day DESC, record_id DESC LIMIT %(most)s
"""  # noqa: S608 - our own names
_LARGEST = """
SELECT 'metrics', t.unit, t.number, {largest} FROM (
    SELECT unit, sum(number) AS number FROM kb_metrictally WHERE city_id = %(city)s AND status = 'reported'
    GROUP BY unit HAVING sum(number) > 0 ORDER BY number DESC, unit LIMIT %(most)s) t
"""
_OF_UNIT = FIRST.format("city_id = %(city)s")
# The most frequent units are chosen first: in one step, SQLite would look up the largest figure of all.
_FOUND = {
    "postgresql": f"{_NEWEST} UNION ALL {_LARGEST}".format(
        newest=f"ARRAY({_OF_SORT})", largest=f"ARRAY({_OF_UNIT})"
    ),
    "sqlite": f"{_NEWEST} UNION ALL {_LARGEST}".format(
        newest=f"(SELECT group_concat(record_id) FROM ({_OF_SORT}))",  # noqa: S608 - our own names
        largest=f"CAST(({_OF_UNIT}) AS text)",
    ),
}


_COUNTS = f"""
SELECT resource, city_id, sort, sum(number) FROM {TALLY} GROUP BY resource, city_id, sort
HAVING sum(number) > 0
"""  # noqa: S608 - our own name


@dataclass(frozen=True, slots=True)
class Newest:
    """How many records of a sort a 盟市 has, and the ids of the newest of them, the newest first."""

    number: int
    ids: list[int]


def newest(city: int, most: int, using: str) -> dict[tuple[str, str], Newest]:
    """By resource and sort (a kind, a category): what a 盟市 has; one query, places left out.

    Figures come by unit, the most frequent of reported ones first, with the id of the largest alone.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_FOUND[connection.vendor], {"city": city, "most": most})
        rows = cursor.fetchall()
    found = [(resource, sort, Newest(int(number), _ids(ids))) for resource, sort, number, ids in rows]
    found.sort(key=lambda row: (-row[2].number, row[1]))
    return {(resource, sort): group for resource, sort, group in found}


@dataclass(frozen=True, slots=True)
class CityCount:
    """How many records of a resource and a sort a 盟市 has, given as the id of its row."""

    resource: str
    city: int
    sort: str
    number: int


def city_counts(using: str) -> list[CityCount]:
    """What every 盟市 has, inside the region and outside of it; one query, however many records there are.

    Records without a 盟市 are none of them; an initiative of two is in both.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_COUNTS)
        return [
            CityCount(resource, city, sort, int(number)) for resource, city, sort, number in cursor.fetchall()
        ]


def _ids(found: Any) -> list[int]:
    return [int(each) for each in found.split(",")] if isinstance(found, str) else list(found or ())


_SQLITE_TABLES = (
    f"CREATE TABLE {RECORDS} (resource varchar(20) NOT NULL, city_id bigint NOT NULL, "
    "sort varchar(30) NOT NULL, day date NOT NULL, record_id bigint NOT NULL, "
    "PRIMARY KEY (resource, city_id, sort, day, record_id)) WITHOUT ROWID",
    f"CREATE INDEX {RECORDS}_record ON {RECORDS} (resource, record_id)",
    f"CREATE TABLE {TALLY} (resource varchar(20) NOT NULL, city_id bigint NOT NULL, "
    "sort varchar(30) NOT NULL, number bigint NOT NULL, PRIMARY KEY (resource, city_id, sort)) WITHOUT ROWID",
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Makes the tables for the records that are there; on SQLite the triggers come after the migrations."""
    from kb.tallies.city_triggers import postgresql_statements  # it is built on this module

    lite = connection.vendor == "sqlite"
    execute_all(connection, _SQLITE_TABLES if lite else postgresql_statements())
    rebuild(connection.alias)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes the tables away; a migration calls it when it is turned back."""
    from kb.tallies.city_triggers import postgresql_removal

    lite = connection.vendor == "sqlite"
    statements = [f"DROP TABLE {RECORDS}", f"DROP TABLE {TALLY}"] if lite else postgresql_removal()
    execute_all(connection, statements)


_OF_INITIATIVES = f"resource = 'initiatives' AND day = '{NO_DAY}'"
"""The condition of a view and an index alike: all initiatives, whose only order is that of their ids."""


def create_initiatives(connection: BaseDatabaseWrapper) -> None:
    """Makes the view of the initiatives of each 盟市, and the index with them in the order of their ids."""
    from kb.tallies.city_triggers import RECORDS_VIEW, as_view

    lite = connection.vendor == "sqlite"
    columns = "record_id AS id, city_id, sort AS kind"
    touched = "record_id IN (SELECT unnest(t.ids) FROM kb_city_touched() t WHERE t.resource = 'initiatives')"
    found = f"SELECT {columns} FROM {RECORDS} WHERE {_OF_INITIATIVES}"  # noqa: S608 - our own names
    kept = RECORDS if lite else KEPT
    statements = [
        f"CREATE INDEX {INITIATIVES}_id ON {kept} (city_id, record_id) WHERE {_OF_INITIATIVES}",
        f"CREATE VIEW {INITIATIVES} AS {found if lite else as_view(columns, touched, _OF_INITIATIVES)}",
    ]
    execute_all(connection, statements if lite else [RECORDS_VIEW, *statements])


def drop_initiatives(connection: BaseDatabaseWrapper) -> None:
    """Takes view and index away; a migration calls it when it is turned back."""
    execute_all(connection, [f"DROP VIEW {INITIATIVES}", f"DROP INDEX {INITIATIVES}_id"])


def rebuild(using: str = "default") -> None:
    """Reads all records anew; who writes records has to wait meanwhile."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from kb.tallies.city_triggers import EVENTS

            cursor.execute(f"LOCK TABLE {', '.join(EVENTS)} IN SHARE MODE")
            cursor.execute("SELECT kb_city_rebuild()")
            return
        cursor.execute(f"DELETE FROM {RECORDS}")  # noqa: S608 - our own name
        cursor.execute(f"DELETE FROM {TALLY}")  # noqa: S608 - our own name
        cursor.execute(f"INSERT INTO {RECORDS} ({COLUMNS}) {whole_truth('sqlite')}")
        cursor.execute(f"DELETE FROM {TALLY}")  # noqa: S608 - where the triggers were on, they counted too
        cursor.execute(
            f"INSERT INTO {TALLY} SELECT resource, city_id, sort, count(*) FROM {RECORDS} GROUP BY 1, 2, 3"  # noqa: S608 - our own names
        )


_DIFFERENCES = f"""
WITH truth ({COLUMNS}) AS ({{truth}}),
strange AS (
    SELECT * FROM (SELECT {COLUMNS} FROM {RECORDS} EXCEPT SELECT {COLUMNS} FROM truth) a
    UNION ALL SELECT * FROM (SELECT {COLUMNS} FROM truth EXCEPT SELECT {COLUMNS} FROM {RECORDS}) b),
counts AS (
    SELECT resource, city_id, sort, number FROM {TALLY}
    UNION ALL SELECT resource, city_id, sort, -1 FROM truth)
SELECT resource, city_id, sort, sum(number) FROM counts GROUP BY 1, 2, 3 HAVING sum(number) <> 0
UNION ALL SELECT DISTINCT resource, city_id, sort, 0 FROM strange
"""  # noqa: S608 - our own names


def differences(using: str = "default") -> list[tuple[Any, ...]]:
    """Resource, 盟市 and sort where the tables are not what the records say, and by how many."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES.format(truth=whole_truth(connection.vendor)))
        return cursor.fetchall()
