"""What is laid side by side of two records that may be one: their fields, names, and the printed words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Model, Window
from django.db.models.functions import RowNumber

from kb.models.base import NamedRecord

SHOWN = 3
"""Mentions of a record that are shown."""

AROUND = 24
"""Characters of the article on either side of a mention."""

FIELDS = ("category", "kind", "level", "code", "city", "place", "parent", "started_on")
"""What is compared, where a record has it."""


@dataclass(frozen=True, slots=True)
class Words:
    """A mention: the printed words between what stands before and behind them, and the article."""

    pk: int
    before: str
    text: str
    behind: str
    article: int
    title: str


@dataclass(frozen=True, slots=True)
class Side:
    """A record with what tells it from another."""

    row: NamedRecord
    names: list[str]
    fields: dict[str, str]
    """Values as people read them, by label."""
    mentions: int
    metrics: int
    words: list[Words]


def sides(model: type[NamedRecord], pks: Iterable[int]) -> dict[int, Side]:
    """The records of some ids, by id; five queries, however many they are."""
    ids = list(dict.fromkeys(pks))
    linked = [f.name for f in model._meta.concrete_fields if f.is_relation and f.name in FIELDS]
    rows = model._base_manager.filter(pk__in=ids).select_related(*linked)
    owner = model._meta.model_name or ""
    names: dict[int, list[str]] = defaultdict(list)
    related: Any = model
    listed = related.names.rel.related_model.objects.filter(**{f"{owner}__in": ids}).order_by("pk")
    for pk, name in listed.values_list(f"{owner}_id", "name"):
        names[pk].append(name)
    mentions = counts(related.mentions.rel.related_model, owner, ids)
    metrics = counts(related.metrics.rel.related_model, owner, ids)
    words = printed(related.mentions.rel.related_model, owner, ids, SHOWN)
    return {
        row.pk: Side(
            row,
            [name for name in dict.fromkeys(names[row.pk]) if name != row.name],
            {str(f.verbose_name): shown(row, f.name) for f in model._meta.fields if f.name in FIELDS},
            mentions[row.pk],
            metrics[row.pk],
            words[row.pk],
        )
        for row in rows
    }


def shown(row: Model, field: str) -> str:
    """A value as people read it."""
    display = getattr(row, f"get_{field}_display", None)
    value = display() if display else getattr(row, field)
    return "—" if value in (None, "") else str(value)


def counts(model: Any, owner: str, ids: list[int]) -> Counter[int]:
    """How many asserted rows of a model point at each record."""
    rows = model.objects.asserted().filter(**{f"{owner}__in": ids}).order_by()
    return Counter(dict(rows.values_list(f"{owner}_id").annotate(number=Count("pk"))))


def printed(model: Any, owner: str, ids: list[int], most: int) -> dict[int, list[Words]]:
    """The first asserted mentions of each record, with what stands around them."""
    rank = Window(RowNumber(), partition_by=f"{owner}_id", order_by=("article_id", "start", "pk"))
    rows = model.objects.asserted().filter(**{f"{owner}__in": ids}).order_by("article_id", "start", "pk")
    ranked = rows.annotate(rank=rank).filter(rank__lte=most)
    found: dict[int, list[Words]] = defaultdict(list)
    columns = (f"{owner}_id", "pk", "start", "end", "article_id")
    for pk, *mention in ranked.values_list(*columns, F("article__body"), F("article__title")):
        found[pk].append(words(mention))
    return found


def words(mention: list[Any]) -> Words:
    """A mention as it is printed: its id and span, its article's id, body and title."""
    pk, start, end, article, body, title = mention
    before = body[max(start - AROUND, 0) : start].rpartition("\n")[2]
    behind = body[end : end + AROUND].partition("\n")[0]
    return Words(pk, before, body[start:end], behind, article, title or f"{body[:20]}…")
