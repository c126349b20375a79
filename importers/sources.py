"""Reading source files: which files, in which encoding, and what is known of each from elsewhere."""

import codecs
import datetime
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from importers.source_html import looks_like_html, text_of_html

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})
"""Files that a folder is searched for; a file that is named itself is read whatever its ending."""

FACTS_FILE = "pages.toml"
"""Beside the pages: what is known of each, in a table under the file's name."""

MOST_BYTES = 20_000_000
"""No newspaper page is longer; a file that is was handed in by mistake."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks at the beginning of a file; UTF-32's little-endian one begins with UTF-16's, so it stands first."""


def gettext_noop(words: str) -> str:
    """The words as they are, marked for the list of what is to be translated."""
    return words


class SourceError(Exception):
    """A file that cannot be read: which, why, and what to do.

    The reason is kept as words with `%(name)s` gaps and what fills them, so that it can be said in another
    language; as a string the error is Chinese.
    """

    def __init__(self, where: object, words: str = "", **values: object) -> None:
        super().__init__(where, words)
        self.words, self.values = words, values

    def __str__(self) -> str:
        where, words = self.args
        return f"{where}：{words % self.values}" if words else str(where)


TOO_LONG = gettext_noop("文件有 %(size)d 字节，超过上限 %(limit)d，请拆成单个版面")
NO_TEXT = gettext_noop("第 %(line)d 行含有 NUL 字符，不是文本文件；PDF 和图片请先转为文字")


def _position(data: bytes, byte: int) -> dict[str, int]:
    """Where a byte stands, for an error's text: its line, counted from 1, and its number."""
    return {"line": data[:byte].count(b"\n") + 1, "byte": byte}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page besides its text."""

    newspaper: str | None = None
    issue_date: str | None = None
    """ISO date of the issue."""
    page_name: str | None = None
    home_city: str | None = None
    """The 盟市 that the page is about where its articles do not say so, by any of its names."""

    def digest(self) -> str:
        """A few letters that change when the facts do; nothing where nothing is known."""
        known = "|".join(getattr(self, part.name) or "" for part in fields(self))
        return hashlib.sha256(known.encode()).hexdigest()[:8] if known.strip("|") else ""


NOTHING_KNOWN = PageFacts()
"""The facts of a page of which only the text is at hand."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source file as text."""

    path: Path
    sha256: str
    encoding: str
    text: str
    facts: PageFacts = NOTHING_KNOWN
    notes: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, each once: files as named, folders searched for pages in the order of names.

    Raises SourceError for a path that is not there and for a folder without pages.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and _is_page(p))
            if not inside:
                raise SourceError(
                    path,
                    gettext_noop("目录中没有版面文件（%(suffixes)s）"),
                    suffixes="、".join(sorted(SUFFIXES)),
                )
            found |= dict.fromkeys(inside)
        elif path.exists():
            found[path] = None
        else:
            raise SourceError(path, gettext_noop("文件不存在，请检查路径"))
    return list(found)


def _is_page(path: Path) -> bool:
    """Whether a file in a folder is a page, and not a note about the folder."""
    return path.is_file() and path.stem.upper() != "README" and not path.name.startswith(".")


def read_source(path: Path) -> SourcePage:
    """The text of a file, its encoding found out. Raises SourceError where it is no text."""
    return source_of(_bytes(path), path, known_facts(path.parent).get(path.name, NOTHING_KNOWN))


def source_of(data: bytes, path: Path, facts: PageFacts = NOTHING_KNOWN) -> SourcePage:
    """The text of some bytes, wherever they came from; `path` names them. Raises SourceError as above."""
    if not data.strip():
        raise SourceError(path, gettext_noop("文件是空的"))
    text, encoding = decode(data, path)
    if not text.strip():
        raise SourceError(path, gettext_noop("文件中没有文字"))
    notes = [] if encoding == "utf-8" else [f"原编码 {encoding}，已转为 Unicode"]
    if looks_like_html(text):
        notes.append("网页，只取其中的文章")
        text = text_of_html(text)
        if not text.strip():
            raise SourceError(path, gettext_noop("网页中没有找到文章"))
    return SourcePage(path, hashlib.sha256(data).hexdigest(), encoding, text, facts, tuple(notes))


def _bytes(path: Path) -> bytes:
    """The content of a file that is not too long."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise SourceError(path, TOO_LONG, size=size, limit=MOST_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, gettext_noop("无法读取（%(reason)s）"), reason=error.strerror) from error


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """The text of some bytes and the name of their encoding; `path` is for the error's text.

    A mark at the beginning decides, then UTF-8, which no other text happens to be, then what the text
    itself makes likely. Bytes without any likely reading are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, path), encoding
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 1 and error.reason == "unexpected end of data" and error.start > 0:
            raise SourceError(
                path,
                gettext_noop("文件在第 %(line)d 行（第 %(byte)d 字节）处中断，请重新取得完整的文件"),
                **_position(data, error.start),
            ) from error
        text, encoding = _guess(data, path, error.start)
    if "\0" in text:
        return _without_mark(data, path)
    return text, encoding


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    """The text in an encoding that is known."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            path,
            gettext_noop("标明是 %(encoding)s，第 %(line)d 行（第 %(byte)d 字节）却无法解读，文件可能不完整"),
            encoding=encoding,
            **_position(data, error.start),
        ) from error
    if "\0" in text:
        raise SourceError(path, NO_TEXT, line=text[: text.index("\0")].count("\n") + 1)
    return text


def _without_mark(data: bytes, path: Path) -> tuple[str, str]:
    """UTF-16 without a mark, which has zero bytes in its line ends and digits; anything else is binary."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _likelihood(text) > 0.5 and "\0" not in text:
            return text, encoding
    raise SourceError(path, NO_TEXT, line=_position(data, data.index(b"\0"))["line"])


def _guess(data: bytes, path: Path, broken: int) -> tuple[str, str]:
    """GB18030 or Big5 or UTF-16, whichever gives the text with the most everyday characters.

    Most bytes of the one are legal in the other, so legality alone decides nothing; rare characters do.
    `broken` is the first byte that is no UTF-8, for the error's text.
    """
    readings = []
    for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_likelihood(text), text, encoding))
    best = max(readings, key=lambda reading: reading[0], default=None)
    if best is None or best[0] < 0.5:
        raise SourceError(
            path,
            gettext_noop(
                "不是文本，或编码无法识别（第 %(line)d 行第 %(byte)d 字节起不是 UTF-8）；请转为 UTF-8"
            ),
            **_position(data, broken),
        )
    return best[1], best[2]


def _likelihood(text: str) -> float:
    """How much of a text is made of everyday signs, from 0 to 1.

    Everyday are ASCII, Chinese punctuation, and the characters of GB 2312's first level or of Big5's
    first level: the few thousand that running text is made of.
    """
    signs = [sign for sign in text[:20_000] if not sign.isspace()]
    return sum(_is_everyday(sign) for sign in signs) / max(len(signs), 1)


@lru_cache(maxsize=10_000)
def _is_everyday(sign: str) -> bool:
    """Whether a sign is one that running text is made of."""
    if sign.isascii():
        return sign.isprintable()
    for encoding, first, last in (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6)):
        try:
            lead = sign.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return True
    return False


@lru_cache(maxsize=256)
def known_facts(folder: Path) -> dict[str, PageFacts]:
    """What a folder's pages.toml says of its pages, by file name. Raises SourceError where it is wrong."""
    path = folder / FACTS_FILE
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: _facts(known) for name, known in tables.items()}
    except (ValueError, TypeError, AttributeError) as error:
        allowed = "、".join(part.name for part in fields(PageFacts))
        words = gettext_noop("格式有误（%(reason)s）；每个文件一个表，可写 %(allowed)s")
        raise SourceError(path, words, reason=error, allowed=allowed) from error


def _facts(known: dict[str, object]) -> PageFacts:
    """The facts of one page; raises ValueError for a date that is none."""
    facts = PageFacts(**{key: str(value) for key, value in known.items()})
    if facts.issue_date:
        datetime.date.fromisoformat(facts.issue_date)
    return facts


def texts(paths: Iterable[Path]) -> Iterator[SourcePage | SourceError]:
    """Each file as text, or the error that it gave; one bad file does not keep the others from being read."""
    for path in paths:
        try:
            yield read_source(path)
        except SourceError as error:
            yield error
