"""The largest reported figures of units: one look at an index for each 盟市, however many there are."""

from typing import Any

from django.db import connections

FIRST = (
    "SELECT id FROM kb_metric WHERE {} AND unit = t.unit AND status = 'reported' AND state = 'asserted' "
    "ORDER BY city_id, value DESC, id LIMIT 1"
)
"""The largest figure of the unit of `t` where `{}` says which 盟市, the earliest of equal ones; in SQL.

The 盟市 stands in the order so that PostgreSQL takes it from the index for figures of no 盟市 too.
"""

_LARGEST = f"""
WITH t AS MATERIALIZED (
    SELECT unit, city_id FROM kb_metrictally WHERE status = 'reported' AND unit IN ({{units}})
    GROUP BY unit, city_id HAVING sum(number) > 0),
found AS MATERIALIZED (
    SELECT unit, CASE WHEN city_id IS NULL THEN ({FIRST.format("city_id IS NULL")})
        ELSE ({FIRST.format("city_id = t.city_id")}) END AS id FROM t)
SELECT unit, (SELECT value FROM kb_metric m WHERE m.id = found.id), id FROM found WHERE id IS NOT NULL
"""  # noqa: S608 - our own names


def largest(units: list[str], using: str) -> list[int]:
    """The id of the largest reported figure of each unit, the earliest of equal ones; one query."""
    marks = ", ".join(["%s"] * len(units))
    with connections[using].cursor() as cursor:
        cursor.execute(_LARGEST.format(units=marks), units)
        rows = cursor.fetchall()
    first: dict[str, tuple[Any, int]] = {}
    for unit, value, pk in rows:
        first[unit] = max((value, -pk), first.get(unit, (value, -pk)))
    return [-pk for _value, pk in first.values()]
