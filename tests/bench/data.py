"""Seeded pages after the real ones: the same lines and lengths, with other figures, names and persons.

Every page of `seeds/` is a template. A page that is made from it has other digits in its figures, other
signs in its quoted names, in its townships, villages and persons, always as many as the template has. So
the lengths, the layout and the number of records a page are those of real pages, while names are spread as
they are in an archive: a few recur on very many pages, most on a few.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.pipeline import extract_page
from importers.extract.records import PageRecord
from kb.vocabulary import PlaceLevel

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SEED = 20210701

SIGNS = (
    "安宝昌长春德东丰福富广贵海和恒红宏华惠吉嘉建江金锦康兰乐立良林隆茂明南宁平青清庆仁荣"
    "瑞盛顺泰通万旺文西祥新兴秀阳义永玉源云振正中忠"
)
"""Signs that made-up names consist of."""

MOST_NAMES = 100_000
"""Names that one name of a template can become."""

_QUOTED = re.compile("“([一-龥]{2,12})”")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Template:
    """A real page: its text, what it says, and the words of it that are replaced."""

    text: str
    record: PageRecord
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    """What finds the words and the runs of digits that are replaced."""


def _template(text: str) -> Template:
    """The template of a page."""
    record = extract_page(text, gazetteer=load_gazetteer())
    words = _words(record)
    longest_first = sorted(words, key=len, reverse=True)
    return Template(text, record, words, re.compile("|".join([*map(re.escape, longest_first), "[0-9]+"])))


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """The real pages."""
    return tuple(_template(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt")))


def _words(record: PageRecord) -> tuple[str, ...]:
    """The words of a page that are replaced: quoted names, names of small places, persons."""
    found: dict[str, None] = {}
    for article in record.articles:
        found |= dict.fromkeys(name for i in article.initiatives for name in _QUOTED.findall(i.name))
        found |= dict.fromkeys(credit.name for credit in article.draft.authors if len(credit.name) > 1)
        small = (m for m in article.places if m.level in (PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE))
        found |= dict.fromkeys(m.surface[:2] for m in small if len(m.surface) > 2)
    return tuple(found)


class Change(Mapping[str, str]):
    """What the replaced words and figures of one page become; the same word becomes the same everywhere."""

    def __init__(self, template: Template, number: int, seed: int = SEED) -> None:
        self.template, self.random = template, random.Random(f"{seed}/{number}")
        self.made = {word: self._name(word) for word in template.words}

    def __getitem__(self, old: str) -> str:
        new = self.made.get(old)
        if new is None:
            new = self.made[old] = self._figure(old)
        return new

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)

    def __call__(self, text: str) -> str:
        """A text of the page with the other words; it is as long as before."""
        return self.template.pattern.sub(lambda found: self[found[0]], text)

    def _name(self, word: str) -> str:
        """Another name; small numbers are far commoner than large ones, as names recur."""
        number = int(self.random.paretovariate(0.5))
        if number <= 1:
            return word
        signs = random.Random(f"{word}/{min(number, MOST_NAMES)}")
        return "".join(signs.choice(SIGNS) for _ in word)

    def _figure(self, digits: str) -> str:
        """Another figure of as many digits; years stay."""
        if _YEAR.fullmatch(digits):
            return digits
        rest = "".join(self.random.choice("0123456789") for _ in digits[1:])
        return (self.random.choice("123456789") if digits[0] != "0" else "0") + rest


def changes(count: int, seed: int = SEED) -> Iterator[Change]:
    """So many pages, the templates by turns."""
    for number in range(count):
        yield Change(templates()[number % len(templates())], number, seed)


def page_texts(count: int, seed: int = SEED) -> Iterator[str]:
    """The texts of so many pages, no two alike."""
    for number, change in enumerate(changes(count, seed)):
        yield f"{change(change.template.text)}\n{number}\n"
