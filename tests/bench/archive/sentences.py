"""The sentences of the real pages, with a slot where a name or a figure stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from statistics import mean
from typing import Any

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.pipeline import extract_page
from importers.extract.records import ArticleRecord, MetricMention

ROOT = Path(__file__).resolve().parents[3]
PAGES = (ROOT / "seeds", ROOT / "tests" / "pages")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a name or a figure stands in a sentence: `place`, `organisation`, `initiative`, `metric`."""

    kind: str
    mention: Any


Sentence = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a real article is like: its kind, its title, how many sentences it has, how many authors."""

    kind: str
    title: str
    column: str
    sentences: int
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """What the archive is made of."""

    sentences: list[Sentence]
    shapes: list[Shape]
    articles_a_page: float
    organisations: list[tuple[str, str]]
    """Printed forms of bodies without their place, and category."""
    initiatives: list[tuple[str, str, Any]]
    """Names, kinds and beginnings."""

    def often(self, figures: float) -> list[float] | None:
        """The weights of the sentences, added up, by which an article has so many figures on average.

        None where real articles have as many: all sentences come alike then.
        """
        counts = [sum(isinstance(part, Slot) and part.kind == "metric" for part in s) for s in self.sentences]
        telling = sum(count > 0 for count in counts)
        a_sentence = figures / mean(shape.sentences for shape in self.shapes)
        share = a_sentence * telling / sum(counts)  # of sentences with figures among all
        if share <= telling / len(counts):
            return None
        assert share < 1, "articles would have to be longer"
        weight = share / (1 - share) * (len(counts) - telling) / telling
        return list(accumulate(weight if count else 1.0 for count in counts))


@cache
def material() -> Material:
    """The sentences and names of all pages in the repository."""
    gazetteer = load_gazetteer()
    files = [path for folder in PAGES for path in sorted(folder.glob("*.txt"))]
    pages = [extract_page(path.read_text(encoding="utf-8"), gazetteer=gazetteer) for path in files]
    articles = [article for page in pages for article in page.articles]
    bodies = {
        (m.name.removeprefix(m.place or ""), m.category.value) for a in articles for m in a.organisations
    }
    initiatives = {(m.name, m.kind.value, m.started) for a in articles for m in a.initiatives}
    return Material(
        sentences=[sentence for article in articles for sentence in sentences_of(article)],
        shapes=[shape_of(article) for article in articles],
        articles_a_page=len(articles) / len(pages),
        organisations=sorted(bodies),
        initiatives=sorted(initiatives, key=str),
    )


def shape_of(article: ArticleRecord) -> Shape:
    """The outline of an article."""
    draft = article.draft
    count = sum(1 for _ in spans_of_sentences(draft.body))
    authors = tuple(dict.fromkeys(credit.name for credit in draft.authors))
    return Shape(draft.kind.value, draft.title, draft.column or "", count, authors)


def spans_of_sentences(body: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text."""
    return (match.span() for match in _SENTENCE.finditer(body) if match.group().strip())


def slots_of(article: ArticleRecord) -> list[Slot]:
    """What stands in the article's text, in order; where two overlap, the one that begins first."""
    kinds = {
        "place": article.places,
        "organisation": article.organisations,
        "initiative": article.initiatives,
        "metric": article.metrics,
    }
    every = [Slot(kind, mention) for kind, mentions in kinds.items() for mention in mentions]
    every.sort(key=lambda slot: (slot.mention.start, -slot.mention.end))
    found: list[Slot] = []
    for slot in every:
        if not found or slot.mention.start >= found[-1].mention.end:
            found.append(slot)
    return found


def sentences_of(article: ArticleRecord) -> Iterator[Sentence]:
    """The sentences of an article, taken apart at their slots."""
    slots = slots_of(article)
    for start, end in spans_of_sentences(article.body):
        inside = [slot for slot in slots if start <= slot.mention.start and slot.mention.end <= end]
        yield tuple(_parts(article.body, start, end, inside))


def _parts(body: str, start: int, end: int, slots: Iterable[Slot]) -> Iterator[str | Slot]:
    """The words between slots, and the slots."""
    at = start
    for slot in slots:
        if slot.mention.start > at:
            yield body[at : slot.mention.start]
        yield slot
        at = slot.mention.end
    if at < end:
        yield body[at:end]


_FIGURE = re.compile(r"\d+")
_MULTIPLIERS = {1, 10_000, 100_000_000}


def other_number(metric: MetricMention, factor: float) -> tuple[str, float, float | None]:
    """The same figure with another number: its words, its value, its upper end.

    `9624次` becomes `5133次`, `35万余小时` `18万余小时`; figures in Chinese numerals stay as they are.
    """
    match = _FIGURE.match(metric.text)
    if match is None or metric.upper is not None or metric.unit == "%":
        return metric.text, metric.value, metric.upper
    digits = int(match.group())
    if digits == 0 or metric.value / digits not in _MULTIPLIERS:
        return metric.text, metric.value, metric.upper
    other = max(1, round(digits * factor))
    return f"{other}{metric.text[match.end() :]}", other * metric.value / digits, None
