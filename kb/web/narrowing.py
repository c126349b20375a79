"""What a list can be narrowed by: from rows and a value to fewer rows and the value in words."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import F, Func, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Initiative, InitiativeMention, Organisation, OrganisationMention, Place
from kb.vocabulary import (
    ArticleKind,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Vocabulary,
)
from kb.web.names import CITIES

Condition = Callable[[Any, str], tuple[QuerySet, str]]


class UnknownError(ValueError):
    """A parameter or value that there is none of; says so in the reader's language."""


LABELS: dict[str, Promise] = {
    "city": gettext_lazy("盟市"),
    "kind": gettext_lazy("类别"),
    "category": gettext_lazy("类别"),
    "level": gettext_lazy("级别"),
    "status": gettext_lazy("完成情况"),
    "unit": gettext_lazy("单位"),
    "as_of": gettext_lazy("统计截止的年份"),
    "place": gettext_lazy("地名"),
    "organisation": gettext_lazy("组织"),
    "initiative": gettext_lazy("举措"),
    "q": gettext_lazy("检索"),
}


class Compared(Func):
    """A column that is compared and not looked up by: SQLite, which does not know how many have a value,
    would gather all of these and sort them, instead of walking along the order of the list.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The column with the sign that keeps SQLite from its indexes."""
        return super().as_sql(compiler, connection, template="+%(expressions)s", **more)


def compared(rows: Any, column: str, value: Any) -> QuerySet:
    """The rows with a value in a column, found along the order that they are told in."""
    return rows.alias(**{f"{column}_compared": Compared(F(column))}).filter(**{f"{column}_compared": value})


def _place_of(code: str) -> Place | None:
    """The row of one of the twelve, by its code, where there is one already."""
    if code not in CITIES:
        raise UnknownError(_("没有代码为 %(code)s 的盟市。") % {"code": code[:20]})
    return Place.objects.filter(level=PlaceLevel.CITY.value, code=code).first()


def _city(rows: Any, value: str) -> tuple[QuerySet, str]:
    """The rows of one of the twelve, by its code."""
    place = _place_of(value)
    return (rows.in_city(place) if place else rows.none()), str(CITIES[value].full)


def _city_compared(rows: Any, value: str) -> tuple[QuerySet, str]:
    """The same along the order of the list, for rows that have a 盟市 in a column of their own."""
    place = _place_of(value)
    return (compared(rows, "city_id", place.pk) if place else rows.none()), str(CITIES[value].full)


def _one_of(
    column: str, vocabulary: Iterable[Vocabulary], *, narrowed: Callable[..., QuerySet] | None = None
) -> Condition:
    """The rows with a value of a closed list."""
    labels = {member.value: member.label for member in vocabulary}

    def narrow(rows: Any, value: str) -> tuple[QuerySet, str]:
        if value not in labels:
            raise UnknownError(
                _("%(name)s 不能是 %(value)s；可用的有：%(known)s。")
                % {"name": column, "value": value[:50], "known": "、".join(labels)}
            )
        found = narrowed(rows, column, value) if narrowed else rows.filter(**{column: value})
        return found, _(labels[value])

    return narrow


def _year(rows: Any, value: str) -> tuple[QuerySet, str]:
    """The figures that hold at a date of a year."""
    if not (value.isascii() and value.isdecimal() and len(value) == 4 and value > "0000"):
        raise UnknownError(_("as_of 是四位的年份，例如 2024。"))
    return rows.filter(as_of_on__range=(f"{value}-01-01", f"{value}-12-31")), value


def _unit(rows: Any, value: str) -> tuple[QuerySet, str]:
    return rows.filter(unit=value), value


def _text(rows: Any, value: str) -> tuple[QuerySet, str]:
    return rows.with_text(value), value


def _row(model: type[Model], narrowed: Callable[[Any, Any], QuerySet]) -> Condition:
    """The rows that have to do with one record, by its number; its name is shown."""

    def narrow(rows: Any, value: str) -> tuple[QuerySet, str]:
        is_number = value.isascii() and value.isdecimal() and len(value) <= 18
        row = model._default_manager.filter(pk=int(value)).first() if is_number else None
        if row is None:
            raise UnknownError(_("没有编号为 %(number)s 的记录。") % {"number": value[:20]})
        return narrowed(rows, row), row.name  # type: ignore[attr-defined]

    return narrow


def _naming(mention: Any, column: str) -> Callable[[Any, Any], QuerySet]:
    """The articles that name a record."""

    def narrowed(rows: Any, row: Any) -> QuerySet:
        return rows.filter(pk__in=mention.objects.asserted().filter(**{column: row}).values("article"))

    return narrowed


FILTERS: dict[str, dict[str, Condition]] = {
    "pages": {"city": _city},
    "articles": {
        "city": _city,
        "kind": _one_of("kind", ArticleKind),
        "place": _row(Place, lambda rows, row: rows.in_place(row)),
        "organisation": _row(Organisation, _naming(OrganisationMention, "organisation")),
        "initiative": _row(Initiative, _naming(InitiativeMention, "initiative")),
        "q": _text,
    },
    "initiatives": {"city": _city, "kind": _one_of("kind", InitiativeKind), "q": _text},
    "organisations": {"city": _city, "category": _one_of("category", OrganisationCategory), "q": _text},
    "places": {"city": _city, "level": _one_of("level", PlaceLevel), "q": _text},
    "metrics": {
        "city": _city,
        "status": _one_of("status", MetricStatus),
        "unit": _unit,
        "as_of": _year,
        "organisation": _row(Organisation, lambda rows, row: rows.filter(organisation=row)),
        "initiative": _row(Initiative, lambda rows, row: rows.filter(initiative=row)),
        "q": _text,
    },
}
"""What each list can be narrowed by; the names are those of the API's parameters."""

DATED = {"as_of": "as_of_on"}
"""Conditions on a date: what they select is told along it, as an index has it, whenever it was read in."""

_ALONG_DATES: dict[str, Condition] = {
    "city": _city_compared,
    "status": _one_of("status", MetricStatus, narrowed=compared),
}


def conditions(name: str, given: Collection[str]) -> dict[str, Condition]:
    """What a list can be narrowed by, beside what it is narrowed by already; names are those of the API."""
    known = FILTERS[name]
    return known | (_ALONG_DATES if DATED.keys() & known.keys() & set(given) else {})
