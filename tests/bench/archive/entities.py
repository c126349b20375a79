"""Places, bodies and undertakings of the archive, in the numbers that its size calls for."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from importers.data.tables import rows
from kb.names import scoped_key
from tests.bench.archive.sentences import Material

TOWNS_A_COUNTY, VILLAGES_A_TOWN = 10, 8
ORGANISATIONS_A_METRIC, INITIATIVES_A_METRIC = 0.06, 0.05
"""How many different ones there are: names come back, the more the larger an archive is."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as articles mention it."""

    id: int
    name: str
    city: int


@dataclass
class Entities:
    """All of them by 盟市, in the order of how often they are mentioned."""

    cities: list[Named] = field(default_factory=list)
    places: dict[int, list[Named]] = field(default_factory=dict)
    organisations: dict[int, list[Named]] = field(default_factory=dict)
    initiatives: dict[int, list[Named]] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    """Rows to be stored, by model."""


def entities(material: Material, metrics: int, rng: random.Random) -> Entities:
    """The entities of an archive with so many metrics."""
    made = Entities()
    made.tables |= {name: [] for name in ("place", "placename", *_OWNED)}
    _add_places(made, material, rng)
    _add_organisations(made, material, round(metrics * ORGANISATIONS_A_METRIC), rng)
    _add_initiatives(made, material, round(metrics * INITIATIVES_A_METRIC), rng)
    return made


_OWNED = (
    "organisation", "organisationname", "initiative", "initiativename",
    "initiative_places", "initiative_organisers",
)  # fmt: skip


def _place(made: Entities, name: str, code: str | None, level: str, above: Row | None) -> Row:
    """A place with its name."""
    pk = len(made.tables["place"]) + 1
    city = pk if level == "city" else above["city_id"] if above else None
    row = {"id": pk, "name": name, "code": code, "level": level, "city_id": city}
    row |= {
        "parent_id": above["id"] if above else None,
        "key": code or scoped_key(above["key"] if above else "", name),
    }
    made.tables["place"].append(row)
    made.tables["placename"].append({"name": name, "key": row["key"], "place_id": pk})
    return row


def _add_places(made: Entities, material: Material, rng: random.Random) -> None:
    """The region, its 盟市 and banners by their real names, towns and villages by invented ones."""
    known: dict[str, Row] = {}
    for code, name, *_ in rows("inner_mongolia", 5):
        above = known.get(f"{code[:4]}00") or known.get("150000")
        level = "region" if above is None else "city" if code.endswith("00") else "county"
        known[code] = _place(made, name.strip("?="), code, level, above)
        if level == "city":
            made.cities.append(Named(known[code]["id"], known[code]["name"], known[code]["id"]))
    for county in [row for row in known.values() if row["level"] == "county"]:
        for town in range(TOWNS_A_COUNTY):
            below = _place(made, f"{invented(rng, 2)}{'镇乡街道苏木'[town % 2]}", None, "township", county)
            for village in range(VILLAGES_A_TOWN):
                _place(
                    made, f"{invented(rng, 2)}{('村', '社区', '嘎查')[village % 3]}", None, "village", below
                )
    _without_repeats(made.tables["placename"])
    for row in made.tables["place"]:
        if row["city_id"]:
            made.places.setdefault(row["city_id"], []).append(Named(row["id"], row["name"], row["city_id"]))
    for row in made.tables["place"]:
        row.pop("key")


_SYLLABLES = "和平安康新红东西南北胜利光明青山白云金银河海林泉石桥庆丰永宝德兴华盛福阳春秋月星风草原牧歌"


def invented(rng: random.Random, length: int) -> str:
    """A name of so many characters."""
    return "".join(rng.choices(_SYLLABLES, k=length))


def _without_repeats(names: list[Row]) -> None:
    """Makes keys unique by a number behind those that came before."""
    seen: set[str] = set()
    for row in names:
        if row["key"] in seen:
            row["key"] += f"#{row['place_id']}"
        seen.add(row["key"])


def _share(cities: list[Named], total: int) -> Iterator[Named]:
    """The 盟市 of each of so many entities, the first ones having more than the last."""
    weights = [1 / (rank + 2) for rank in range(len(cities))]
    for city, weight in zip(cities, weights, strict=True):
        yield from itertools.repeat(city, max(1, round(total * weight / sum(weights))))


def _add_organisations(made: Entities, material: Material, total: int, rng: random.Random) -> None:
    """Bodies: the real kinds of body, each of an invented place of its 盟市."""
    seen: set[str] = set()
    for city in _share(made.cities, total):
        tail, category = rng.choice(material.organisations)
        place = rng.choice(made.places[city.id])
        name = _free(seen, city, f"{place.name}{tail}", rng)
        pk = len(made.tables["organisation"]) + 1
        made.tables["organisation"].append(
            {"id": pk, "name": name, "category": category, "place_id": place.id, "city_id": city.id}
        )
        made.tables["organisationname"].append(
            {"name": name, "key": scoped_key(str(city.id), name), "organisation_id": pk}
        )
        made.organisations.setdefault(city.id, []).append(Named(pk, name, city.id))


def _free(seen: set[str], city: Named, name: str, rng: random.Random) -> str:
    """The name, or one with further characters where another of the 盟市 bears it."""
    while (key := scoped_key(str(city.id), name)) in seen:
        name = f"{invented(rng, 2)}{name}"
    seen.add(key)
    return name


def _add_initiatives(made: Entities, material: Material, total: int, rng: random.Random) -> None:
    """Undertakings: the real heads behind invented names, with organisers and places of their 盟市."""
    seen: set[str] = set()
    for city in _share(made.cities, total):
        model, kind, started = rng.choice(material.initiatives)
        quoted = f"“{invented(rng, rng.choice((2, 3, 4, 4, 5, 6, 8)))}”"
        name = _free(seen, city, f"{quoted}{model.rpartition('”')[2]}", rng)
        pk = len(made.tables["initiative"]) + 1
        date = _date(started.iso if started else None)
        row = {"id": pk, "name": name, "kind": kind, "city_id": city.id, "started_on": date[0]}
        made.tables["initiative"].append(
            row | {"started_precision": date[1], "started_text": started.text if started else ""}
        )
        forms = dict.fromkeys((name, quoted.strip("“”")) if rng.random() < 0.7 else (name,))
        made.tables["initiativename"] += [
            {"name": form, "key": f"{scoped_key(str(city.id), form)}#{pk}.{number}", "initiative_id": pk}
            for number, form in enumerate(forms)
        ]
        for table, link, pool in (
            ("initiative_places", "place_id", made.places[city.id]),
            ("initiative_organisers", "organisation_id", made.organisations[city.id]),
        ):
            for target in {rng.choice(pool).id for _ in range(rng.choice((0, 1, 1, 2)))}:
                made.tables[table].append({"initiative_id": pk, link: target})
        made.initiatives.setdefault(city.id, []).append(Named(pk, name, city.id))


def _date(iso: str | None) -> tuple[str | None, str]:
    """A date and its precision, as columns hold them: `2023` gives 2023-01-01, year."""
    if iso is None:
        return None, ""
    return (iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso), {4: "year", 7: "month", 10: "day"}[
        len(iso)
    ]
