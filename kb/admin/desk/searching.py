"""Searching lists that have no index of their own: by the index of what their rows belong to."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from kb.models import Article


def found(model: type[Any], query: str) -> QuerySet[Any]:
    """The ids of the rows of an indexed model that a query finds, in the syntax of kb/search_text.py."""
    return model.objects.with_text(query).order_by().values("pk")


class OwnerSearch:
    """Rows found by the text of what they belong to: the names of an organisation by the organisation's."""

    searched_by: tuple[tuple[str, type[Any]], ...] = ()
    """The links by which rows are found, with the indexed models that they lead to."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The rows whose owner a query finds."""
        query = search_term.replace("\0", "").strip()
        if not query:
            return queryset, False
        wanted = Q(pk__in=[])
        for link, model in self.searched_by:
            wanted |= Q(**{f"{link}__in": found(model, query)})
        return queryset.filter(wanted | self.searched_too(query)), False

    def searched_too(self, query: str) -> Q:
        """What else finds a row."""
        return Q(pk__in=[])


class EvidenceSearch(OwnerSearch):
    """Rows that stand on words of an article: found by these words, and by what they are tied to."""

    def searched_too(self, query: str) -> Q:
        """The rows on those words; articles that do not hold them are left out by the index first."""
        words = query.strip("“”\"'")
        return Q(article__in=found(Article, query), text__contains=words)
