"""Reads a dump back into an empty database, whole or not at all."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kb import change_triggers
from kb.dumps.export import CHECKSUMS, FORMAT, SCHEMA, DumpError, newest_migration
from kb.dumps.rows import CHUNK, chunks
from kb.dumps.tables import Table, column_name, tables
from kb.search_index import INDEXES, reindex


def restore(folder: Path, using: str = "default") -> dict[str, int]:
    """Reads a dump into the database; the numbers of rows by table. Any error leaves the database empty."""
    check_files(folder)
    check_fit(folder, using)
    connection = connections[using]
    counts = {}
    with transaction.atomic(using):
        _watch(connection, on=False)
        for table in tables():
            counts[table.name] = _fill(connection, table, folder / table.file)
        connection.check_constraints()
        _watch(connection, on=True)
        _go_on_counting(connection)
        for name in INDEXES:
            _index(name, using)
    return counts


def check_files(folder: Path) -> None:
    """Compares every file of a dump with its checksum."""
    if not (folder / CHECKSUMS).is_file():
        raise DumpError(f"{folder} 中没有 {CHECKSUMS}：这不是导出目录，或导出没有完成。")
    listed = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (entry.split("  ", 1) for entry in listed)}
    for name in [SCHEMA, *(table.file for table in tables())]:
        path = folder / name
        if not path.is_file():
            raise DumpError(f"缺少文件 {path}；请重新导出或重新复制整个目录。")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sums.get(name):
            raise DumpError(f"{path} 的校验和不符：文件已损坏或被改动，请重新复制。")


def check_fit(folder: Path, using: str) -> None:
    """Refuses a dump of another version, and a database that holds records."""
    schema = orjson.loads((folder / SCHEMA).read_bytes())
    here = newest_migration(using)
    if schema.get("format") != FORMAT or schema.get("migration") != here:
        raise DumpError(
            f"导出时的数据库版本是 {schema.get('migration')}，这里是 {here}；请用同一版本的程序恢复，再升级。"
        )
    for table in tables():
        if table.model._base_manager.using(using).exists():
            raise DumpError(f"数据库不是空的（{table.db_name} 中已有记录）；请恢复到一个新建的数据库。")


def _fill(connection: BaseDatabaseWrapper, table: Table, path: Path) -> int:
    """Writes the rows of a file into their table; PostgreSQL takes them as one stream."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column_name(field)) for field in table.columns)
    target = f"{quote(table.db_name)} ({columns})"
    rows = _values(connection, table, path)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copy(cursor, target, rows)
        marks = ", ".join(["%s"] * len(table.columns))
        number = 0
        for some in chunks(rows):
            cursor.executemany(f"INSERT INTO {target} VALUES ({marks})", some)  # noqa: S608 - our own names
            number += len(some)
    return number


def _copy(cursor: Any, target: str, rows: Iterator[list[Any]]) -> int:
    """Writes rows by COPY; their number."""
    number = 0
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for number, row in enumerate(rows, 1):  # noqa: B007 - the last number is the count
            copy.write_row(row)
    return number


def _values(connection: BaseDatabaseWrapper, table: Table, path: Path) -> Iterator[list[Any]]:
    """The rows of a file as the database takes them."""
    fields = table.columns
    with path.open("rb") as file:
        for text in file:
            row = orjson.loads(text)
            yield [_stored(connection, field, row[column_name(field)]) for field in fields]


def _stored(connection: BaseDatabaseWrapper, field: Any, value: Any) -> Any:
    """A value as the database takes it."""
    target = field.target_field if field.remote_field else field
    return target.get_db_prep_save(target.to_python(value), connection)


def _watch(connection: BaseDatabaseWrapper, *, on: bool) -> None:
    """Turns the change feed's triggers on or off: the dump brings its own feed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, statement in change_triggers.sqlite_triggers().items():
                cursor.execute(statement if on else f"DROP TRIGGER IF EXISTS {name}")
            return
        word = "ENABLE" if on else "DISABLE"
        for trigger in change_triggers.triggers():
            cursor.execute(f"ALTER TABLE {trigger.table} {word} TRIGGER {trigger.name}")


def _go_on_counting(connection: BaseDatabaseWrapper) -> None:
    """Lets PostgreSQL's counters go on after the greatest number read; SQLite's do so by themselves."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables()]):
            cursor.execute(statement)
        cursor.execute(
            "SELECT setval('kb_change_numbers', greatest(max(number), 1), max(number) IS NOT NULL) "
            "FROM kb_change"
        )


def _index(name: str, using: str) -> None:
    """Writes the search index of the rows of a model."""
    [model] = [table.model for table in tables() if table.model._meta.model_name == name]
    ids = model._base_manager.using(using).order_by("pk").values_list("pk", flat=True)
    for some in chunks(ids.iterator(chunk_size=CHUNK)):
        reindex(name, some, using)
