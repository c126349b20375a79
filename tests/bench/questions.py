"""Summaries, groups, facets and suggestions, against SQL that a person would write for them by hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from tests.bench.asking import asker, driver, medians
from tests.bench.lists_sql import MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most

CITY = "(SELECT id FROM kb_place WHERE code = '150100')"
UNITS = """
SELECT unit, count(*) AS count, sum(low) AS sum_low, sum(high) AS sum_high, min(low) AS min_low,
       max(high) AS max_high, count(*) - count(low) AS open_low, count(*) - count(high) AS open_high
FROM kb_metric WHERE state = 'asserted' {where} GROUP BY unit ORDER BY 2 DESC, 1 LIMIT 51
"""
CITIES = """
SELECT p.id, p.name, p.code, c.count FROM
    (SELECT city_id, count(*) AS count FROM kb_metric WHERE state = 'asserted' GROUP BY city_id) c
LEFT JOIN kb_place p ON p.id = c.city_id ORDER BY c.count DESC LIMIT 51
"""
FACETS = """
SELECT status, qualifier, count(*) AS count FROM kb_metric
WHERE state = 'asserted' AND city_id = {city} GROUP BY status, qualifier ORDER BY 3 DESC LIMIT 51
"""
LATEST = """
SELECT * FROM (
    SELECT id, name, {column}, count(*) OVER (PARTITION BY {column}) AS of_group,
           row_number() OVER (PARTITION BY {column} ORDER BY id DESC) AS place
    FROM {table} WHERE state = 'asserted' AND {mine}) ranked
WHERE place <= 10 ORDER BY {column}, id DESC
"""
PLACED = """(city_id = {city} OR id IN (
    SELECT l.initiative_id FROM kb_initiative_places l JOIN kb_place p ON p.id = l.place_id
    WHERE p.city_id = {city}))
"""
COUNTS = """
SELECT (SELECT count(*) FROM kb_article WHERE state = 'asserted' AND city_id = {city}) AS articles,
       (SELECT count(*) FROM kb_initiative WHERE state = 'asserted' AND {placed}) AS initiatives,
       (SELECT count(*) FROM kb_organisation WHERE state = 'asserted' AND city_id = {city}) AS organisations,
       (SELECT count(*) FROM kb_metric WHERE state = 'asserted' AND city_id = {city}) AS metrics,
       (SELECT count(*) FROM kb_place WHERE state = 'asserted' AND city_id = {city}) AS places
"""
ARTICLES = """
SELECT a.id, a.title, a.kind, p.issue_date FROM kb_article a JOIN kb_page p ON p.id = a.page_id
WHERE a.state = 'asserted' AND a.city_id = {city} ORDER BY p.issue_date DESC NULLS LAST, a.id DESC LIMIT 10
"""
LARGEST = """
SELECT unit, count(*) AS frequency, max(value) AS largest FROM kb_metric
WHERE state = 'asserted' AND city_id = {city} AND status = 'reported' GROUP BY unit ORDER BY 2 DESC LIMIT 10
"""
SUGGEST = """
SELECT '{kind}' AS kind, o.id, o.name, n.name AS matched
FROM kb_{kind}name n JOIN kb_{kind} o ON o.id = n.{kind}_id
WHERE n.name >= '青' AND n.name < '静' AND n.name LIKE '青%' AND o.state = 'asserted'
ORDER BY length(n.name), n.id LIMIT 200
"""


def _city(sql: str) -> str:
    return sql.format(city=CITY, placed=PLACED.format(city=CITY))


def _latest(table: str, column: str, mine: str) -> str:
    return LATEST.format(table=table, column=column, mine=mine.format(city=CITY))


HAND_WRITTEN: dict[str, tuple[str, str, list[str]]] = {
    "city": (
        "cities/{code}/",
        "cities/150100/",
        [
            _city(COUNTS),
            _latest("kb_initiative", "kind", PLACED),
            _latest("kb_organisation", "category", "city_id = {city}"),
            _city(ARTICLES),
            _city(LARGEST),
        ],
    ),
    "group-unit": ("group_by=unit，含区间之和", "metrics/?group_by=unit", [UNITS.format(where="")]),
    "group-city": ("group_by=city", "metrics/?group_by=city", [CITIES]),
    "facets": (
        "分面：一个盟市按完成情况和限定词",
        "metrics/?group_by=status,qualifier&city=150100",
        [_city(FACETS)],
    ),
    "suggest": (
        "suggest/",
        "suggest/?q=青",
        [SUGGEST.format(kind=kind) for kind in ("place", "organisation", "initiative")],
    ),
}
"""By name: what it is, our address, the statements of a person who knows the tables."""


def by_hand(wanted: list[str]) -> Callable[[], bytes]:
    """A function that runs statements and writes all their rows as JSON."""
    connection = driver()

    def answer() -> bytes:
        found: dict[int, Any] = {}
        for number, sql in enumerate(wanted):
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            found[number] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return orjson.dumps(found, default=str, option=orjson.OPT_NON_STR_KEYS)

    return answer


def against_hand(name: str, setting: Setting) -> Rounds:
    """Our application and the statements."""
    _, path, wanted = HAND_WRITTEN[name]
    return medians(asker(path), by_hand(wanted), setting.rounds(5))


ROWS = tuple(
    Row(
        f"question-{name}",
        what,
        "手写的 SQL + orjson",
        at_most(2.0),
        partial(against_hand, name),
        databases=BOTH,
        metrics=(MILLION,),
    )
    for name, (what, _, _) in HAND_WRITTEN.items()
)
