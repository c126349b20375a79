"""Pairs of records that may be one, with the reasons; a person decides.

Only records of one 盟市 are compared, or one with a 盟市 and one without: the same name in two cities is two
bodies. Pairs that a person has told apart are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from kb.merging.likeness import core, folded, stem, tail
from kb.merging.merge import MERGED
from kb.models import Distinct, Place
from kb.names import normalise

Rows = QuerySet[Any]

SAME_NAME = gettext_noop("名称相同")
SAME_ALIAS = gettext_noop("一个的别称是另一个的名称")
SHORTENED = gettext_noop("一个是另一个的简称")
SAME_CORE = gettext_noop("引号里的名字相同")
SAME_TAIL = gettext_noop("同一地方，去掉地名后相同")
SAME_STEM = gettext_noop("同一上级，只差通名")

WEIGHTS = {SAME_NAME: 6, SAME_ALIAS: 5, SHORTENED: 4, SAME_CORE: 3, SAME_STEM: 2, SAME_TAIL: 1}
"""How much each reason says."""

MOST_ALIKE = 12
"""Records that share one feature and are compared; a feature of more says nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a record that may have a double."""

    pk: int
    name: str
    city: int | None
    place: int | None
    above: int | None
    level: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    """The names of its place and 盟市, with which its own may begin."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, the smaller id first, and why."""

    lower: int
    upper: int
    reasons: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How likely they are one, against other pairs."""
        return sum(WEIGHTS[reason] for reason in self.reasons)


def pairs(resource: str, city: int | None = None) -> list[Pair]:
    """The pairs of a resource, the likeliest first; those of one 盟市 where one is given."""
    rows: Rows = MERGED[resource].objects.asserted()
    return among(resource, candidates(resource, rows if city is None else rows.filter(city=city)))


def among(resource: str, rows: Iterable[Candidate]) -> list[Pair]:
    """The pairs among some records, the likeliest first, without those that were told apart."""
    found: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for feature, alike in _by_feature(resource, rows).items():
        if len(alike) > MOST_ALIKE:
            continue
        for one, other in combinations(alike.values(), 2):
            if _may_be_one(resource, one, other):
                key = min(one.pk, other.pk), max(one.pk, other.pk)
                found[key][_reason(feature[0], one, other)] = None
    if not found:
        return []
    apart = pairs_apart(resource)
    known = [Pair(*key, tuple(reasons)) for key, reasons in found.items() if key not in apart]
    return sorted(known, key=lambda pair: (-pair.weight, -pair.upper, -pair.lower))


def candidates(
    resource: str, rows: Rows, also_called: Mapping[int, Iterable[str]] | None = None
) -> list[Candidate]:
    """What is known of some records; three queries at most. `also_called` are names that are not stored."""
    model: Any = MERGED[resource]
    columns = {f.attname for f in model._meta.concrete_fields}
    wanted = [c for c in ("id", "name", "city_id", "place_id", "parent_id", "level") if c in columns]
    names: dict[int, list[str]] = defaultdict(list, {pk: [*more] for pk, more in (also_called or {}).items()})
    owner = model._meta.model_name
    stored = model.names.rel.related_model.objects.filter(**{f"{owner}__in": rows.order_by()})
    for pk, name in stored.order_by("pk").values_list(f"{owner}_id", "name"):
        names[pk].append(name)
    places: dict[int, str] = {}
    if "place_id" in columns:
        near = Q(pk__in=rows.order_by().values("place")) | Q(pk__in=rows.order_by().values("city"))
        places = dict(Place.objects.filter(near).values_list("pk", "name"))
    return [_candidate(row, names[row["id"]], places) for row in rows.order_by("pk").values(*wanted)]


def _candidate(row: dict[str, Any], names: list[str], places: Mapping[Any, str]) -> Candidate:
    """A stored record with its names and those of the places that it lies in."""
    near = (row.get("city_id"), row.get("place_id"), row.get("city_id"))
    return Candidate(
        row["id"], row["name"], row["city_id"], row.get("place_id"), row.get("parent_id"),
        row.get("level", ""), tuple(names), tuple(places[pk] for pk in near if pk in places),
    )  # fmt: skip


Feature = tuple[Any, ...]


def _by_feature(resource: str, rows: Iterable[Candidate]) -> dict[Feature, dict[int, Candidate]]:
    """The records that share a feature, by the feature; its first part is the reason that it gives.

    Most features are of one record alone, which makes no collection for them.
    """
    first: dict[Feature, Candidate] = {}
    found: dict[Feature, dict[int, Candidate]] = {}
    for row in rows:
        for feature in _features(resource, row):
            if (other := first.setdefault(feature, row)) is not row:
                found.setdefault(feature, {other.pk: other})[row.pk] = row
    return found


def _features(resource: str, row: Candidate) -> Iterator[Feature]:
    """What two records may share that makes them look like one."""
    for name in dict.fromkeys(map(normalise, (row.name, *row.names))):
        yield SAME_NAME, name
    if resource == "organisations":
        yield SHORTENED, folded(row.name)
        short = tail(row.name, row.places)
        if len(short) > 1 and row.city:
            yield SAME_TAIL, row.place or row.city, short
    elif resource == "initiatives" and core(row.name):
        yield SAME_CORE, core(row.name)
    elif resource == "places" and row.above:
        yield SAME_STEM, row.above, row.level, stem(row.name)


def _may_be_one(resource: str, one: Candidate, other: Candidate) -> bool:
    """Whether nothing keeps two records apart: another 盟市, another place above, another level."""
    if one.city and other.city and one.city != other.city:
        return False
    if resource != "places":
        return True
    return one.level == other.level and (one.above == other.above or not (one.above and other.above))


def _reason(feature: str, one: Candidate, other: Candidate) -> str:
    """The reason that a shared feature gives; a shared name may be an alias."""
    same = normalise(one.name) == normalise(other.name)
    if same:
        return SAME_NAME
    return SAME_ALIAS if feature == SAME_NAME else feature


def tell_apart(resource: str, one: int, other: int, by: str) -> Distinct:
    """The note that two records are not one, so that they are suggested no more."""
    lower, upper = sorted((one, other))
    ids = {"resource": resource, "lower_id": lower, "upper_id": upper}
    return Distinct.objects.get_or_create(**ids, defaults={"by": by})[0]


def pairs_apart(resource: str) -> set[tuple[int, int]]:
    """The pairs that a person has told apart, the smaller id first."""
    return set(Distinct.objects.filter(resource=resource).values_list("lower_id", "upper_id"))


def told_apart(resource: str, pks: Iterable[int]) -> set[int]:
    """Those of some records that a person has told apart from another."""
    ids = set(pks)
    rows = Distinct.objects.filter(Q(lower_id__in=ids) | Q(upper_id__in=ids), resource=resource)
    return {pk for two in rows.values_list("lower_id", "upper_id") for pk in two} & ids
