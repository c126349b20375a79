"""What a user would pick instead, on the annotated pages: word tags, address parsers, a number regex.

Every rival reads the annotated text of each article, wraps undone, so that the layout costs it nothing;
ours reads the raw page. A row counts as found when its printed or official name is among the names given.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SPACE = re.compile(r"\s+")


@dataclass
class Count:
    """Rows found, missed and made up."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.right + self.missed + self.extra
        return 2 * self.right / total if total else 1.0


def annotated(gold: Path, pages: Path) -> Iterator[tuple[str, dict]]:
    """The joined text and the annotation of every article that counts."""
    for path in sorted(gold.glob("[0-9][0-9][0-9].json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        source = next(p for p in sorted(pages.glob("*.txt")) if p.name.startswith(document["seed"]))
        lines = source.read_text(encoding="utf-8").split("\n")
        for article in document["articles"]:
            if article.get("strict", True):
                text = "".join("".join(lines[a - 1 : b]) for a, b in article["lines"])
                yield SPACE.sub("", text), article


def forms(row: dict) -> set[str]:
    """Every name under which a row may be found."""
    names = [row.get(key) for key in ("surface", "official", "name", "text")] + row.get("surfaces", [])
    return {SPACE.sub("", name) for name in names if name}


def score(rows: list[dict], found: Iterable[str], *, near: int = 0) -> Count:
    """Found names against annotated rows; lenient rows count neither way.

    With `near`, a name that holds the row's (or is held by it) and differs by at most so many
    characters counts too, as the figures' scorer has it.
    """
    count, left = Count(), list(found)
    for row in sorted(rows, key=lambda row: not row.get("strict", True)):
        hits = [name for name in left if any(_same(name, form, near) for form in forms(row))]
        if row.get("strict", True):
            count.right += bool(hits)
            count.missed += not hits
        for hit in hits[:1] if near else hits:
            left.remove(hit)
    count.extra = len(left)
    return count


def _same(name: str, form: str, near: int) -> bool:
    return name == form or bool(
        near and (name in form or form in name) and abs(len(name) - len(form)) <= near
    )


def by_tag(tag: str) -> Callable[[str], set[str]]:
    """jieba's part-of-speech tagger: the words with one tag (`ns` a place, `nt` a body)."""
    import jieba.posseg

    return lambda text: {word for word, flag in jieba.posseg.lcut(text) if flag == tag}


def _printed(names: set[object], text: str) -> set[str]:
    """The names that the text has at all: a parser that adds the province above is not blamed for it."""
    return {name for name in names if isinstance(name, str) and name[:2] in text}


def by_cpca() -> Callable[[str], set[str]]:
    """cpca: provinces, cities and counties of every address that it finds in a text."""
    import cpca

    def places(text: str) -> set[str]:
        try:
            table = cpca.transform_text_with_addrs(text)
        except KeyError:  # its way of saying that a text holds no address at all
            return set()
        return _printed({name for column in ("省", "市", "区") for name in table[column] if name}, text)

    return places


def by_jionlp() -> Callable[[str], set[str]]:
    """jionlp: provinces, cities and counties that its location recogniser names."""
    import jionlp

    def places(text: str) -> set[str]:
        found = jionlp.recognize_location(text)["domestic"] or []
        return _printed({name for place, _ in found for name in place.values() if name}, text)

    return places


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[万亿]?[余多]?[一-龥%]{1,2}")


def by_regex(text: str) -> list[str]:
    """A plain expression: digits, a multiplier, and one or two characters behind."""
    return _NUMBER.findall(text)


def compare(gold: Path, pages: Path) -> dict[str, dict[str, float]]:
    """F1 of every rival by the kind of record that it can find at all."""
    rivals = {
        "jieba.posseg ns": ("places", by_tag("ns"), 0),
        "cpca": ("places", by_cpca(), 0),
        "jionlp": ("places", by_jionlp(), 0),
        "jieba.posseg nt": ("organisations", by_tag("nt"), 0),
        "number regex": ("metrics", by_regex, 3),
    }
    table: dict[str, dict[str, float]] = {}
    for name, (kind, read, near) in rivals.items():
        total = Count()
        for text, article in annotated(gold, pages):
            one = score(article[kind], read(text), near=near)
            total.right += one.right
            total.missed += one.missed
            total.extra += one.extra
        table.setdefault(kind, {})[name] = total.f1
    return table
