"""The filters of the queue: read from the address, and as fields of a form."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from kb.models import Place, Publication
from kb.review.queue import UNDECIDED, Narrowing
from kb.vocabulary import DoubtReason, PlaceLevel, RecordKind

NAMES = ("reason", "kind", "city", "publication", "state")


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: its name in the address, its label, and its options with the one that is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


def read_narrowing(query: QueryDict) -> Narrowing:
    """The part of the queue that an address or a form asks for; what makes no sense there is left out."""
    return Narrowing(
        reason=_known(query.get("reason"), {reason.value for reason in DoubtReason}),
        kind=_known(query.get("kind"), {kind.value for kind in RecordKind}),
        city=_number(query.get("city")),
        publication=_number(query.get("publication")),
        state=_known(query.get("state"), set(UNDECIDED)) or UNDECIDED[0],
    )


def address_part(narrowing: Narrowing) -> str:
    """The filters as an address carries them: `?reason=ambiguous`; empty for the whole queue."""
    given = fields(narrowing)
    return f"?{urlencode(given)}" if given else ""


def fields(narrowing: Narrowing) -> dict[str, Any]:
    """The filters that are set, by name."""
    values = {name: getattr(narrowing, name) for name in NAMES}
    return {
        name: value for name, value in values.items() if value and (name, value) != ("state", UNDECIDED[0])
    }


def choices(narrowing: Narrowing) -> list[Choice]:
    """The filters with what can be chosen; two queries."""
    cities = Place.objects.asserted().filter(level=PlaceLevel.CITY.value).order_by("code", "pk")
    papers = Publication.objects.asserted().order_by("name")
    return [
        _choice(narrowing, "reason", _("原因"), [(r.value, _(r.label)) for r in DoubtReason]),
        _choice(narrowing, "kind", _("种类"), [(k.value, _(k.label)) for k in RecordKind]),
        _choice(narrowing, "city", _("盟市"), cities.values_list("pk", "name")[:100]),
        _choice(narrowing, "publication", _("报纸"), papers.values_list("pk", "name")[:300]),
    ]


def _choice(narrowing: Narrowing, name: str, label: str, options: Any) -> Choice:
    pairs = tuple((str(value), str(shown)) for value, shown in options)
    return Choice(name, label, (("", _("全部")), *pairs), str(getattr(narrowing, name) or ""))


def _known(value: str | None, allowed: set[str]) -> str:
    return value if value in allowed else ""


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 19 else None
