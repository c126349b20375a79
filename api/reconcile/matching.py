"""Which of our records a name from somebody's spreadsheet may mean, and how sure that is.

A score is made of features that stand beside it: how alike the names are (0 to 100), and for each property
given whether it agrees. It says `match` only where one record alone has the very name and nothing disagrees.
"""

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Least, Length, StrIndex
from rapidfuzz import fuzz

from api.reconcile.services import MOST_VALUES, Property, Service, check_number
from api.references import Reference
from kb.names import normalise

POOL, USUAL, MOST = 500, 5, 50
MOST_PIECES = 30
SAME = 100.0
AGREES, DISAGREES = 10.0, -25.0
Given = tuple[Property, list[str]]
LEAST = 40.0
"""A name less alike than this is not offered."""


def candidates(service: Service, query: dict[str, Any]) -> list[dict[str, Any]]:
    """The records that a query may mean, best first; the long search is only for what has no such name.

    Raises ValueError or another of Python's errors for a query of another form than the specification's.
    """
    text = str(query.get("query") or "")[:300].replace("\0", "").strip()
    limit = min(int(query.get("limit") or USUAL), MOST)
    if limit < 1:
        raise ValueError(limit)
    given = known_properties(service, query.get("properties") or [])
    if not text:
        return judged(service, having(service, given), given)[:limit]
    if numbered := same_numbers(service, text):
        return judged(service, dict.fromkeys(numbered, SAME), given, by="same_id")[:limit]
    named = same_names(service, text)
    found = judged(service, named, given) if named else []
    if not any(each["match"] for each in found):
        found = judged(service, similar_names(service, text) | named, given)
    return found[:limit]


def judged(
    service: Service, alike: dict[int, float], given: list[Given], by: str = "name_similarity"
) -> list[dict[str, Any]]:
    """The records with their scores, best first; one query."""
    columns = {each.column for each, _ in given} | {"name", "city__name", service.table.mark}
    rows = service.table.model.objects.asserted().filter(pk__in=alike).values("pk", *columns)
    found = [candidate(service, row, alike[row["pk"]], given, by) for row in rows]
    found.sort(key=lambda each: (-each["score"], int(each["id"])))
    exact = [each for each in found if each["exact"]]
    for each in found:
        each["match"] = each.pop("exact") and len(exact) == 1 and each.pop("agrees")
        each.pop("agrees", None)
    return found


def same_names(service: Service, text: str) -> dict[int, float]:
    """The records of that very name, each as alike as can be; one query."""
    named = names_of(service).filter(name__in={text, normalise(text)})
    return dict.fromkeys(named.values_list(f"{service.table.owner}_id", flat=True)[:POOL], SAME)


def same_numbers(service: Service, text: str) -> list[int]:
    """The records that digits name: by code, as `150104` a place, else by id; no query for words."""
    wanted = Reference(service.kind, text, "query")
    if not (text.isascii() and text.isdigit()):
        return []
    known = {"pk": wanted.number} if wanted.number is not None else {"code": text}
    if "code" in known and service.kind != "place":
        return []
    return list(service.table.model.objects.asserted().filter(**known).values_list("pk", flat=True))


def similar_names(service: Service, text: str) -> dict[int, float]:
    """How alike the best name of each record is, from 0 to 100, by the record's id; one query.

    Names are looked through by the keys that the tables know them by, which are plain: no quotes, no
    full-width letters. Those with most pairs of characters in common are compared, however many have some:
    among ten thousand teams whose names end alike, the one that is meant has more than the end in common.
    """
    wanted = normalise(text)
    pieces = sorted({wanted[i : i + 2] for i in range(max(len(wanted) - 1, 1))})[:MOST_PIECES]
    if not wanted:
        return {}
    shared = reduce(add, (Least(StrIndex("key", Value(piece)), 1) for piece in pieces))
    names = names_of(service).annotate(shared=shared).filter(shared__gt=0)
    best: dict[int, float] = {}
    nearest = names.order_by("-shared", Length("key"), "pk")
    for pk, name in nearest.values_list(f"{service.table.owner}_id", "name")[:POOL]:
        plain = normalise(name)
        score = SAME if plain == wanted else min(fuzz.ratio(plain, wanted), 99.0)
        best[pk] = max(best.get(pk, 0.0), score)
    return {pk: score for pk, score in best.items() if score >= LEAST}


def names_of(service: Service) -> QuerySet[Any]:
    """The names of a service's records, aliases among them."""
    assert service.table.names is not None  # noqa: S101 - every service's records have names
    return service.table.names._default_manager.all()


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
    """The properties of a query that the service knows, each with the values of which any will do.

    A property may be called by its name: in OpenRefine people type 盟市 where `city` is offered.
    """
    known = {**{each.name: each for each in service.properties}, **service.known}
    found = []
    for each in given:
        if isinstance(each, dict) and each.get("pid") in known:
            value = each.get("v")
            several = value if isinstance(value, list) else [value]
            texts = [text for text in map(as_text, several) if text]
            if texts:
                found.append((known[each["pid"]], texts))
    check_number("properties", sum(len(texts) for _, texts in found), MOST_VALUES)
    return found


def as_text(value: Any) -> str:
    """A value of a query as text; an entity by its name, else its id."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    return "" if value is None else str(value)[:300].replace("\0", "")


def candidate(
    service: Service, row: dict[str, Any], alike: float, given: list[Given], by: str
) -> dict[str, Any]:
    """One record with its score and the features that explain it."""
    features: list[dict[str, Any]] = [{"id": by, "value": True if by == "same_id" else round(alike, 1)}]
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
        "description": service.description(row),
        "score": round(max(score, 0.0), 1),
        "features": features,
        "exact": alike == SAME,
        "agrees": agrees,
    }


def agreeing(wanted: Property, stored: Any, given: str) -> bool:
    """Whether a stored value is the one given; a short form such as 呼和浩特 agrees with 呼和浩特市."""
    labels = {member.value: member.label for member in wanted.vocabulary} if wanted.vocabulary else {}
    values = {normalise(str(each)) for each in (stored, labels.get(stored)) if each is not None}
    plain = normalise(given)
    return any(value == plain or (len(plain) > 1 and value.startswith(plain)) for value in values)
