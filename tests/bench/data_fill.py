"""Fills a database with the rows of `data_rows.py`: by COPY on PostgreSQL, by executemany on SQLite.

The triggers rest meanwhile: the rows are right by their making, and a feed of a million changes is nobody's
question here. Indexes are made after the rows, which takes a fraction of the time.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.load_places import load_gazetteer_places
from kb import triggers
from kb.models import Article, Metric
from kb.search_index import INDEXES, tsvector
from tests.bench.data import SEED
from tests.bench.data_rows import RowMaker, Rows

ORDER = (
    "page", "author", "article", "credit", "organisation", "organisationname", "initiative", "initiativename",
    "initiative_organisers", "initiative_places", "placemention", "organisationmention", "initiativemention",
    "metric", "doubt",
)  # fmt: skip
"""Each table after those that it refers to."""


_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": """SELECT i.indexname, i.indexdef FROM pg_indexes i
        LEFT JOIN pg_constraint c ON c.conname = i.indexname
        WHERE i.schemaname = 'public' AND c.oid IS NULL""",
}
"""The indexes beside those of keys and constraints: name and statement."""


def fill(*, pages: int | None = None, articles: int | None = None, metrics: int | None = None) -> None:
    """Stores pages until so many pages, articles or metrics are there; a page is never cut."""
    load_gazetteer_places(load_gazetteer())
    maker = RowMaker(SEED)
    wanted = {Article: articles, Metric: metrics}
    count = pages if pages is not None else 10_000_000
    with transaction.atomic(), _without_triggers(), _without_indexes():
        for rows in maker.pages(count):
            _write(rows)
            if any(number is not None and maker.ids[model] >= number for model, number in wanted.items()):
                break
        _reset_sequences(maker)
    _analyse()


def _write(rows: Rows) -> None:
    """Stores the rows of some pages."""
    tables = {model._meta.model_name: model for model in rows if not isinstance(model, tuple)}
    for name in ORDER:
        if name in tables:
            model = tables[name]
            _copy(model._meta.db_table, *_columns(model, rows[model]))
    for key in rows:
        if isinstance(key, tuple):
            _documents(INDEXES[key[1]._meta.model_name], rows[key])


def _columns(model: Any, rows: list[dict[str, Any]]) -> tuple[list[str], Iterator[list[Any]]]:
    """The columns of a model and its rows in their order; what a row does not name is the field's default."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    defaults = {field.column: field.get_db_prep_save(field.get_default(), connection) for field in fields}
    columns = list(defaults)
    return columns, ([(defaults | row)[column] for column in columns] for row in rows)


def _copy(table: str, columns: list[str], rows: Iterable[list[Any]]) -> None:
    """Stores rows in the quickest way of each database."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _documents(index: Any, rows: list[dict[str, Any]]) -> None:
    """Stores documents of the search index."""
    if connection.vendor == "postgresql":
        documents = ([row["rowid"], tsvector(row["head"], row["body"])] for row in rows)
        _copy(index.table, ["rowid", index.table], documents)
    else:
        documents = ([row["rowid"], " ".join(row["head"]), " ".join(row["body"])] for row in rows)
        _copy(index.table, ["rowid", "head", "body"], documents)


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Lets the triggers rest."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # An index cannot be made while rows of its table wait to be checked at the commit.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")
    else:
        triggers.drop_before_migrate("default")
        yield
        triggers.create_after_migrate("default")


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Takes the indexes off that hold no constraint, and makes them anew at the end."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES[connection.vendor])
        indexes = cursor.fetchall()
        for name, _statement in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, statement in indexes:
            cursor.execute(statement)


def _reset_sequences(maker: RowMaker) -> None:
    """Sets the counters behind the ids that were given."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model, number in maker.ids.items():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, number]
                )


def _analyse() -> None:
    """Lets the planner know the data."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
