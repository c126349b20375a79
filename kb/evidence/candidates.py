"""The entities that printed words may mean: by name, by how a name begins, by the words in it."""

from typing import Any

from django.db.models.functions import Length
from django.utils.translation import gettext as _

from kb.evidence.kinds import KINDS

MOST = 8


def candidates(kind: str, words: str, most: int = MOST) -> list[dict[str, Any]]:
    """The entities of a kind that fit best, as id, name and what tells them apart; at most three queries.

    Exact names and names that begin so come first, short before long, then what a search finds.
    """
    words = words.strip().replace("\0", "")[:200]
    entity = KINDS[kind].entity
    if entity is None or not words:
        return []
    rows = entity.objects.asserted()
    names = entity._meta.get_field("names").related_model._default_manager
    named = names.filter(name__startswith=words, **{f"{kind}__state": "asserted"})
    ids = list(named.order_by(Length("name"), "pk").values_list(f"{kind}_id", flat=True)[: most * 4])
    ids = list(dict.fromkeys(ids))[:most]
    if len(ids) < most:
        found = rows.with_text(words).exclude(pk__in=ids).values_list("pk", flat=True)[: most - len(ids)]
        ids += list(found)
    by_id = rows.select_related("city").in_bulk(ids)
    return [told(by_id[pk]) for pk in ids if pk in by_id]


def told(row: Any) -> dict[str, Any]:
    """An entity as a choice: id, name, and its sort and 盟市."""
    sort = next(
        getattr(row, f"get_{name}_display")() for name in ("level", "category", "kind") if hasattr(row, name)
    )
    city = row.city.name if row.city and row.city_id != row.pk else ""
    return {"id": row.pk, "name": row.name, "more": " · ".join(part for part in (_(sort), city) if part)}
