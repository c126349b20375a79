"""Database triggers: they hold what a check constraint cannot, and keep the search index clean.

Those that write the change feed stand in kb/change_triggers.py, those that count in kb/tallies/.

`body[start:end] == text`: a span and the body that it counts in stand in two tables, so a CHECK cannot
compare them. The triggers refuse a row whose text is not what the body says there, and a new body
under which a stored span would no longer hold. Both databases count characters (code points), as the
spans do.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.state import StateApps

from kb import change_triggers, tallies
from kb.statements import execute_all

SEARCHED_TABLES = ("kb_article", "kb_place", "kb_organisation", "kb_initiative", "kb_metric")
SPAN_TABLES = ("kb_placemention", "kb_organisationmention", "kb_initiativemention", "kb_metric")

_SQLITE_ROW = """
CREATE TRIGGER {table}_span_{event} BEFORE {event} ON {table}
WHEN NOT EXISTS (
    SELECT 1 FROM kb_article
    WHERE id = NEW.article_id AND substr(body, NEW.start + 1, NEW."end" - NEW.start) = NEW.text
)
BEGIN SELECT RAISE(ABORT, '{table}: text is not body[start:end]'); END
"""

_SQLITE_BODY = """
CREATE TRIGGER {table}_span_body BEFORE UPDATE OF body ON kb_article
WHEN NEW.body <> OLD.body AND EXISTS (
    SELECT 1 FROM {table}
    WHERE article_id = NEW.id AND substr(NEW.body, start + 1, "end" - start) <> text
)
BEGIN SELECT RAISE(ABORT, 'kb_article: a span in {table} would not quote the new body'); END
"""

_POSTGRESQL_ROW_FUNCTION = """
CREATE OR REPLACE FUNCTION kb_check_span() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM kb_article
        WHERE id = NEW.article_id AND substr(body, NEW.start + 1, NEW."end" - NEW.start) = NEW.text
    ) THEN
        RAISE EXCEPTION '%: text is not body[start:end]', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

_POSTGRESQL_BODY_FUNCTION = """
CREATE OR REPLACE FUNCTION kb_check_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({broken}) THEN
        RAISE EXCEPTION 'kb_article: a stored span would not quote the new body'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

_POSTGRESQL_BROKEN = """
SELECT 1 FROM {table} WHERE article_id = NEW.id AND substr(NEW.body, start + 1, "end" - start) <> text
"""

_POSTGRESQL_ROW = """
CREATE OR REPLACE TRIGGER {table}_span BEFORE INSERT OR UPDATE OF article_id, start, "end", text ON {table}
FOR EACH ROW EXECUTE FUNCTION kb_check_span()
"""

_POSTGRESQL_BODY = """
CREATE OR REPLACE TRIGGER kb_article_spans BEFORE UPDATE OF body ON kb_article
FOR EACH ROW WHEN (NEW.body IS DISTINCT FROM OLD.body) EXECUTE FUNCTION kb_check_body()
"""


_SQLITE_SEARCH = """
CREATE TRIGGER {table}_search_gone AFTER DELETE ON {table}
BEGIN DELETE FROM {table}_search WHERE rowid = OLD.id; END
"""

_POSTGRESQL_SEARCH = """
CREATE OR REPLACE FUNCTION {table}_search_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM {table}_search WHERE rowid = OLD.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {table}_search_gone AFTER DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_search_gone()
"""


def sqlite_triggers() -> dict[str, str]:
    """The triggers for SQLite: name and statement."""
    found = {}
    for table in SPAN_TABLES:
        for event in ("INSERT", "UPDATE"):
            found[f"{table}_span_{event}"] = _SQLITE_ROW.format(table=table, event=event)
        found[f"{table}_span_body"] = _SQLITE_BODY.format(table=table)
    for table in SEARCHED_TABLES:
        found[f"{table}_search_gone"] = _SQLITE_SEARCH.format(table=table)
    return found | change_triggers.sqlite_triggers() | tallies.sqlite_triggers()


def create_postgresql(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers on PostgreSQL; PostgreSQL keeps them when a table changes."""
    broken = " UNION ALL ".join(_POSTGRESQL_BROKEN.format(table=table) for table in SPAN_TABLES)
    statements = [_POSTGRESQL_ROW_FUNCTION, _POSTGRESQL_BODY_FUNCTION.format(broken=broken)]
    statements += [_POSTGRESQL_ROW.format(table=table) for table in SPAN_TABLES]
    statements.append(_POSTGRESQL_BODY)
    execute_all(connection, statements)


def create_postgresql_search(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers that keep the search index free of rows that are gone."""
    with connection.cursor() as cursor:
        for table in SEARCHED_TABLES:
            cursor.execute(_POSTGRESQL_SEARCH.format(table=table))


def create_in_migration(apps: StateApps, schema_editor: Any) -> None:
    """The migration step: creates the triggers on PostgreSQL; on SQLite the signals below do."""
    if schema_editor.connection.vendor == "postgresql":
        create_postgresql(schema_editor.connection)


def drop_before_migrate(using: str, **_kwargs: Any) -> None:
    """Takes the triggers off before migrations run, on SQLite.

    SQLite changes a table by making it anew: that would lose the table's own triggers, and fails
    while a trigger of another table names it.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in sqlite_triggers():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def create_after_migrate(using: str, plan: Sequence[Any] = (), **_kwargs: Any) -> None:
    """Puts the triggers on after migrations ran, on SQLite, where the tables are there."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    tables = connection.introspection.table_names()
    needed = {"kb_article_search", "kb_change", "kb_changecontext", *SPAN_TABLES}
    needed |= tallies.TABLES
    with connection.cursor() as cursor:
        for name, statement in sqlite_triggers().items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            if needed <= set(tables):
                cursor.execute(statement)
    if plan and needed <= set(tables):  # a migration that changed records did so without the triggers
        tallies.rebuild(using)
