"""Writes a dump: one JSON Lines file a table, schema, licence note, and checksums.

The checksums are written last: a folder without them is a dump that did not end.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import orjson
from django.db.migrations.recorder import MigrationRecorder

from kb.changes import newest_number
from kb.dumps.rows import line, rows, snapshot
from kb.dumps.tables import described, tables

FORMAT = 1
SCHEMA, LICENCE, CHECKSUMS = "schema.json", "LICENCE.txt", "SHA256SUMS"

LICENCE_NOTE = """\
本数据由《党建知识库》导出。

一、报纸的文字（page.raw_text、article.body、各表的 text 等列）著作权归原报刊和作者所有，只作为出处引用；
    对外公开或转载之前，请取得权利人同意。
二、从文字中读出的事实（名称、类别、日期、数值及其关联）不因本导出而设定新的权利。
三、导出程序及数据结构按项目 LICENSE 文件的条款使用。
"""


class DumpError(Exception):
    """What is wrong with a dump or with the place that it goes to, in Chinese, with what to do."""


def export(folder: Path, using: str = "default") -> dict[str, int]:
    """Writes a dump into an empty or new folder; the numbers of rows by table."""
    prepare(folder)
    sums: dict[str, str] = {}
    counts: dict[str, int] = {}
    with snapshot(using):
        for table in tables():
            lines = (line(row) for row in rows(table, using))
            counts[table.name], sums[table.file] = _write(folder / table.file, lines)
        schema = {
            "format": FORMAT,
            "migration": newest_migration(using),
            "changes_cursor": str(newest_number(using)),
            "tables": [{**described(table), "rows": counts[table.name]} for table in tables()],
        }
    _, sums[SCHEMA] = _write(folder / SCHEMA, [orjson.dumps(schema, option=orjson.OPT_INDENT_2), b"\n"])
    _, sums[LICENCE] = _write(folder / LICENCE, [LICENCE_NOTE.encode()])
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (folder / CHECKSUMS).write_text(listed, encoding="utf-8")
    return counts


def prepare(folder: Path) -> None:
    """Makes the folder; refuses one that holds anything."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise DumpError(f"目录 {folder} 不是空的；请给出一个新目录，以免新旧文件混在一起。")


def newest_migration(using: str) -> str:
    """The last applied migration of the knowledge base, by name."""
    applied = MigrationRecorder.Migration.objects.using(using).filter(app="kb")
    return max(applied.values_list("name", flat=True), default="")


def _write(path: Path, parts: Iterable[bytes]) -> tuple[int, str]:
    """Writes a file part by part; the number of parts and the SHA-256 of the whole."""
    digest, number = hashlib.sha256(), 0
    with path.open("wb") as file:
        for number, part in enumerate(parts, 1):  # noqa: B007 - the last number is the count
            digest.update(part)
            file.write(part)
    return number, digest.hexdigest()
