"""Pairs of records that may be one, with the reasons; a person decides.

Only records of one 盟市 are compared, or one with a 盟市 and one without: the same name in two cities is two
bodies. Pairs that a person has told apart are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext_noop

from kb.merging.likeness import core, folded, stem, tail
from kb.merging.merge import MERGED
from kb.models import Distinct, Place
from kb.names import normalise

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
    found: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    rows = list(_candidates(resource, city))
    for feature, alike in _by_feature(resource, rows).items():
        if len(alike) > MOST_ALIKE:
            continue
        for one, other in combinations(alike.values(), 2):
            if _may_be_one(resource, one, other):
                key = min(one.pk, other.pk), max(one.pk, other.pk)
                found[key][_reason(feature[0], one, other)] = None
    apart = set(Distinct.objects.filter(resource=resource).values_list("lower_id", "upper_id"))
    known = [Pair(*key, tuple(reasons)) for key, reasons in found.items() if key not in apart]
    return sorted(known, key=lambda pair: (-pair.weight, -pair.upper, -pair.lower))


def _candidates(resource: str, city: int | None) -> Iterator[Candidate]:
    """The asserted records of a resource; two queries, one for places' names."""
    model: Any = MERGED[resource]
    rows = model.objects.asserted()
    if city is not None:
        rows = rows.filter(city=city)
    columns = {f.attname for f in model._meta.concrete_fields}
    wanted = [c for c in ("id", "name", "city_id", "place_id", "parent_id", "level") if c in columns]
    names: dict[int, list[str]] = defaultdict(list)
    owner = f"{model._meta.model_name}_id"
    for pk, name in model.names.rel.related_model.objects.order_by("pk").values_list(owner, "name"):
        names[pk].append(name)
    places = dict(Place.objects.values_list("pk", "name")) if "place_id" in columns else {}
    for row in rows.order_by("pk").values(*wanted):
        near = (row.get("city_id"), row.get("place_id"), row.get("city_id"))
        yield Candidate(
            row["id"], row["name"], row["city_id"], row.get("place_id"), row.get("parent_id"),
            row.get("level", ""), tuple(names[row["id"]]), tuple(places[pk] for pk in near if pk in places),
        )  # fmt: skip


Feature = tuple[Any, ...]


def _by_feature(resource: str, rows: Iterable[Candidate]) -> dict[Feature, dict[int, Candidate]]:
    """The records that share a feature, by the feature; its first part is the reason that it gives."""
    found: dict[Feature, dict[int, Candidate]] = defaultdict(dict)
    for row in rows:
        for feature in _features(resource, row):
            found[feature][row.pk] = row
    return {feature: alike for feature, alike in found.items() if len(alike) > 1}


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


def tell_apart(resource: str, one: int, other: int, by: str) -> None:
    """Notes that two records are not one, so that they are suggested no more."""
    lower, upper = sorted((one, other))
    Distinct.objects.get_or_create(resource=resource, lower_id=lower, upper_id=upper, defaults={"by": by})
