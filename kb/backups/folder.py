"""The files of the backups: names, checksums, which are kept."""

import hashlib
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

NAME = re.compile(r"kb-(\d{8}T\d{6}Z)\.(dump|sqlite3)")
STAMP = "%Y%m%dT%H%M%SZ"
SUM = ".sha256"


class BackupError(Exception):
    """Why a backup could not be made or read back, in Chinese, with what to do."""


def new_backup(folder: Path, ending: str, write: Callable[[Path], None], now: datetime) -> Path:
    """Writes a backup by `write`; its file appears only when it is whole, with its checksum beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"kb-{now.astimezone(UTC):{STAMP}}.{ending}"
    if path.exists():
        raise BackupError(f"{path} 已经存在；请过一秒再运行。")
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)  # it holds accounts
    os.close(descriptor)
    try:
        write(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        Path(f"{path}{SUM}").write_text(f"{digest}  {path.name}\n", encoding="ascii")
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def check(path: Path) -> None:
    """Refuses a file that is not what was written: cut off, changed, or without its checksum."""
    if not path.is_file():
        raise BackupError(f"没有 {path} 这个文件。")
    told = Path(f"{path}{SUM}")
    if not told.is_file():
        raise BackupError(f"没有校验和文件 {told}；请把它和备份一起复制过来。")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if told.read_text(encoding="ascii").split()[:1] != [digest]:
        raise BackupError(f"{path} 的校验和不符：文件已损坏或没有复制完整，请用另一个备份。")


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups of a folder, the newest first; anything else in it is left out."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if match := NAME.fullmatch(path.name):
            found.append((datetime.strptime(match[1], STAMP).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def forget(folder: Path, newest: int, months: int, now: datetime) -> list[Path]:
    """Deletes backups but the newest, and the newest of each of the last months; gives what was deleted.

    Those dated later than `now` are left alone, and take nobody's place: the clock was wrong then, or is now.
    """
    found = [(made, path) for made, path in backups(folder) if made <= now]
    kept = {path for _, path in found[: max(newest, 1)]}
    of_months: dict[str, Path] = {}
    for made, path in found:
        of_months.setdefault(f"{made:%Y-%m}", path)
    kept.update(list(of_months.values())[:months])
    gone = [path for _, path in found if path not in kept]
    for path in gone:
        path.unlink()
        Path(f"{path}{SUM}").unlink(missing_ok=True)
    return gone


def ahead(folder: Path, now: datetime) -> list[Path]:
    """The backups that are dated later than now, the latest first."""
    return [path for made, path in backups(folder) if made > now]
