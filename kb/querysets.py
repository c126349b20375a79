"""Every rule of reading, once: what counts, what lies in a city or a place, what holds at a date."""

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from kb.vocabulary import RecordState

if TYPE_CHECKING:
    from django.db.models import Expression

    from kb.models import Place

# The ids of a place and of all that lies below it. Walking down the index on `parent` costs as many
# steps as there are places below; UNION (not UNION ALL) ends even where rows form a ring.
_BELOW = (
    "WITH RECURSIVE below(id) AS (SELECT id FROM kb_place WHERE id = %s UNION "
    "SELECT p.id FROM kb_place p JOIN below b ON p.parent_id = b.id) SELECT id FROM below"
)

_RELATED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "page": (("publication", "home_city"), ()),
    "article": (("page__publication", "city"), ("credits__author",)),
    "place": (("parent", "city"), ("names",)),
    "organisation": (("place", "city", "parent"), ("names",)),
    "initiative": (("city",), ("names", "places", "organisers")),
    "metric": (("article", "initiative", "organisation", "place", "city"), ()),
    "placemention": (("article", "place__city"), ()),
    "organisationmention": (("article", "organisation__city"), ()),
    "initiativemention": (("article", "initiative__city"), ()),
}
"""What showing a row needs: what is joined, and what one more query for all rows fetches."""

_CITY_PATH = {
    "page": "home_city",
    "publication": "home_city",
    "placemention": "place__city",
    "organisationmention": "organisation__city",
    "initiativemention": "initiative__city",
}
"""Where a model's 盟市 stands, if it is not in its own column `city`."""

_PLACE_PATH = {
    "article": "place_mentions",
    "place": "id",
    "organisation": "place",
    "initiative": "places",
    "metric": "place",
    "placemention": "place",
}
"""Through what a model's rows are tied to a place."""


class _Below(RawSQL):
    """The subquery; to PostgreSQL an array, which it takes for ten ids.

    It cannot know how many a recursion gives, guesses hundreds, and then reads whole tables in search of
    the rows of a village.
    """

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The ids out of an array."""
        sql, params = self.as_sql(compiler, connection)
        return f"(SELECT unnest(ARRAY{sql}))", params


def place_and_below(place_id: int) -> RawSQL:
    """A subquery of the ids of a place and of every place below it, at any depth."""
    return _Below(_BELOW, (place_id,))


class RecordQuerySet(models.QuerySet):
    """Rows of the knowledge base, with the questions that every reader asks of them."""

    def asserted(self) -> Self:
        """The rows that count: not those that a person has found wrong."""
        return self.filter(state=RecordState.ASSERTED.value)

    def in_city(self, city: "Place | int | Expression") -> Self:
        """The rows of a 盟市, given as its row or id, or as an expression for the id.

        An initiative is of a city too where one of its places lies there.
        """
        model = self.model._meta.model_name or ""
        wanted = getattr(city, "pk", city)
        own = Q(**{_CITY_PATH.get(model, "city"): wanted})
        if model != "initiative":
            return self.filter(own)
        links: Any = self.model._meta.get_field("places").remote_field
        placed = links.through._default_manager.filter(place__city=wanted).values("initiative")
        return self.filter(own | Q(pk__in=placed))

    def in_place(self, place: "Place | int") -> Self:
        """The rows tied to a place or to any place below it, each row once."""
        model = self.model._meta.model_name or ""
        path, below = _PLACE_PATH[model], place_and_below(place if isinstance(place, int) else place.pk)
        field: Any = self.model._meta.get_field(path)
        if field.many_to_many:
            ties, owner = field.remote_field.through._default_manager.all(), field.m2m_field_name()
        elif field.one_to_many:  # mentions, of which one that a person found wrong ties nothing
            ties, owner = field.related_model._default_manager.asserted(), field.remote_field.name
        else:
            return self.filter(**{f"{path}__in": below})
        return self.filter(pk__in=ties.filter(place__in=below).values(owner))

    def as_of(self, date: datetime.date) -> Self:
        """The figures that hold at a date: they cover a time that ends by then, or is not told."""
        return self.filter(Q(as_of_on__isnull=True) | Q(as_of_on__lte=date))

    def with_related(self) -> Self:
        """The rows with what showing them needs, at a number of queries that does not grow."""
        joined, fetched = _RELATED[self.model._meta.model_name or ""]
        return self.select_related(*joined).prefetch_related(*fetched)

    def with_text(self, query: str) -> Self:
        """The rows that a text query finds, best first, with `search_rank` (smaller is better).

        The syntax stands in kb/search_text.py. An empty query leaves rows and order as they are.
        """
        from kb.search import matching  # kb.search knows the models, which are built on this module

        return matching(self, query)
