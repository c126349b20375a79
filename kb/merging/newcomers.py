"""Records that have just come, against those that were there: which may be one with which.

Only the names of the newcomers are looked up, by index; newcomers that resemble nothing cost one query.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from kb.merging.duplicates import SAME_ALIAS, SAME_CORE, SAME_NAME, SHORTENED, Pair, among, candidates
from kb.merging.likeness import core, forms
from kb.merging.merge import MERGED
from kb.models.base import KEY_LENGTH, NamedRecord
from kb.names import beyond, normalise, scoped_key

LIKELY = {SAME_NAME: 0.5, SAME_ALIAS: 0.5, SHORTENED: 0.5, SAME_CORE: 0.1}
"""The reasons for which people are asked about a newcomer, and how sure of it one can be.

The others hold of too many that are two: such pairs are suggested, and nobody is asked.
"""

Called = Mapping[int, Iterable[str]]
"""Names of records by the records' ids."""


@dataclass(frozen=True, slots=True)
class Double:
    """A record that a newcomer may be one with, and why."""

    pk: int
    name: str
    reasons: tuple[str, ...]

    @property
    def confidence(self) -> float:
        """How sure one can be."""
        return max(LIKELY[reason] for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The names that are looked for, plain, with the newcomers that look for them."""

    names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    beginnings: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def by(self, name: str, owner: int) -> set[int]:
        """The newcomers that look for a name which another record bears."""
        plain = normalise(name)
        found = set(self.names.get(plain, ()))
        for beginning, newcomers in self.beginnings.items():
            if plain.startswith(beginning):
                found |= newcomers
        return found - {owner}


def doubles(
    resource: str, newcomers: Iterable[NamedRecord], called: Called, came: Mapping[int, int] | None = None
) -> dict[int, list[Double]]:
    """What newcomers may be one with among the records that were there before them, by the newcomers' ids.

    `called` holds all names of the newcomers, also those that are not stored; `came` tells in what order
    they came, those of one page by one number (None: all together). Their 盟市 are to be joined.
    """
    rows: dict[int, Any] = {row.pk: row for row in newcomers}
    came = came or dict.fromkeys(rows, 0)
    alike = _alike(resource, rows, called) if rows else {}
    if not alike:
        return {}
    stored = MERGED[resource].objects.asserted().filter(pk__in={*alike}.union(*alike.values()))
    known = {each.pk: each for each in candidates(resource, stored, called)}
    found: dict[int, list[Double]] = defaultdict(list)
    for number in sorted({came[pk] for pk in alike}):
        here = {pk for pk in alike if came[pk] == number}
        others = {pk for pk in here.union(*(alike[pk] for pk in here)) if came.get(pk, -1) <= number}
        for pair in among(resource, [known[pk] for pk in sorted(others) if pk in known]):
            newcomer, other = pair.upper, pair.lower
            two = known[newcomer], known[other]
            in_one_city = two[0].city is not None and two[0].city == two[1].city
            reasons = _reasons(pair, of_quotes=in_one_city and came.get(other) != number)
            if came.get(newcomer) == number and reasons:
                found[newcomer].append(Double(other, known[other].name, reasons))
    return found


def _reasons(pair: Pair, *, of_quotes: bool) -> tuple[str, ...]:
    """The reasons of a pair for which people are asked.

    The same words in quotes say something only within a 盟市 (each has its own part of a nationwide
    campaign), and not of two that one page told apart.
    """
    return tuple(reason for reason in pair.reasons if reason in LIKELY and (of_quotes or reason != SAME_CORE))


def _alike(resource: str, rows: dict[int, Any], called: Called) -> dict[int, set[int]]:
    """The records that bear a name that a newcomer could bear, by the newcomers' ids; one query."""
    asked, which = _Asked(), Q(pk__in=[])
    keys: set[str] = set()
    bare: set[str] = set()
    for pk, row in rows.items():
        scopes = {row.name_scope(), ""}
        for name in {row.name, *called.get(pk, ())}:
            for form in forms(name) if resource == "organisations" else (normalise(name),):
                asked.names[form].add(pk)
                keys |= {scoped_key(scope, form)[:KEY_LENGTH] for scope in scopes}
            if row.city is None:
                bare.add(name)
        if resource == "initiatives" and row.city and (quoted := core(row.name)):
            asked.beginnings[quoted].add(pk)
            which |= _beginning(scoped_key(row.name_scope(), quoted))
    which |= Q(key__in=keys) | Q(name__in=bare)
    model: Any = MERGED[resource]
    names = model.names.rel.related_model.objects.filter(which)
    found: dict[int, set[int]] = defaultdict(set)
    for owner, name in names.values_list(f"{model._meta.model_name}_id", "name"):
        for newcomer in asked.by(name, owner):
            found[newcomer].add(owner)
    return found


def _beginning(key: str) -> Q:
    """Keys that begin so, put in the way for which the database has an index."""
    if connection.vendor == "sqlite":
        return Q(key__gte=key, key__lt=beyond(key))
    return Q(key__startswith=key)
