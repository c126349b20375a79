"""The rows of a list about which something is open.

A doubt is about a piece of evidence that stands on its very words: the same article, kind, start and end, by
the rule by which it is settled together with it (kb/evidence/deciding.py). It is about an article where
it is about anything in it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kb.models import Article, Doubt
from kb.vocabulary import ReviewState

PARAMETER, IN_DOUBT, OUT_OF_DOUBT = "review", "open", "closed"
"""How the address of a list says which rows it shows."""

OPEN = ReviewState.OPEN.value


def doubts_about(rows: QuerySet) -> QuerySet[Doubt]:
    """The doubts about some articles, or some pieces of evidence, of any state."""
    if rows.model is Article:
        return Doubt.objects.filter(article__in=rows.order_by().values("pk"))
    words = {name: OuterRef(name) for name in ("article", "start", "end")}
    meant = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"), **words)
    return Doubt.objects.filter(Exists(meant), kind=_kind(rows.model))


def in_doubt(rows: QuerySet) -> QuerySet[Any]:
    """The rows that have an open doubt, each once: joined to the first of their doubts.

    The join lets the database begin with the open doubts, in the order of `along_doubts`, and stop at
    the end of a page: a condition on ids has it read all of them first.
    """
    path = _path(rows.model)
    if rows.model is Article:
        earlier = Doubt.objects.filter(
            state=OPEN, article=OuterRef(f"{path}__article"), pk__lt=OuterRef(f"{path}__pk")
        )
        return rows.filter(Q(**{f"{path}__state": OPEN}) & ~Q(Exists(earlier)))
    return rows.filter(**_on_the_words(path, _kind(rows.model)))


def _on_the_words(path: str, kind: str) -> dict[str, Any]:
    """The conditions that tie evidence to the first open doubt about its words.

    They are told so that PostgreSQL reads no more than is shown: it takes three equal columns for a rare
    coincidence and sorts all for one row, so the words are compared from both sides; and it would
    gather all doubts first to leave out those that are not the first, so that is asked of each.
    """
    both = [f"{name}__{way}" for name in ("start", "end") for way in ("gte", "lte")]
    words = {name: OuterRef(f"{path}__{name}") for name in ("article", "start", "end")}
    first = Doubt.objects.filter(state=OPEN, kind=kind, **words).order_by("pk").values("pk")[:1]
    return {
        f"{path}__state": OPEN,
        f"{path}__kind": kind,
        **{f"{path}__{each}": F(each.partition("__")[0]) for each in both},
        f"{path}__pk__lte": first,
    }


def out_of_doubt(rows: QuerySet) -> QuerySet[Any]:
    """The rows that have no open doubt."""
    if rows.model is Article:
        return rows.exclude(Exists(Doubt.objects.filter(state=OPEN, article=OuterRef("pk"))))
    words = {name: OuterRef(name) for name in ("article", "start", "end")}
    return rows.exclude(Exists(Doubt.objects.filter(state=OPEN, kind=_kind(rows.model), **words)))


def along_doubts(rows: QuerySet, ordering: Sequence[Any]) -> list[Any]:
    """The usual order of rows from `in_doubt`, told by the columns of their doubts; any other as it is.

    SQLite sorts all rows where the order is told by the columns that the doubts are joined to.
    """
    if list(ordering) != list(rows.model._meta.ordering):
        return list(ordering)
    same = {name: f"{_path(rows.model)}__{name}" for name in ("article_id", "start", "end")}
    if rows.model is Article:
        same = {"id": same["article_id"]}
    return [same.get(name, name) for name in ordering]


def _path(model: type[Any]) -> str:
    """The way from a row to the doubts of its article."""
    return "doubts" if model is Article else "article__doubts"


def _kind(model: type[Any]) -> str:
    """The kind of record that a model's rows are evidence of: `place` for PlaceMention."""
    return str(model._meta.model_name).removesuffix("mention")
