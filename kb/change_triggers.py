"""The triggers that write the change feed (kb/models/changes.py), on both databases.

A line stands for one record in one transaction: `create` and later `update` are one `create`, what came and
went is nothing. Numbers follow the commits:

- SQLite has one writer at a time, so the next number is given as the row is written.
- PostgreSQL has many. Rows are written without a number, and a deferred trigger numbers them as the last
  step before the commit, under a lock that the commit itself releases. So whoever reads number 8 also
  finds every smaller number that there will ever be.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from kb.statements import execute_all

RESOURCES = {
    "kb_page": "pages",
    "kb_article": "articles",
    "kb_place": "places",
    "kb_organisation": "organisations",
    "kb_initiative": "initiatives",
    "kb_metric": "metrics",
}
"""Tables whose rows are records of the API."""

PARTS = {
    "kb_placename": {"places": "place_id"},
    "kb_organisationname": {"organisations": "organisation_id"},
    "kb_initiativename": {"initiatives": "initiative_id"},
    "kb_initiative_places": {"initiatives": "initiative_id"},
    "kb_initiative_organisers": {"initiatives": "initiative_id"},
    "kb_credit": {"articles": "article_id"},
    "kb_placemention": {"articles": "article_id", "places": "place_id"},
    "kb_organisationmention": {"articles": "article_id", "organisations": "organisation_id"},
    "kb_initiativemention": {"articles": "article_id", "initiatives": "initiative_id"},
    "kb_metric": {
        "articles": "article_id",
        "initiatives": "initiative_id",
        "organisations": "organisation_id",
    },
}
"""Tables whose rows are shown as parts of records, by the column that says of which."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Columns of a row that records of another table show as if they were their own."""

    columns: tuple[str, ...]
    records: dict[str, str]
    """By resource: the records that show them, in SQL, found from the row `NEW`."""


SHOWN = {
    "kb_publication": Shown(
        ("name",),
        {
            "pages": "SELECT id FROM kb_page WHERE publication_id = NEW.id",
            "articles": "SELECT kb_article.id FROM kb_article JOIN kb_page ON kb_page.id = page_id"
            " WHERE publication_id = NEW.id",
        },
    ),
    "kb_author": Shown(
        ("name",), {"articles": "SELECT DISTINCT article_id AS id FROM kb_credit WHERE author_id = NEW.id"}
    ),
    "kb_page": Shown(
        ("publication_id", "issue_date"), {"articles": "SELECT id FROM kb_article WHERE page_id = NEW.id"}
    ),
}
"""Tables with such columns. A link is no such thing: a mirror has the record that it leads to."""

EVENTS = ("INSERT", "UPDATE", "DELETE")
ACTIONS = dict(zip(EVENTS, ("create", "update", "delete"), strict=True))

NET = """CASE
    WHEN kb_change.action = 'merge' OR {new} = 'merge' THEN 'merge'
    WHEN kb_change.action = 'create' AND {new} = 'delete' THEN 'void'
    WHEN kb_change.action = 'void' AND {new} = 'create' THEN 'create'
    WHEN kb_change.action = 'delete' AND {new} = 'create' THEN 'update'
    WHEN kb_change.action = 'update' THEN {new}
    ELSE kb_change.action END"""
"""What two actions on one record in one transaction come to."""

_SQLITE_NOTE = """INSERT INTO kb_change (number, batch, resource, record_id, action, into_id, "by", at)
SELECT (SELECT coalesce(max(number), 0) FROM kb_change) + {nth}, (SELECT batch FROM kb_changecontext),
    {resource}, {record}, {action}, {into}, coalesce((SELECT "by" FROM kb_changecontext), ''),
    strftime('%Y-%m-%d %H:%M:%f', 'now'){rows}
WHERE {record} IS NOT NULL
ON CONFLICT (batch, resource, record_id) DO UPDATE SET
    action = {net}, into_id = coalesce(excluded.into_id, kb_change.into_id), "by" = excluded."by";"""

SQLITE_MERGE = _SQLITE_NOTE.format(
    nth=1,
    resource="%s",
    record="merged.gone",
    action="'merge'",
    into="merged.kept",
    rows="\nFROM (SELECT %s AS gone, %s AS kept) AS merged",
    net="'merge'",
).replace("%Y-%m-%d %H:%M:%f", "%%Y-%%m-%%d %%H:%%M:%%f")
"""The statement that notes a merge on SQLite; parameters: resource, the id that is gone, the id kept."""


@dataclass(frozen=True, slots=True)
class Note:
    """One line that an event writes: of which resource, the record's id in SQL, and the action."""

    resource: str
    record: str
    action: str

    @property
    def is_many(self) -> bool:
        """Whether the id stands for as many records as a query finds."""
        return self.record.startswith("SELECT ")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What writes lines when something happens to a row of a table."""

    name: str
    table: str
    event: str
    notes: tuple[Note, ...]
    columns: tuple[str, ...] = ()
    """Of an update: the columns that have to differ, any of them; none means any of all."""


def triggers() -> list[Trigger]:
    """The triggers of all tables."""
    found = [
        Trigger(f"{table}_changed_{event}", table, event, tuple(notes(table, event)))
        for table in dict.fromkeys([*RESOURCES, *PARTS])
        for event in EVENTS
    ]
    return found + shown_triggers()


def shown_triggers() -> list[Trigger]:
    """Those on columns that records of other tables show."""
    return [
        Trigger(
            f"{table}_shown_UPDATE",
            table,
            "UPDATE",
            tuple(Note(resource, query, "update") for resource, query in shown.records.items()),
            shown.columns,
        )
        for table, shown in SHOWN.items()
    ]


def notes(table: str, event: str) -> list[Note]:
    """What an event on a row of a table writes; a part that moves touches both of its owners."""
    found = []
    if table in RESOURCES:
        found.append(Note(RESOURCES[table], "OLD.id" if event == "DELETE" else "NEW.id", ACTIONS[event]))
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
    for resource, column in PARTS.get(table, {}).items():
        found += [Note(resource, f"{row}.{column}", "update") for row in rows]
    return found


def sqlite_triggers() -> dict[str, str]:
    """The triggers for SQLite: name and statement."""
    found = {}
    for each in triggers():
        when = f"WHEN {_sqlite_differs(each)}" if each.event == "UPDATE" else ""
        body = "\n".join(_sqlite_note(note) for note in each.notes)
        found[each.name] = (
            f"CREATE TRIGGER {each.name} AFTER {each.event} ON {each.table} {when}\nBEGIN\n{body}\nEND"
        )
    return found


def _sqlite_note(note: Note) -> str:
    return _SQLITE_NOTE.format(
        nth="row_number() OVER ()" if note.is_many else 1,
        resource=f"'{note.resource}'",
        record="found.id" if note.is_many else note.record,
        action=f"'{note.action}'",
        into="NULL",
        rows=f"\nFROM ({note.record}) AS found" if note.is_many else "",
        net=NET.format(new="excluded.action"),
    )


def _sqlite_differs(trigger: Trigger) -> str:
    """Whether an update changed anything: a comparison of the columns, or of every one that is stored."""
    [model] = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == trigger.table]
    stored = [field.column for field in model._meta.concrete_fields if not field.generated]
    return " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in trigger.columns or stored)


_POSTGRESQL_NOTE = """
CREATE OR REPLACE FUNCTION kb_note_change(what text, which bigint, did text, kept bigint DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF which IS NULL THEN RETURN; END IF;
    INSERT INTO kb_change (batch, resource, record_id, action, into_id, by, at)
    VALUES (pg_current_xact_id()::text::bigint, what, which, did, kept,
            coalesce(current_setting('kb.actor', true), ''), clock_timestamp())
    ON CONFLICT (batch, resource, record_id) DO UPDATE SET
        action = {net}, into_id = coalesce(EXCLUDED.into_id, kb_change.into_id), by = EXCLUDED.by
    WHERE kb_change.action IS DISTINCT FROM {net} OR kb_change.by <> EXCLUDED.by;
END $$
"""

LOCK = 5_172_601
"""The number of the advisory lock under which PostgreSQL gives out numbers; nothing else uses it."""

_POSTGRESQL_NUMBER = """
CREATE SEQUENCE IF NOT EXISTS kb_change_numbers;
CREATE OR REPLACE FUNCTION kb_number_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({lock});
    DELETE FROM kb_change WHERE id = NEW.id AND action = 'void';
    UPDATE kb_change SET number = nextval('kb_change_numbers'), batch = NULL, at = clock_timestamp()
    WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kb_change_number AFTER INSERT ON kb_change
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number IS NULL) EXECUTE FUNCTION kb_number_change()
"""

_POSTGRESQL_TRIGGER = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {body}
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION {name}()
"""


def postgresql_statements() -> list[str]:
    """What makes the functions and triggers on PostgreSQL."""
    return [
        _POSTGRESQL_NOTE.format(net=NET.format(new="EXCLUDED.action")),
        _POSTGRESQL_NUMBER.format(lock=LOCK),
        *map(_postgresql_trigger, triggers()),
    ]


def _postgresql_trigger(trigger: Trigger) -> str:
    return _POSTGRESQL_TRIGGER.format(
        name=trigger.name.lower(),
        table=trigger.table,
        event=trigger.event,
        body="\n    ".join(map(_postgresql_note, trigger.notes)),
        when=_postgresql_differs(trigger) if trigger.event == "UPDATE" else "",
    )


def _postgresql_note(note: Note) -> str:
    record, rows = ("found.id", f" FROM ({note.record}) AS found") if note.is_many else (note.record, "")
    return f"PERFORM kb_note_change('{note.resource}', {record}, '{note.action}'){rows};"


def _postgresql_differs(trigger: Trigger) -> str:
    pairs = [f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in trigger.columns or ("*",)]
    return f"WHEN ({' OR '.join(pairs)})"


def create_postgresql(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers on PostgreSQL; a migration calls it."""
    execute_all(connection, postgresql_statements())


def create_postgresql_shown(connection: BaseDatabaseWrapper) -> None:
    """Creates those on columns that records of other tables show; a later migration calls it."""
    with connection.cursor() as cursor:
        for trigger in shown_triggers():
            cursor.execute(_postgresql_trigger(trigger))
