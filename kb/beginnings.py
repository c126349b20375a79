"""The names that begin so, the shortest first, found without reading all that do.

An index holds the names of a table by their length, and of one length by their signs. So the shortest are
found by going from length to length: as many steps as there are different lengths, however many names.
On PostgreSQL functions do that, whose plans are kept: planning it as one query took longer than answering.
"""

from functools import lru_cache

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kb.names import beyond

Row = tuple[str, int, str, str, str | None, str]
"""Kind, record id, its name, sort, city, the name that matched."""

MARKS = {"place": "level", "organisation": "category", "initiative": "kind"}
"""By kind: the column that tells what sort a record is of."""


def beginning_with(typed: str, kinds: list[str], most: int, using: str) -> list[Row]:
    """The records whose name or alias begins so, enough to tell the best; one query, two where aliases count.

    Own names come before aliases, so where those are enough, no alias but the text itself is sought.
    """
    values: dict[str, str | int] = {"typed": typed, "beyond": beyond(typed), "most": most}
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        cursor.execute(_query(tuple(kinds), vendor, aliases=False), values)
        rows = cursor.fetchall()
        if len({row[:2] for row in rows}) < most:
            cursor.execute(_query(tuple(kinds), vendor, aliases=True), values)
            rows += cursor.fetchall()
    return rows


@lru_cache(maxsize=60)
def _query(kinds: tuple[str, ...], vendor: str, *, aliases: bool) -> str:
    """The query for own names that begin so and aliases that are the text, or for aliases that begin so.

    Those are the shortest of each record whose own name does not begin so.
    """
    if vendor == "postgresql":
        call = "SELECT '{0}', f.* FROM kb_names_of_{0}(%(typed)s, %(beyond)s, %(most)s, {1}) f"
        return " UNION ALL ".join(call.format(kind, str(aliases).lower()) for kind in kinds)
    steps = [_SQLITE_STEPS.format(**_parts(kind, vendor, aliases)) for kind in kinds]
    branches = [_SQLITE_FOUND.format(**_parts(kind, vendor, aliases)) for kind in kinds]
    branches += [] if aliases else [_EXACT.format(**_parts(kind, vendor, True)) for kind in kinds]
    shown = [_SHOWN.format(each) for each in branches]
    return f"WITH RECURSIVE {', '.join(steps)} {' UNION ALL '.join(shown)}"


def _parts(kind: str, vendor: str, aliases: bool) -> dict[str, str]:
    """What the queries for a kind are made of."""
    signs = ' COLLATE "C"' if vendor == "postgresql" else ""
    typed, beyond, most = ("$1", "$2", "$3") if signs else ("%(typed)s", "%(beyond)s", "%(most)s")
    begins = f"({{0}}{signs} >= {typed} AND {{0}}{signs} < {beyond})".format
    found = {"kind": kind, "mark": MARKS[kind], "typed": typed, "most": most}
    if not aliases:
        wanted = f"m.state = 'asserted' AND {begins('m.name')}"
        hint = "" if signs else f" INDEXED BY kb_{kind}_length"
        return found | {"table": f"kb_{kind}", "rows": f"kb_{kind} m{hint}", "pk": "m.id", "wanted": wanted}
    shorter = (
        f"NOT EXISTS (SELECT 1 FROM kb_{kind}name b WHERE b.{kind}_id = m.{kind}_id AND {begins('b.name')} "  # noqa: S608 - our own names
        "AND (length(b.name), b.id) < (length(m.name), m.id))"
    )
    wanted = f"r.state = 'asserted' AND {begins('m.name')} AND NOT {begins('r.name')} AND {shorter}"
    # SQLite takes the names first where it is told so.
    owner = f"{'' if signs else 'CROSS '}JOIN kb_{kind} r ON r.id = m.{kind}_id"
    hint = "" if signs else f" INDEXED BY kb_{kind}name_length"
    table = f"kb_{kind}name"
    rows = {"rows": f"{table} m{hint} {owner}", "named": f"{table} m {owner}"}
    return found | rows | {"table": table, "pk": "r.id", "wanted": wanted}


_EXACT = """SELECT '{kind}' AS kind, o.id, o.name, o.{mark} AS mark, c.name AS city, f.name AS matched FROM (
    SELECT m.name, r.id AS pk FROM {named} WHERE m.name = {typed} AND r.state = 'asserted'
    AND r.name <> m.name ORDER BY r.id LIMIT {most}) AS f
JOIN kb_{kind} o ON o.id = f.pk LEFT JOIN kb_place c ON c.id = o.city_id"""
_SHOWN = "SELECT * FROM ({}) AS shown"

_SQLITE_STEPS = """steps_{kind}(n, got) AS (
    SELECT min(length(name)), 0 FROM {table} WHERE length(name) >= length({typed})
    UNION ALL
    SELECT (SELECT min(length(name)) FROM {table} WHERE length(name) > s.n),
        s.got + (SELECT count(*) FROM
            (SELECT 1 FROM {rows} WHERE length(m.name) = (0 + s.n) AND {wanted} LIMIT {most}))
    FROM steps_{kind} s WHERE s.n IS NOT NULL AND s.got < {most})"""
"""The lengths that names have, until so many were found that are shorter than the next."""

_SQLITE_FOUND = """SELECT '{kind}' AS kind, o.id, o.name, o.{mark} AS mark, c.name AS city, f.name AS matched
FROM (
    SELECT m.name, {pk} AS pk FROM {rows}
    WHERE length(m.name) IN (SELECT n FROM steps_{kind} WHERE got < {most}) AND {wanted}
    ORDER BY length(m.name), {pk} LIMIT {most}) AS f
JOIN kb_{kind} o ON o.id = f.pk LEFT JOIN kb_place c ON c.id = o.city_id"""
"""IN, since SQLite 3.40 makes a Bloom filter of an index on an expression that it joins, and finds nothing.

In a large table SQLite would rather read all names that begin so, hence INDEXED BY.
"""

_POSTGRESQL = """
CREATE FUNCTION kb_names_of_{kind}(text, text, integer, aliases boolean)
RETURNS TABLE (id bigint, name text, mark text, city text, matched text) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    n integer;
    got integer := 0;
    more integer;
BEGIN
    IF aliases THEN
        {of_aliases}
    ELSE
        {of_own}
        RETURN QUERY SELECT e.id, e.name::text, e.mark::text, e.city::text, e.matched::text
        FROM ({exact}) e;
    END IF;
END $$
"""
"""One plan for all lengths: a plan for each costs more than looking there, and there are many lengths."""
_POSTGRESQL_LOOP = """
        n := (SELECT min(length(name)) FROM {table} WHERE length(name) >= length({typed}));
        WHILE n IS NOT NULL AND got < {most} LOOP
            RETURN QUERY SELECT o.id, o.name::text, o.{mark}::text, c.name::text, f.name::text FROM (
                SELECT m.name, {pk} AS pk FROM {rows} WHERE length(m.name) = n AND {wanted}
                ORDER BY {pk} LIMIT {most} - got) AS f
            JOIN kb_{kind} o ON o.id = f.pk LEFT JOIN kb_place c ON c.id = o.city_id;
            GET DIAGNOSTICS more = ROW_COUNT;
            got := got + more;
            n := (SELECT min(length(name)) FROM {table} WHERE length(name) > n);
        END LOOP;"""


def create(connection: BaseDatabaseWrapper) -> None:
    """Makes the functions on PostgreSQL; a migration calls it."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for kind in MARKS:
            own, aliases = (_parts(kind, "postgresql", each) for each in (False, True))
            exact = _EXACT.format(**aliases)
            loops = [_POSTGRESQL_LOOP.format(**each) for each in (own, aliases)]
            words = {"kind": kind, "of_own": loops[0], "of_aliases": loops[1], "exact": exact}
            cursor.execute(_POSTGRESQL.format(**words))


def keep_plans(connection: BaseDatabaseWrapper) -> None:
    """Makes functions that were there before keep their plans; a migration calls it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for kind in MARKS:
                cursor.execute(f"ALTER FUNCTION kb_names_of_{kind} SET plan_cache_mode = force_generic_plan")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes the functions away."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for kind in MARKS:
                cursor.execute(f"DROP FUNCTION kb_names_of_{kind}")
