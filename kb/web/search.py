"""The search page: articles, initiatives, organisations and figures that a query finds."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kb.models import Article, Initiative, Metric, Organisation
from kb.web.figured import with_figures
from kb.web.links import web_list
from kb.web.policy import page
from kb.web.summary import in_words

SHOWN, LONGEST = 10, 200


@dataclass(frozen=True, slots=True)
class Found:
    """The best records of one kind, and whether there are more than are shown."""

    name: str
    records: list[Any]
    has_more: bool
    url: str
    figured: frozenset[int] = frozenset()
    """The ids of those that have figures."""


@page
def search_page(request: HttpRequest) -> HttpResponse:
    """The page `/search/?q=`; the query syntax is that of the API and the admin."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = find(query) if query else []
    context = {"query": query, "found": found, "number": sum(len(part.records) for part in found)}
    return render(request, "web/search.html", context)


def find(query: str) -> list[Found]:
    """The best of each kind; one query a kind, one more for each that has organisers or may have figures."""
    return [
        _best(
            "articles",
            Article.objects.select_related("page__publication", "city").defer("page__raw_text"),
            query,
        ),
        _best("initiatives", Initiative.objects.select_related("city").prefetch_related("organisers"), query),
        _best("organisations", Organisation.objects.select_related("city"), query),
        _figures(query),
    ]


def _best(name: str, rows: QuerySet, query: str) -> Found:
    """The best records of one kind; one query, and one that asks which of them have figures."""
    best = list(rows.asserted().with_text(query)[: SHOWN + 1])  # type: ignore[attr-defined]
    shown = best[:SHOWN]
    return Found(name, shown, len(best) > SHOWN, web_list(name, q=query), with_figures(shown))


def _figures(query: str) -> Found:
    """The best figures with the words around them; one query."""
    found = _best("metrics", Metric.objects.select_related("article", "city"), query)
    return Found(found.name, [in_words(metric) for metric in found.records], found.has_more, found.url)
