"""The pages in an upload: texts, web pages, and archives of them; what is none is told with the reason."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from importers.sources import SUFFIXES, TOO_LONG, SourceError, gettext_noop
from kb.models.base import NAME_LENGTH

MOST_PAGES = 100
"""Pages of one upload."""

MOST_PARTS = 10
"""An upload is as long as so many of the longest pages at most."""

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, struct.error, EOFError, OSError, ValueError,
)  # fmt: skip
"""What reading an archive ends in that is broken, spoilt, or packed in a way that is not known."""

OTHER_KIND = gettext_noop("不是可以导入的文件，请改为 %(suffixes)s 或装着它们的 .zip")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in: its name without any folder, and its bytes."""

    name: str
    data: bytes


def longest_request() -> int:
    """Bytes of a whole upload, with its form's own lines."""
    return settings.KB_SUBMIT_LIMIT * MOST_PARTS + 65_536


def bare_name(name: str) -> str:
    """A file's name without its folder, whichever system it comes from."""
    return PurePosixPath(name.replace("\\", "/")).name[-NAME_LENGTH:] or "page.txt"


def too_long(name: str, size: int, limit: int | None = None) -> SourceError:
    """Why a page of that many bytes is not taken."""
    return SourceError(name, TOO_LONG, size=size, limit=settings.KB_SUBMIT_LIMIT if limit is None else limit)


def pages_of(files: Iterable[Any]) -> Iterator[tuple[str, Upload | SourceError]]:
    """Each page of some uploaded files under its name, or the reason why it cannot be read."""
    for file in files:
        name = bare_name(file.name)
        if name.lower().endswith(".zip"):
            yield from _unpacked(name, file)
        elif file.size > settings.KB_SUBMIT_LIMIT:
            yield name, too_long(name, file.size)
        else:
            yield name, _checked(name, file.read())


def _checked(name: str, data: bytes) -> Upload | SourceError:
    """The file, where its name ends as a page's does."""
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        return SourceError(name, OTHER_KIND, suffixes="、".join(sorted(SUFFIXES)))
    return Upload(name, data)


def _unpacked(name: str, file: Any) -> Iterator[tuple[str, Upload | SourceError]]:
    """The pages in an archive. Nothing is written to a disk, and no more is unpacked than may be sent."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [each for each in archive.infolist() if _is_page(each.filename)]
            room = settings.KB_SUBMIT_LIMIT * MOST_PARTS
            for member in members[: MOST_PAGES + 1]:
                inner = bare_name(_decoded(member))
                found = _member(archive, member, inner, room)
                room -= len(found.data) if isinstance(found, Upload) else 0
                yield inner, found
    except UNREADABLE as error:
        words = gettext_noop("压缩包无法打开（%(reason)s），请重新压缩后再试")
        yield name, SourceError(name, words, reason=error)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, room: int) -> Upload | SourceError:
    """One file of an archive; its length is measured while unpacking, whatever the archive says of it."""
    if member.flag_bits & 1:
        return SourceError(name, gettext_noop("压缩包有密码，请解压后再上传"))
    limit = min(settings.KB_SUBMIT_LIMIT, room)
    if member.file_size > limit:
        return too_long(name, member.file_size, limit)
    with archive.open(member) as unpacked:
        data = unpacked.read(limit + 1)
    if len(data) > limit:
        return too_long(name, len(data), limit)
    return _checked(name, data)


def _is_page(path: str) -> bool:
    """Whether a path in an archive is a file, and not a folder or a system's note on one."""
    name = PurePosixPath(path).name
    return not path.endswith("/") and not path.startswith("__MACOSX/") and not name.startswith(".")


def _decoded(member: zipfile.ZipInfo) -> str:
    """A name in an archive; without the mark for UTF-8 it is GB18030 on the systems that leave it out."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
