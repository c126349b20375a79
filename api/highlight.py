"""`highlight=true`: where the words of a text query stand in a record, as text and spans, never as HTML."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from kb.search_text import parse, plain, words_of_query

AROUND, MOST_MARKS = 30, 20

SEARCHED = {
    "article": ("title", "kicker", "column", "body"),
    "metric": ("subject", "text"),
}
"""The searched fields of each model, most telling first; other models are searched by name."""

ALIASES = {"place", "organisation", "initiative"}


def wanted_words(query: str) -> list[str]:
    """The words and phrases that a query looks for, longest first, so that the longest is marked."""
    words: set[str] = set()
    for term in parse(query):
        if term.is_wanted:
            words |= {term.text, *([] if term.is_phrase else words_of_query(term.text))}
    return sorted({plain(word) for word in words} - {""}, key=lambda word: (-len(word), word))


def highlights(model: type[Model], ids: Sequence[int], query: str) -> dict[int, dict[str, Any] | None]:
    """For each record the first searched field that holds a word: field, snippet, spans; one query."""
    name = model._meta.model_name or ""
    fields = SEARCHED.get(name, ("name",))
    columns = [*fields, "names__name"] if name in ALIASES else list(fields)
    pattern = re.compile("|".join(map(re.escape, wanted_words(query))) or r"(?!)")
    found: dict[int, dict[str, Any] | None] = dict.fromkeys(ids)
    rows = model._default_manager.filter(pk__in=ids).order_by("pk")
    for pk, *texts in rows.values_list("pk", *columns) if ids else ():
        if found[pk] is None:
            found[pk] = first_match(zip(columns, texts, strict=True), pattern)
    return found


def first_match(texts: Iterable[tuple[str, str | None]], pattern: re.Pattern[str]) -> dict[str, Any] | None:
    """`{"field": "body", "text": "…推出云雀品牌…", "marks": [[3, 5]]}` of the first text that matches."""
    for field, text in texts:
        match = pattern.search(same_length(text or ""))
        if match:
            return snippet(
                "other_names" if field == "names__name" else field, text or "", match.start(), pattern
            )
    return None


def same_length(text: str) -> str:
    """The text in the form that is searched, where that keeps its length, so that spans fit the original."""
    folded = plain(text)
    return folded if len(folded) == len(text) else text


def snippet(field: str, text: str, at: int, pattern: re.Pattern[str]) -> dict[str, Any]:
    """The words around a place of a text, with the span of every match in them, in code points."""
    begin, end = max(at - AROUND, 0), min(at + 2 * AROUND, len(text))
    cut = f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}".replace("\n", " ")
    marks = [list(match.span()) for match in pattern.finditer(same_length(cut))][:MOST_MARKS]
    return {"field": field, "text": cut, "marks": marks}
