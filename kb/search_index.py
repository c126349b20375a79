"""The search index: what is indexed of each row, its tables, and keeping them up to date.

A document has two parts: `head` (titles, names, subjects), which weighs more and is indexed by word
and by character, and `body`, by word. Deleting a row takes its document away by a trigger.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.apps import apps
from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_delete, post_save

from kb.search_text import pieces, words_of_text

BATCH = 500
MOST_TOKENS = 50_000
"""Tokens of one row that are indexed; PostgreSQL takes no document of more than a megabyte."""

APART = "▏"
"""Stands between two names, so that the end of one and the beginning of the next are no phrase."""


@dataclass(frozen=True, slots=True)
class Index:
    """What is indexed of a model's rows."""

    model: str
    head: tuple[str, ...]
    body: tuple[str, ...] = ()
    names: str | None = None
    """The model whose `name` and link to the row add the row's other names."""

    @property
    def table(self) -> str:
        """The table of the documents."""
        return f"kb_{self.model}_search"


INDEXES = {
    index.model: index
    for index in (
        Index("article", head=("title", "kicker", "column"), body=("body",)),
        Index("place", head=("name",), names="placename"),
        Index("organisation", head=("name",), names="organisationname"),
        Index("initiative", head=("name",), names="initiativename"),
        Index("metric", head=("subject", "text")),
    )
}

Document: TypeAlias = tuple[int, list[str], list[str]]
"""A row's id and the tokens of its two parts."""


def reindex(model: str, ids: Iterable[int], using: str | None = None) -> None:
    """Writes the documents of the rows of a model (`article`, …) with these ids."""
    index = INDEXES[model]
    using = using or router.db_for_write(apps.get_model("kb", model))
    wanted = list(dict.fromkeys(ids))
    for begin in range(0, len(wanted), BATCH):
        _write(connections[using], index, documents(index, wanted[begin : begin + BATCH], using))


def index_texts(
    model: str, texts: Iterable[tuple[int, Sequence[str], Sequence[str]]], using: str | None = None
) -> None:
    """Writes the documents of rows whose texts are at hand: id, the texts of the head, those of the body."""
    using = using or router.db_for_write(apps.get_model("kb", model))
    found = [(pk, head_tokens(dict.fromkeys(head)), body_tokens(body)) for pk, head, body in texts]
    _write(connections[using], INDEXES[model], found)


def forget_the_gone(model: str, using: str | None = None) -> int:
    """How many documents were taken away whose row is no more, as after a table was emptied at a stroke."""
    index, rows = INDEXES[model], apps.get_model("kb", model)
    with connections[using or router.db_for_write(rows)].cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {index.table} WHERE rowid NOT IN "  # noqa: S608 - two tables of ours
            f"(SELECT id FROM {rows._meta.db_table})"
        )
        return int(cursor.rowcount)


def documents(index: Index, ids: Sequence[int], using: str) -> list[Document]:
    """The documents of rows as they are stored now."""
    rows = apps.get_model("kb", index.model)._base_manager.using(using).filter(pk__in=ids)
    names = _names(index, ids, using)
    found = []
    for row in rows.values_list("pk", *index.head, *index.body):
        cut = 1 + len(index.head)
        heads = dict.fromkeys([*row[1:cut], *names[row[0]]])
        found.append((row[0], head_tokens(heads), body_tokens(row[cut:])))
    return found


def head_tokens(texts: Iterable[str]) -> list[str]:
    """The tokens of titles and names: their words, then their characters."""
    found: list[str] = []
    for text in texts:
        if text:
            found += [*words_of_text(text), APART, *pieces(text), APART]
    return found[:MOST_TOKENS]


def body_tokens(texts: Iterable[str]) -> list[str]:
    """The words of running text."""
    return [word for text in texts for word in words_of_text(text)][:MOST_TOKENS]


def _names(index: Index, ids: Sequence[int], using: str) -> dict[int, list[str]]:
    """The other names of rows by the rows' ids; one query, or none where the model has no names."""
    found: dict[int, list[str]] = defaultdict(list)
    if index.names:
        names = apps.get_model("kb", index.names)._base_manager.using(using)
        owner = f"{index.model}_id"
        for row_id, name in names.filter(**{f"{owner}__in": ids}).order_by("pk").values_list(owner, "name"):
            found[row_id].append(name)
    return found


def _write(connection: BaseDatabaseWrapper, index: Index, found: Sequence[Document]) -> None:
    """Stores documents; one that was there before is replaced."""
    if not found:
        return
    table = index.table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            statement = f"INSERT OR REPLACE INTO {table}(rowid, head, body) VALUES (%s, %s, %s)"  # noqa: S608 - our own names
            cursor.executemany(statement, [(pk, " ".join(head), " ".join(body)) for pk, head, body in found])
        else:
            statement = (
                f"INSERT INTO {table}(rowid, {table}) "  # noqa: S608 - our own names
                "SELECT pk, document::tsvector FROM unnest(%s::bigint[], %s::text[]) AS new(pk, document) "
                f"ON CONFLICT (rowid) DO UPDATE SET {table} = EXCLUDED.{table}"
            )
            for begin in range(0, len(found), BATCH):
                some = {pk: tsvector(head, body) for pk, head, body in found[begin : begin + BATCH]}
                cursor.execute(statement, [list(some), list(some.values())])


def tsvector(head: Sequence[str], body: Sequence[str]) -> str:
    """A document as PostgreSQL writes a tsvector: `'书屋':1A,7 '开放':3A`.

    It is written out, not parsed by the database, so that it does not depend on the server's locale.
    PostgreSQL counts positions up to 16,383 and keeps 255 of a word; words beyond stay findable.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for position, token in enumerate(head, 1):
        places[token].append(f"{min(position, 16_383)}A")
    for position, token in enumerate(body, len(head) + 2):
        places[token].append(str(min(position, 16_383)))
    return " ".join(f"'{token}':{','.join(found[:255])}" for token, found in places.items())


def create_tables(connection: BaseDatabaseWrapper) -> None:
    """Makes the tables of the index; a migration calls it."""
    with connection.cursor() as cursor:
        for index in INDEXES.values():
            table = index.table
            if connection.vendor == "sqlite":
                cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(head, body, tokenize = 'ascii')")
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('rank', 'bm25(5.0, 1.0)')")  # noqa: S608 - our own names
            else:
                cursor.execute(f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, {table} tsvector NOT NULL)")
                cursor.execute(f"CREATE INDEX {table}_gin ON {table} USING gin ({table})")


def drop_tables(connection: BaseDatabaseWrapper) -> None:
    """Takes the tables of the index away; a migration calls it when it is turned back."""
    with connection.cursor() as cursor:
        for index in INDEXES.values():
            cursor.execute(f"DROP TABLE IF EXISTS {index.table}")


def connect() -> None:
    """Ties the index to saved rows and names, so that an edit can be found at once."""
    for index in INDEXES.values():
        model = apps.get_model("kb", index.model)
        post_save.connect(_row_saved, sender=model, dispatch_uid=f"search {index.model}")
        if index.names:
            names = apps.get_model("kb", index.names)
            post_save.connect(_name_changed, sender=names, dispatch_uid=f"search {index.names} saved")
            post_delete.connect(_name_changed, sender=names, dispatch_uid=f"search {index.names} deleted")


def _row_saved(sender: type[models.Model], instance: Any, using: str, raw: bool, **_kwargs: Any) -> None:
    """Indexes a row that was saved by itself; the importer, which writes many, indexes them together."""
    reindex(sender._meta.model_name or "", [instance.pk], using)


def _name_changed(sender: type[models.Model], instance: Any, using: str, **_kwargs: Any) -> None:
    """Indexes the owner of a name that came, changed or went."""
    owner = (sender._meta.model_name or "").removesuffix("name")
    reindex(owner, [getattr(instance, f"{owner}_id")], using)
