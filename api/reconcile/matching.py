"""Which of our records a name from somebody's spreadsheet may mean, and how sure that is.

A score is made of features that stand beside it: how alike the names are (0 to 100), and for each property
given whether it agrees. It says `match` only where one record alone has the very name and nothing disagrees.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from api.reconcile.services import Property, Service
from kb.names import normalise

POOL, USUAL, MOST = 500, 5, 50
AGREES, DISAGREES = 10.0, -25.0
Given = tuple[Property, list[str]]
LEAST = 40.0
"""A name less alike than this is not offered."""


def candidates(service: Service, query: dict[str, Any]) -> list[dict[str, Any]]:
    """The records that a query may mean, best first; two queries."""
    text = str(query.get("query") or "")[:300].replace("\0", "")
    limit = min(int(query.get("limit") or USUAL), MOST)
    given = known_properties(service, query.get("properties") or [])
    alike = similar_names(service, text) if text.strip() else having(service, given)
    columns = {each.column for each, _ in given} | {"name", service.table.mark}
    rows = service.table.model.objects.asserted().filter(pk__in=alike).values("pk", *columns)
    found = [candidate(service, row, alike[row["pk"]], given) for row in rows]
    found.sort(key=lambda each: (-each["score"], int(each["id"])))
    exact = [each for each in found if each["exact"]]
    for each in found:
        each["match"] = each.pop("exact") and len(exact) == 1 and each.pop("agrees")
        each.pop("agrees", None)
    return found[:limit]


def similar_names(service: Service, text: str) -> dict[int, float]:
    """How alike the best name of each record is, from 0 to 100, by the record's id; one query."""
    wanted = normalise(text)
    pieces = {text[i : i + 2] for i in range(max(len(text) - 1, 1))} | {wanted}
    near = Q()
    for piece in sorted(piece for piece in pieces if piece.strip())[:30]:
        near |= Q(name__contains=piece)
    if not (near and wanted):
        return {}
    table = service.table
    assert table.names is not None  # noqa: S101 - every service's records have names
    names = table.names._default_manager.filter(near).values_list(f"{table.owner}_id", "name")
    best: dict[int, float] = {}
    for pk, name in names.order_by("pk")[: POOL * 10]:
        plain = normalise(name)
        score = 100.0 if plain == wanted else min(fuzz.ratio(plain, wanted), 99.0)
        best[pk] = max(best.get(pk, 0.0), score)
    ranked = sorted(best.items(), key=lambda item: -item[1])[:POOL]
    return {pk: score for pk, score in ranked if score >= LEAST}


def having(service: Service, given: list[Given]) -> dict[int, float]:
    """The records of which all that is given holds, where no name is given; one query."""
    if not given:
        return {}
    holds = Q()
    for wanted, values in given:
        holds &= wanted.any_of(values)
    found = service.table.model.objects.asserted().filter(holds).order_by("pk")
    return dict.fromkeys(found.values_list("pk", flat=True)[:POOL], 0.0)


def known_properties(service: Service, given: Iterable[Any]) -> list[Given]:
    """The properties of a query that the service knows, each with the values of which any will do."""
    found = []
    for each in given:
        if isinstance(each, dict) and each.get("pid") in service.known:
            value = each.get("v")
            several = value if isinstance(value, list) else [value]
            texts = [text for text in map(as_text, several) if text]
            if texts:
                found.append((service.known[each["pid"]], texts))
    return found


def as_text(value: Any) -> str:
    """A value of a query as text; an entity by its name, else its id."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    return "" if value is None else str(value)[:300].replace("\0", "")


def candidate(service: Service, row: dict[str, Any], alike: float, given: list[Given]) -> dict[str, Any]:
    """One record with its score and the features that explain it."""
    features: list[dict[str, Any]] = [{"id": "name_similarity", "value": round(alike, 1)}]
    score, agrees = alike, True
    for wanted, values in given:
        same = any(agreeing(wanted, row[wanted.column], value) for value in values)
        score += AGREES if same else DISAGREES
        agrees = agrees and same
        features.append({"id": f"same_{wanted.id}", "value": same})
    return {
        "id": str(row["pk"]),
        "name": row["name"],
        "type": [service.type],
        "description": service.mark_label(row[service.table.mark]),
        "score": round(max(score, 0.0), 1),
        "features": features,
        "exact": alike == 100.0,
        "agrees": agrees,
    }


def agreeing(wanted: Property, stored: Any, given: str) -> bool:
    """Whether a stored value is the one given; a short form such as 呼和浩特 agrees with 呼和浩特市."""
    labels = {member.value: member.label for member in wanted.vocabulary} if wanted.vocabulary else {}
    values = {normalise(str(each)) for each in (stored, labels.get(stored)) if each is not None}
    plain = normalise(given)
    return any(value == plain or (len(plain) > 1 and value.startswith(plain)) for value in values)
