"""The database into a file and back: pg_dump and pg_restore, or SQLite's online backup."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kb.backups.folder import BackupError

ENDINGS = {"postgresql": "dump", "sqlite": "sqlite3"}
FILLED_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}
OURS = ("kb_", "api_", "importers_", "auth_", "django_", "axes_", "sqlite_")


def copy_out(path: Path, using: str = "default") -> None:
    """Writes the database, as it is at one moment, into a file; nobody who writes has to wait."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        run("pg_dump", connection, "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
        run("pg_restore", None, "--list", str(path))
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
        check_sqlite(file, path)
        file.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def copy_in(path: Path, using: str = "default") -> None:
    """Puts the contents of a file in the place of the whole database, or changes nothing."""
    connection = connections[using]
    if path.suffix != f".{ENDINGS[connection.vendor]}":
        raise BackupError(
            f"{path.name} 是另一种数据库的备份，这里是 {connection.display_name}；"
            "换数据库请用 export_dump 和 restore_dump。"
        )
    if connection.vendor == "postgresql":
        _replace_postgresql(connection, path)
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as file:
            check_sqlite(file, path)
            file.backup(connection.connection)
    connection.close()


def filled(using: str = "default") -> str | None:
    """A table of the database that holds something; None where nothing would be lost."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    strange = sorted(name for name in tables if not name.startswith(OURS))
    if strange:
        return strange[0]
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.db_table
        if name in tables - FILLED_BY_MIGRATE and model._base_manager.using(using).exists():
            return name
    return None


def check_sqlite(file: sqlite3.Connection, path: Path) -> None:
    """Refuses a file that SQLite finds damaged."""
    try:
        [answer] = file.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise BackupError(f"{path} 不是完好的 SQLite 数据库（{answer}）。")


def _replace_postgresql(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Empties the schema and fills it from the file, in one transaction."""
    sql = path.with_name(f".{path.name}.sql")
    try:
        run("pg_restore", None, "--no-owner", "--no-privileges", f"--file={sql}", str(path))
        connection.close()
        run(
            "psql", connection, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            "--output=/dev/null", "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public",
            f"--file={sql}",
        )  # fmt: skip
    finally:
        sql.unlink(missing_ok=True)


def run(program: str, connection: BaseDatabaseWrapper | None, *arguments: str) -> None:
    """Runs a program of PostgreSQL; what it complains of is the error."""
    found = shutil.which(program)
    if not found:
        raise BackupError(
            f"没有找到 {program}；请安装 PostgreSQL 的客户端程序（Debian：postgresql-client）。"
        )
    environment, where = dict(os.environ), []
    if connection is not None:
        given = connection.get_connection_params()
        environment |= _variables(given)
        where = [f"--dbname={given['dbname']}"]
    done = subprocess.run([found, *where, *arguments], env=environment, capture_output=True, text=True)  # noqa: S603 - a list, no shell
    if done.returncode:
        raise BackupError(f"{program} 失败：{done.stderr.strip()[-2000:]}")


def _variables(given: dict[str, Any]) -> dict[str, str]:
    """How libpq is told of a server by the environment, where no list of processes shows the password."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "service": "PGSERVICE"}
    return {names[key]: str(value) for key, value in given.items() if key in names and value}
