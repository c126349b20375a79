"""What a search by relevance costs part by part, and what was tried to make it grow less.

    python -m tests.bench.ranking                      1,000,000 figures against 10,000, on both databases
    python -m tests.bench.ranking --metrics 100000 --database sqlite

Each way is told as a multiple of ranking by the index alone (at the larger size), and by how much it
grows. Copies of the index are temporary tables of the connection, so that a store is left as it is.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench.asking import driver
from tests.bench.databases import is_reachable
from tests.bench.fulltext import FTS5, TSVECTOR, WORD
from tests.bench.lists_sql import MILLION
from tests.bench.measure import BOTH, timed
from tests.bench.store import store, use

SMALL, CALLS = 10_000, 5
PLAIN = "ranked"
"""The way that the others are compared with."""


@dataclass(frozen=True, slots=True)
class Way:
    """A statement by which matches are found or ranked; what has to be made before it."""

    name: str
    sql: str
    before: tuple[str, ...] = ()


def _fts5(name: str, options: str = "") -> tuple[str, ...]:
    return (
        f"CREATE VIRTUAL TABLE temp.{name} USING fts5(head, body, tokenize = 'ascii'{options})",
        f"INSERT INTO temp.{name}(rowid, head, body) SELECT rowid, head, body FROM main.kb_article_search",  # noqa: S608 - our own names
        f"INSERT INTO temp.{name}({name}, rank) VALUES ('rank', 'bm25(5.0, 1.0)')",  # noqa: S608 - our own names
    )


_BEST = "SELECT rowid FROM {0} WHERE {0} MATCH ? ORDER BY rank LIMIT 51"
_INDEX = "kb_article_search"
SQLITE = (
    Way(PLAIN, _BEST.format(_INDEX)),
    Way("with the article", FTS5),
    Way("matches counted", f"SELECT count(*) FROM {_INDEX} WHERE {_INDEX} MATCH ?"),  # noqa: S608 - our own names
    Way("newest", f"SELECT rowid FROM {_INDEX} WHERE {_INDEX} MATCH ? ORDER BY rowid DESC LIMIT 51"),  # noqa: S608 - our own names
    Way("titles alone", _BEST.format(_INDEX).replace("MATCH ?", "MATCH '{head} : ' || ?")),
    Way("a copy", _BEST.format("copied"), _fts5("copied")),
    Way(
        "one segment",
        _BEST.format("copied"),
        ("INSERT INTO temp.copied(copied) VALUES ('optimize')",),
    ),
    Way("no column sizes kept", _BEST.format("sizeless"), _fts5("sizeless", ", columnsize = 0")),
)

_RANKED = (
    "SELECT s.rowid, ts_rank(s.{1}, q.q) FROM (SELECT %s::tsquery AS q) q, {0} s "
    "WHERE s.{1} @@ q.q ORDER BY 2 DESC, 1 LIMIT 51"
)
_ONE_PROCESS = "SET max_parallel_workers_per_gather = 0"
_PARALLEL = (
    "SET max_parallel_workers_per_gather = 2",
    "SET parallel_setup_cost = 0",
    "SET parallel_tuple_cost = 0",
    "SET min_parallel_table_scan_size = 0",
    "SET min_parallel_index_scan_size = 0",
)


def _copy(name: str, storage: str, options: str = "", value: str = _INDEX) -> tuple[str, ...]:
    return (
        f"CREATE TEMP TABLE {name} (rowid bigint, document tsvector){options}",
        f"ALTER TABLE {name} ALTER COLUMN document SET {storage}",
        f"INSERT INTO {name} SELECT rowid, {value} FROM {_INDEX}",  # noqa: S608 - our own names
        f"CREATE INDEX ON {name} USING gin (document)",
        f"ANALYZE {name}",
    )


_ANY = "replace(replace(q.q::text, '&', '|'), '<->', '|')::tsquery"
_TITLES = f"""
WITH q AS (SELECT %s::tsquery AS q),
of_titles AS MATERIALIZED (SELECT t.rowid FROM titles t, q WHERE t.document @@ {_ANY})
SELECT s.rowid, ts_rank(s.{_INDEX}, q.q) FROM of_titles t JOIN {_INDEX} s USING (rowid), q
WHERE s.{_INDEX} @@ q.q ORDER BY 2 DESC, 1 LIMIT 51
"""  # noqa: S608 - our own names
"""A word in the title counts for six tenths at least, words of the text alone for a sixth at most: for one
term (whose words are added up) the matches with a word in the title come first, as long as there are enough.
"""
POSTGRESQL = (
    Way(PLAIN, _RANKED.format(_INDEX, _INDEX), (_ONE_PROCESS,)),
    Way("with the article", TSVECTOR),
    Way("matches counted", f"SELECT count(*) FROM {_INDEX} s WHERE s.{_INDEX} @@ %s::tsquery"),  # noqa: S608 - our own names
    Way("a copy", _RANKED.format("copied", "document"), _copy("copied", "STORAGE EXTENDED")),
    Way(
        "a copy, inline",
        _RANKED.format("inline", "document"),
        _copy("inline", "STORAGE EXTENDED", " WITH (toast_tuple_target = 8160)"),
    ),
    Way(
        "a copy, inline, LZ4",
        _RANKED.format("lz4", "document"),
        _copy("lz4", "COMPRESSION lz4", " WITH (toast_tuple_target = 8160)"),
    ),
    Way("a copy, not compressed", _RANKED.format("loose", "document"), _copy("loose", "STORAGE EXTERNAL")),
    Way(
        "those with a word in the title",
        _TITLES,
        _copy("titles", "STORAGE MAIN", value=f"ts_filter({_INDEX}, '{{a}}')"),
    ),
    Way("two workers besides", _RANKED.format(_INDEX, _INDEX), _PARALLEL),
)


def main() -> None:
    """Prints the ways of each database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--metrics", type=int, default=MILLION)
    parser.add_argument("--database", choices=BOTH)
    options = parser.parse_args()
    with store():
        if options.database is None:  # Django keeps to one kind of database in a process
            for database in filter(is_reachable, BOTH):
                again = [sys.executable, "-m", "tests.bench.ranking", *sys.argv[1:], "--database", database]
                subprocess.run(again, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "kb.settings"})
            return
        report(options.database, options.metrics)


def report(database: str, metrics: int) -> None:
    """Prints what each way costs of what ranking costs, and how it grows."""
    large, small = (dict(_times(database, size)) for size in (metrics, SMALL))
    print(f"{database}: {metrics} figures, against {SMALL}")
    for name, seconds in large.items():
        print(f"{seconds / large[PLAIN]:6.2f}×  grows {seconds / small[name]:6.1f}×  {name}")


def _times(database: str, metrics: int) -> Iterator[tuple[str, float]]:
    """By way: the quickest of some calls, which a busy machine disturbs least."""
    use(database, metrics)
    from kb.search import _expression, fts5, tsquery
    from kb.search_text import parse

    raw, expression = driver(), _expression(list(parse(WORD)))
    value = fts5(expression) if database == "sqlite" else tsquery(expression)
    for way in SQLITE if database == "sqlite" else POSTGRESQL:
        for statement in way.before:
            raw.execute(statement)
        ask = _asker(raw, way.sql, value)
        ask()
        yield way.name, min(timed(ask) for _ in range(CALLS))


def _asker(raw: Any, sql: str, value: str) -> Callable[[], object]:
    return lambda: raw.execute(sql, (value,)).fetchall()


if __name__ == "__main__":
    main()
