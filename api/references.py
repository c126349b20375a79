"""Parameters that name a record: by id, by name, by alias, or by administrative code.

All names of a request are looked up in one query. A name that fits nothing is refused with near names;
one that fits several records is refused with what tells them apart.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import router
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from msgspec import Struct
from rapidfuzz import fuzz, process

from api.compiled import Bound, Compiled
from api.conditional import NewestLine
from api.errors import Problem, several
from api.parameters import MOST_DIGITS, Parameter
from kb.models import (
    Initiative,
    InitiativeName,
    Organisation,
    OrganisationName,
    Place,
    PlaceName,
    Publication,
)
from kb.models.base import Name, Record
from kb.querysets import RecordQuerySet
from kb.vocabulary import PlaceLevel

CODE_LENGTHS = (6, 9, 12)
"""How many digits a code has, down to county, township and village level; other numbers are ids."""

NEAR, NEAR_POOL = 5, 2000
"""How many near names are suggested, and among how many they are sought."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of record that parameters name: its table, its names' table, and the owner's column there."""

    model: type[Record]
    names: type[Name] | None
    owner: str
    mark: str
    """The column that tells records of one name apart: `code`, `level`, `category`."""


KINDS = {
    "place": Kind(Place, PlaceName, "place", "level"),
    "organisation": Kind(Organisation, OrganisationName, "organisation", "category"),
    "initiative": Kind(Initiative, InitiativeName, "initiative", "kind"),
    "publication": Kind(Publication, None, "", "name"),
}


class Reference(Struct, frozen=True):
    """What a parameter's text names, before it was looked up."""

    kind: str
    text: str
    param: str
    cities_only: bool = False

    @property
    def number(self) -> int | None:
        """The id that the text gives, if it gives one: `12`, `id:123456`."""
        digits = self.text.removeprefix("id:")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
            return None
        is_code = self.kind == "place" and digits == self.text and len(digits) in CODE_LENGTHS
        return None if is_code or int(digits) >= 2**63 else int(digits)


class Target(Struct, frozen=True):
    """A record that a reference was resolved to."""

    id: int
    name: str
    code: str
    mark: str
    version: str | None = None
    """The newest change when it was looked up."""


def resolve(references: Collection[Reference]) -> dict[Reference, Target]:
    """The record behind each reference, by one query for all; a Problem for each that has not exactly one."""
    if not references:
        return {}
    candidates = _candidates(references)
    found, problems = {}, []
    for reference in sorted(references, key=lambda each: (each.param, each.text)):
        targets = _best(reference, candidates)
        if len(targets) == 1:
            found[reference] = targets[0]
        else:
            problems.append(_refusal(reference, targets))
    if problems:
        raise several(problems)
    return found


def _candidates(references: Collection[Reference]) -> dict[tuple[str, str], dict[int, tuple[bool, Target]]]:
    """By kind and matched text: each record that fits, and whether by its own name, code or id."""
    by_kind: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        by_kind[reference.kind].append(reference)
    values: dict[str, list[Any]] = {}
    for kind, wanted in by_kind.items():
        values[f"{kind} texts"] = [each.text for each in wanted]
        values[f"{kind} ids"] = [each.number for each in wanted if each.number is not None]
    compiled = _look_up(tuple(sorted(by_kind)), router.db_for_read(Place))
    found: dict[tuple[str, str], dict[int, tuple[bool, Target]]] = defaultdict(dict)
    for kind, pk, name, code, mark, alias, version in compiled.rows(**values):
        target = Target(pk, name, code or "", mark, version)
        for text in {alias} if alias else {name, code or name, f"#{pk}"}:
            own = not alias or found[kind, text].get(pk, (False,))[0]
            found[kind, text][pk] = (own, target)
    return found


@lru_cache(maxsize=100)
def _look_up(kinds: tuple[str, ...], using: str) -> Compiled:
    """The query by own name, code or id, and by alias; (kind, id, name, code, mark, alias, newest change)."""
    branches = [branch.using(using) for kind in kinds for branch in _branches(kind)]
    return Compiled(branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0], using)


def _branches(kind: str) -> list[QuerySet]:
    """The part of the query for one kind: the records, and the names that lead to them."""
    table = KINDS[kind]
    texts = Bound(f"{kind} texts")
    own = Q(name__among=texts) | Q(pk__among=Bound(f"{kind} ids"))
    code: Any = Value("", output_field=CharField())
    if table.model is Place:
        own |= Q(code__among=texts)
        code = "code"
    label, none = Value(kind, output_field=CharField()), Value("", output_field=CharField())
    rows, version = table.model.objects.asserted().filter(own).order_by(), NewestLine()
    branches: list[Any] = [rows.values_list(label, "pk", "name", code, table.mark, none, version)]
    if table.names is not None:
        owner = table.owner
        code = f"{owner}__code" if code == "code" else code
        names = table.names._default_manager.filter(
            name__among=texts, **{f"{owner}__state": "asserted"}
        ).order_by()
        columns = (f"{owner}_id", f"{owner}__name", code, f"{owner}__{table.mark}", Cast("name", CharField()))
        branches.append(names.values_list(label, *columns, version))
    return branches


def _best(
    reference: Reference, candidates: dict[tuple[str, str], dict[int, tuple[bool, Target]]]
) -> list[Target]:
    """The records that fit best: by own name before alias, among cities where only a city will do."""
    text = reference.text if reference.number is None else f"#{reference.number}"
    fitting = [
        (own, target)
        for own, target in candidates.get((reference.kind, text), {}).values()
        if not reference.cities_only or target.mark == PlaceLevel.CITY
    ]
    own_names = [target for own, target in fitting if own]
    return own_names or [target for _, target in fitting]


def _refusal(reference: Reference, targets: list[Target]) -> Problem:
    """Unknown, with near names; or ambiguous, with the records that it could be."""
    place = reference.kind == "place"
    if targets:
        suggestions = [_suggestion(target, place) for target in targets[:20]]
        code = "ambiguous_place" if place else "ambiguous_name"
    else:
        suggestions = near(reference)
        code = "unknown_place" if place else "unknown_name"
    return Problem(code, param=reference.param, value=reference.text[:100], suggestions=suggestions)


def _suggestion(target: Target, place: bool) -> dict[str, Any]:
    """A record to choose: id and name, for places the code too."""
    return {"id": target.id, "name": target.name, **({"code": target.code or None} if place else {})}


def near(reference: Reference) -> list[dict[str, Any]]:
    """The records with the names most like the text, best first; only read when a name was refused."""
    table = KINDS[reference.kind]
    names: QuerySet = (table.names or table.model)._default_manager.all()
    owner = f"{table.owner}__" if table.names else ""
    pieces = {reference.text[i : i + 2] for i in range(max(len(reference.text) - 1, 1))} - {""}
    alike = Q()
    for piece in sorted(pieces)[:20]:
        alike |= Q(name__contains=piece)
    if reference.cities_only:
        alike, owner_level = Q(), f"{owner}level"
        names = names.filter(**{owner_level: PlaceLevel.CITY.value})
    code = f"{owner}code" if table.model is Place else f"{owner}id"
    rows = list(
        names.filter(alike).order_by("pk").values_list("name", f"{owner}id", f"{owner}name", code)[:NEAR_POOL]
    )
    ranked = process.extract(reference.text, [row[0] for row in rows], scorer=fuzz.WRatio, limit=NEAR * 4)
    chosen = {rows[index][1]: rows[index] for _, _, index in ranked}
    return [
        _suggestion(Target(pk, name, str(mark or ""), ""), table.model is Place)
        for _, pk, name, mark in list(chosen.values())[:NEAR]
    ]


class RecordParameter(Parameter):
    """A linked record: its id, name or alias."""

    cities_only = False

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def read(self, text: str) -> Reference:
        """The reference, to be looked up with all others of the request."""
        super().read(text)
        return Reference(self.kind, text, self.name, self.cities_only)

    def condition(self, values: tuple[Target, ...]) -> Q:
        """Linked with any of the records."""
        return Q(**{f"{self.field_name}__in": [target.id for target in values]})


class TerritoryParameter(RecordParameter):
    """A place or a 盟市 that records are tied to; `kb.querysets` knows by what."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kind="place", **kwargs)

    def within(self, rows: RecordQuerySet, target: Target) -> RecordQuerySet:
        """The rows that are tied to one place."""
        raise NotImplementedError

    def filter(self, qs: Any, value: tuple[Target, ...]) -> Any:
        """The rows tied to any of the places, or to none of them."""
        if len(value) == 1 and not self.exclude:
            return self.within(qs, value[0])
        found = Q(pk__in=[])
        for target in value:
            found |= Q(pk__in=self.within(qs.model._default_manager.all(), target).values("pk"))
        return qs.filter(~found if self.exclude else found)


class PlaceParameter(TerritoryParameter):
    """A place and all that lies below it."""

    def within(self, rows: RecordQuerySet, target: Target) -> RecordQuerySet:
        """Tied to the place or one below it; where the place is a 盟市, its own rows too."""
        if target.mark != PlaceLevel.CITY:
            return rows.in_place(target.id)
        every = rows.model._default_manager
        placed = Q(pk__in=every.in_place(target.id).values("pk"))
        return rows.filter(placed | Q(pk__in=every.in_city(target.id).values("pk")))


class CityParameter(TerritoryParameter):
    """A 盟市."""

    cities_only = True

    def within(self, rows: RecordQuerySet, target: Target) -> RecordQuerySet:
        """Of the 盟市."""
        return rows.in_city(target.id)

    def plain(self, values: tuple[Target, ...]) -> int | None:
        """The id of the 盟市, where there is one."""
        return values[0].id if len(values) == 1 and not self.exclude else None

    def select(self, qs: Any, place: Any) -> Any:
        """The rows of a 盟市 whose id comes later."""
        return qs.in_city(place)
