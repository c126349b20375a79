"""Text search over the tables: one query syntax on SQLite (FTS5) and PostgreSQL (tsvector), ranked.

The syntax stands in kb/search_text.py, what is indexed of each row in kb/search_index.py.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, TypeAlias, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, Field, FloatField, Lookup, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from kb.search_text import Term, parse, pieces, words_of_query

Rows = TypeVar("Rows", bound=QuerySet)

LITERAL = {"article": ("title", "kicker", "column", "body")}
"""Where a phrase must stand as it is; rows of other kinds are indexed by character, which says as much."""


def matching(queryset: Rows, query: str) -> Rows:
    """The rows that a query finds, best first, with `search_rank` (smaller is better).

    An empty query finds all rows, in the order that they had; one without any word finds none.
    """
    if not query.strip():
        return queryset
    terms = parse(query)
    wanted = [term for term in terms if term.is_wanted]
    if not any(pieces(term.text) for term in terms):
        return queryset.none()
    for term in terms:
        if not term.is_wanted:
            queryset = queryset.exclude(
                pk__in=_found(queryset.model._default_manager.all(), [term]).values("pk")
            )
    if not any(pieces(term.text) for term in wanted):
        return queryset
    found = _found(queryset, wanted)
    return found.annotate(search_rank=Rank(_expression(wanted))).order_by("search_rank", "pk")


def _found(queryset: Rows, terms: list[Term]) -> Rows:
    """The rows that have all of the terms."""
    found = queryset.filter(search__document__matches=_expression(terms))
    for term in terms:
        if term.is_phrase:
            literal = Q()
            for field in LITERAL.get(queryset.model._meta.model_name or "", ()):
                literal |= Q(**{f"{field}__icontains": term.text})
            found = found.filter(literal)
    return found


Node: TypeAlias = tuple[str, list[Any]]
"""An expression over tokens: ("all" | "any", nodes) or ("row", tokens that follow one another)."""


def _expression(terms: list[Term]) -> Node:
    """What the index must hold for all of the terms."""
    return "all", [node for term in terms if (node := _term(term))]


def _term(term: Term) -> Node | None:
    """What the index must hold for one term: its characters in a row, or all of its words.

    Words of one character that stand together (`伊旗` is no dictionary word) must do so in the text.
    """
    in_a_row = pieces(term.text)
    if not in_a_row:
        return None
    words: list[Any] = []
    for is_single, grouped in groupby(words_of_query(term.text), key=lambda word: len(word) == 1):
        run = list(grouped)
        words += [("row", run)] if is_single else [("row", [word]) for word in run]
    return "any", [("row", in_a_row), ("all", words)]


def fts5(node: Node) -> str:
    """An expression in the words of SQLite's FTS5."""
    kind, parts = node
    if kind == "row":
        return '"' + " ".join(parts) + '"'
    return "(" + {"all": " AND ", "any": " OR "}[kind].join(fts5(part) for part in parts) + ")"


def tsquery(node: Node) -> str:
    """An expression in the words of PostgreSQL's tsquery."""
    kind, parts = node
    if kind == "row":
        return "(" + " <-> ".join(f"'{part}'" for part in parts) + ")"
    return "(" + {"all": " & ", "any": " | "}[kind].join(tsquery(part) for part in parts) + ")"


@Field.register_lookup
class Matches(Lookup):
    """`document__matches=expression`: whether the row's document holds what the expression asks."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """FTS5's MATCH."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", (*params, fts5(self.rhs))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL's @@."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*params, tsquery(self.rhs))


class Rank(Expression):
    """How well a row matches: the smaller the better, on both databases."""

    output_field = FloatField()

    def __init__(self, expression: Node) -> None:
        super().__init__()
        self.expression = expression
        self.columns: list[Any] = [F("search__rank"), F("search__document")]

    def get_source_expressions(self) -> list[Any]:
        """The two columns that a rank can come from."""
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Takes the resolved columns."""
        self.columns = list(exprs)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """FTS5's own column, bm25 with titles and names weighing more (set where the table is made)."""
        sql, params = compiler.compile(self.columns[0])
        return sql, tuple(params)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """ts_rank, turned round; titles and names have weight A."""
        sql, params = compiler.compile(self.columns[1])
        return f"(-ts_rank({sql}, %s::tsquery))", (*params, tsquery(self.expression))
