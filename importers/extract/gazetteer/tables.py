"""The gazetteer's entries, put together from the tables of `importers/data`."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from importers.data.tables import rows
from kb.vocabulary import PlaceLevel

_ENDINGS = ("特别行政区", "自治区", "地区", "省", "市", "盟")
_MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000", "810000", "820000"})
_HOME = "15"
_WINGS = ("左翼", "右翼", "联合", "左", "右", "前", "后", "中")


# What a name is for its place, the strongest first. Plain integers load 5 ms faster than an enumeration.
OFFICIAL, CERTAIN, UNCERTAIN, LOOKUP = range(4)

_MARKS = {"?": UNCERTAIN, "=": LOOKUP}


class Entry(Struct, frozen=True):
    """A known place; `city` and `parent` are official names, the centre is in degrees (GCJ-02 or WGS 84)."""

    official: str
    level: PlaceLevel
    code: str | None
    parent: str | None
    parent_code: str | None
    city: str | None
    city_code: str | None
    names: tuple[tuple[str, int], ...] = ()
    longitude: float | None = None
    latitude: float | None = None

    def __hash__(self) -> int:
        """By its name alone, which hardly two places share: entries are counted all the time."""
        return hash(self.official)

    @property
    def at_home(self) -> bool:
        """Whether it is Inner Mongolia or lies in it."""
        return (self.code or self.parent_code or "").startswith(_HOME)


def load_entries() -> tuple[Entry, ...]:
    """All places of the tables: by code first, then zones, seats of banners and sites."""
    coded = _coded_entries()
    by_code = {entry.code: entry for entry in coded if entry.code}
    lesser = [
        _inside(by_code[code], name, level, others)
        for table, level in (
            ("zones", PlaceLevel.ZONE),
            ("seats", PlaceLevel.TOWNSHIP),
            ("sites", PlaceLevel.SITE),
        )
        for name, code, others in rows(table, 3)
    ]
    return (*coded, *lesser)


def load_guards() -> dict[str, tuple[str, tuple[str, ...]]]:
    """For a short name: the characters that may not precede it, and the words that may not follow it."""
    return {name: (before, tuple(after.split())) for name, before, after in rows("guards", 3)}


def _coded_entries() -> list[Entry]:
    """Regions, cities and counties, each with what stands above it."""
    table = {row[0]: row for row in _coded_rows()}
    misprints = tuple(rows("misprints", 2))
    return [_coded(row, table, misprints) for _, row in sorted(table.items())]


def _coded_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Code, name, longitude, latitude and other names of every place that has a code."""
    for code, name, longitude, latitude, others in rows("inner_mongolia", 5):
        yield code, name, longitude, latitude, others
    for code, name, others in rows("china", 3):
        yield code, name, "", "", _with_short_form(name, others)
    for code, name, others in rows("counties", 3):
        yield code, name, "", "", others


def _with_short_form(name: str, others: str) -> str:
    """The other names with the name's own short form (`大同市`, `-` → `?大同`)."""
    ending = next((e for e in _ENDINGS if name.endswith(e)), "")
    short = name.removesuffix(ending) if ending and not others.replace("-", "") else ""
    mark = "?" if others.startswith("-") else ""
    return " ".join(filter(None, (mark + short if short else "", others.lstrip("-"))))


def _coded(
    row: tuple[str, ...], table: Mapping[str, tuple[str, ...]], misprints: tuple[tuple[str, ...], ...]
) -> Entry:
    """One place with a code, its parent and its city."""
    code, name, longitude, latitude, others = row
    level = (
        PlaceLevel.REGION
        if code[2:] == "0000"
        else PlaceLevel.CITY
        if code[4:] == "00"
        else PlaceLevel.COUNTY
    )
    above = (
        [] if level is PlaceLevel.REGION else [c for c in (f"{code[:4]}00", f"{code[:2]}0000") if c != code]
    )
    parent_code = next((c for c in above if c in table), None)
    city_code = _city_code(code, level, table)
    names = [*_other_names(others)]
    if code.startswith(_HOME):
        names += [(wrong, CERTAIN) for wrong in _misprints(name, names, misprints)]
    return Entry(
        official=name,
        level=level,
        code=code,
        parent=table[parent_code][1] if parent_code else None,
        parent_code=parent_code,
        city=table[city_code][1] if city_code else None,
        city_code=city_code,
        names=tuple(names),
        longitude=float(longitude) if longitude else None,
        latitude=float(latitude) if latitude else None,
    )


def _city_code(code: str, level: PlaceLevel, table: Mapping[str, tuple[str, ...]]) -> str | None:
    """The code of the city: a municipality is its own, and so is a county-level city under a province."""
    region = f"{code[:2]}0000"
    if region in _MUNICIPALITIES:
        return region
    if level is PlaceLevel.REGION:
        return None
    return f"{code[:4]}00" if f"{code[:4]}00" in table else code


def _inside(place: Entry, name: str, level: PlaceLevel, others: str) -> Entry:
    """A place without a code that lies in a place with one."""
    names = tuple(_other_names(others))
    return Entry(name, level, None, place.official, place.code, place.city, place.city_code, names)


def _other_names(others: str) -> Iterator[tuple[str, int]]:
    """The names of a table's last column, each with the kind that its mark gives it."""
    for name in others.split():
        kind = _MARKS.get(name[0])
        yield (name[1:], kind) if kind else (name, CERTAIN)


def _misprints(
    name: str, names: list[tuple[str, int]], misprints: tuple[tuple[str, ...], ...]
) -> Iterator[str]:
    """Forms in which a name of Inner Mongolia is misprinted: wrong characters, a doubled banner."""
    forms = [name, *(other for other, kind in names if kind == CERTAIN)]
    for meant, printed in misprints:
        if meant == name:
            yield printed
        elif len(meant) == 1:
            yield from (form.replace(meant, printed) for form in forms if meant in form and len(form) > 3)
    yield from filter(None, [_doubled_banner(name)])


def _doubled_banner(name: str) -> str | None:
    """`乌拉特旗前旗` for 乌拉特前旗: the banner's ending set after its stem as well."""
    if not name.endswith("旗"):
        return None
    cut = min((name.find(w) for w in _WINGS if name.find(w) >= 2), default=-1)
    return f"{name[:cut]}旗{name[cut:]}" if cut > 0 else None
