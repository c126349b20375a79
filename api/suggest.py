"""What a search box offers while somebody types: names that begin so, aliases, pinyin."""

import re
from functools import lru_cache, partial
from typing import Any

from django.db import router
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Length

from api.compiled import Bound, Compiled
from api.pinyin import LATIN, NameRow, SpellingIndex
from api.references import KINDS
from kb.beginnings import Row, beginning_with
from kb.models import Place

SUGGESTED = ("place", "organisation", "initiative")
MOST, MOST_CANDIDATES = 50, 200

LETTER = re.compile("[A-Za-z]")

_INDEXES = {kind: SpellingIndex() for kind in SUGGESTED}
"""One index a process and kind: reading some thousand names anew for each key typed would be slow."""


def suggestions(typed: str, kinds: list[str], base: str, most: int) -> list[dict[str, Any]]:
    """The records whose name, alias or pinyin begins so; two queries, for pinyin one and one a kind."""
    using = router.db_for_read(Place)
    rows = (_by_letters if LETTER.search(typed) else beginning_with)(typed, kinds, most, using)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for kind, pk, name, mark, where, matched in sorted(rows, key=lambda row: _rank(row, typed)):
        link = {"id": pk, "name": name, "url": f"{base}{kind}s/{pk}/"}
        more = {"kind": kind, "mark": mark, "city": where, "matched": matched}
        found.setdefault((kind, pk), {**link, **more})
    return list(found.values())[:most]


def _by_letters(typed: str, kinds: list[str], _most: int, using: str) -> list[Row]:
    """The records by Latin letters: names that have such, and pinyin."""
    spelt = typed.lower().replace(" ", "").replace("'", "")
    by_pinyin = bool(spelt) and LATIN.fullmatch(spelt) is not None
    if by_pinyin:
        for kind in kinds:
            _INDEXES[kind].refresh(partial(_names_from, kind))
    values: dict[str, Any] = {"like": f"{escaped(typed)}%"}
    for kind in kinds:
        values[kind] = _INDEXES[kind].starting_with(spelt, MOST_CANDIDATES) if by_pinyin else []
    return _compiled(tuple(kinds), by_pinyin, using).rows(**values)


def escaped(text: str) -> str:
    """Text for LIKE, in which % and _ stand for themselves."""
    return re.sub(r"([\\%_])", r"\\\1", text)


@lru_cache(maxsize=100)
def _compiled(kinds: tuple[str, ...], by_pinyin: bool, using: str) -> Compiled:
    """The query for names that begin with `typed`, with the records of each kind that pinyin found."""
    branches = [_branch(kind, by_pinyin).using(using) for kind in kinds]
    return Compiled(branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0], using)


def _branch(kind: str, by_pinyin: bool) -> QuerySet:
    """The names of one kind: (kind, record id, its name, sort, city, the name that matched).

    Letters are left to LIKE, to which A and a are one on SQLite.
    """
    table = KINDS[kind]
    assert table.names is not None  # noqa: S101 - all that are suggested have names
    owner = table.owner
    begins = Q(name__like=Bound("like", single=True))
    if by_pinyin:
        begins |= Q(**{f"{owner}__id__among": Bound(kind)})
    names = table.names._default_manager.filter(**{f"{owner}__state": "asserted"})
    first = names.filter(begins).order_by(Length("name"), "pk").values("pk")[:MOST_CANDIDATES]
    columns = (f"{owner}_id", f"{owner}__name", f"{owner}__{table.mark}", f"{owner}__city__name", "name")
    label = Value(kind, output_field=CharField())
    return names.filter(pk__in=first).order_by().values_list(label, *columns)


def _rank(row: tuple[Any, ...], typed: str) -> tuple[Any, ...]:
    """Exact names first, then names that begin so before aliases and pinyin, short before long."""
    kind, pk, name, _mark, _where, matched = row
    return (
        typed not in (name, matched),
        not matched.startswith(typed),
        matched != name,
        len(matched),
        SUGGESTED.index(kind),
        pk,
    )


def _names_from(kind: str, first: int) -> list[NameRow]:
    """The names of a kind from an id on."""
    table = KINDS[kind]
    assert table.names is not None  # noqa: S101 - all that are suggested have names
    names = table.names._default_manager.filter(pk__gte=first).order_by("pk")
    return list(names.values_list("pk", "name", f"{table.owner}_id"))
