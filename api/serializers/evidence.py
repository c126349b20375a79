"""The words that prove a fact: the printed text, its span in the article, and some words around it."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Greatest, JSONObject, Substr
from django.utils.module_loading import import_string

from api.serializers.fields import Columns, Reader, Shown
from api.serializers.links import UNTITLED, Attached, items, listed
from kb.models.base import Evidence

AROUND = 20
"""How many characters of context stand on each side of the printed words."""

LISTED = 3
"""How many places of evidence a record of a list shows; its own address shows up to `DETAILED`."""

DETAILED = 100


def context_of(article: str = "article") -> Substr:
    """The words around a span, cut out by the database, so that no body is read as a whole.

    One character more than needed is cut at the end, which tells whether the text goes on.
    """
    begin = Greatest(F("start") - AROUND, Value(0), output_field=IntegerField())
    return Substr(f"{article}__body", begin + 1, F("end") - begin + AROUND + 1)


def with_ellipses(cut: str, start: int, end: int) -> str:
    """`…推出“甲乙丙”党建品牌，…`: the context in one line, an ellipsis where text was left out."""
    cut_off, wanted = ("…", end - start + 2 * AROUND) if start > AROUND else ("", end + AROUND)
    words = f"{cut_off}{cut[:wanted]}…" if len(cut) > wanted else f"{cut_off}{cut}"
    return words.replace("\n", " ")


SPAN = ("article__id", "article__title", "text", "start", "end", "context")


def evidence_reader(base: str) -> Reader:
    """What builds pieces of evidence from the columns of spans."""
    start_of_address = f"{base}articles/"

    def read(columns: Columns) -> list[dict[str, Any]]:
        return [
            {
                "article": {"id": pk, "name": title or UNTITLED, "url": f"{start_of_address}{pk}/"},
                "text": text,
                "start": start,
                "end": end,
                "context": with_ellipses(cut, start, end),
            }
            for pk, title, text, start, end, cut in zip(*(columns[key] for key in SPAN), strict=True)
        ]

    return read


class EvidenceSpan(Shown):
    """The evidence of a record that is itself one span of one article."""

    embedded = False

    def columns(self) -> tuple[str, ...]:
        """The span, its article and the context."""
        return SPAN

    def annotations(self, most: int) -> dict[str, Any]:
        """The context, cut out of the body."""
        return {"context": context_of()}

    def reader(self, base: str, at: str = "") -> Reader:
        """One piece of evidence."""
        return evidence_reader(base)

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """The component `Evidence`."""
        return component(import_string("api.serializers.parts.EvidencePart"))


class EvidenceList(Attached):
    """The first mentions of a record, in the order of articles and of their words."""

    def __init__(self, mentions: type[Evidence], owner: str, **kwargs: Any) -> None:
        self.mentions, self.owner = mentions, owner
        super().__init__(**kwargs)

    def sources(self, most: int) -> dict[str, QuerySet]:
        """The first `most` mentions, found one after another in an index."""
        mine = self.mentions.objects.asserted().filter(**{self.owner: OuterRef("pk")})
        first = mine.order_by("article_id", "start", "id")
        columns = {column: column for column in SPAN if column != "context"}
        return {"evidence_items": first.values(item=JSONObject(**columns, context=context_of()))[:most]}

    def reader(self, base: str, at: str = "") -> Reader:
        """The pieces of evidence as they come."""
        read = evidence_reader(base)
        return lambda columns: listed([items(text) for text in columns["evidence_items"]], read, SPAN)

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A list of the component `Evidence`."""
        return {"type": "array", "items": component(import_string("api.serializers.parts.EvidencePart"))}
