"""The kinds of filter parameter: how each reads its text, what it allows, and what it selects.

Every parameter that selects by value comes as a family, the same for all resources:

    kind=brand&kind=event     any of these (a repeated parameter means OR)
    kind__in=brand,event      the same in one parameter
    kind!=event               none of these
    value__gt=5 value__lte=9  numbers and dates only: __gt, __gte, __lt, __lte
"""

import calendar
import copy
import datetime
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from api.errors import Problem
from kb.vocabulary import RecordState, Vocabulary

Phrase = str | Promise

COMPARISONS = {
    "gt": _("{} 大于给定的值。"),
    "gte": _("{} 大于或等于给定的值。"),
    "lt": _("{} 小于给定的值。"),
    "lte": _("{} 小于或等于给定的值。"),
}
"""What the name of a comparison adds to the description of a parameter."""
MOST_DIGITS = 30
"""A number longer than this is no figure of a newspaper, and costs the database more than it is worth."""


class ValuesField(forms.Field):
    """How a parameter is shown in the browsable API: one input, repeatable in the address."""

    widget = forms.TextInput


class Parameter(django_filters.Filter):
    """A filter on one field; subclasses say how its text is read.

    `family` tells whether the `__in` and `!` forms exist, `help_text` is the Chinese description,
    `example` a value that works, shown in the schema, `of` the path to the rows in between that must be valid
    (a mention that was rejected ties nothing).
    """

    field_class = ValuesField
    compared = False
    family = True
    is_plain = False
    schema: dict[str, Any] = {"type": "string"}  # noqa: RUF012 - read only

    def __init__(
        self,
        *,
        field_name: str,
        lookup_expr: str,
        help_text: Phrase,
        example: str,
        of: str = "",
        **kwargs: Any,
    ) -> None:
        self.help_text, self.example = help_text, example
        self.valid = {f"{of}__state": RecordState.ASSERTED.value} if of else {}
        self.name = ""
        super().__init__(field_name=field_name, lookup_expr=lookup_expr, **kwargs)
        self.split = False
        self.extra = {"required": False, "help_text": help_text}

    def values(self, texts: Iterable[str]) -> tuple[Any, ...]:
        """The values of every occurrence of the parameter, lists taken apart at their commas."""
        parts = (part for text in texts for part in (text.split(",") if self.split else [text]))
        return tuple(self.read(part.strip()) for part in parts)

    def read(self, text: str) -> Any:
        """The value that a text stands for; raises the Problem that says what is wrong with it."""
        if "\0" in text:
            raise self.refuse(text, [str(_("任意文字，不含控制字符 NUL"))])
        return text

    def refuse(self, text: str, allowed: Iterable[str]) -> Problem:
        """The problem of a value that this parameter does not take."""
        return Problem("invalid_value", param=self.name, value=text[:100], allowed=list(allowed))

    def named(self, name: str, **changes: Any) -> "Parameter":
        """This parameter under its own name or as another member of its family."""
        member = copy.copy(self)
        for attribute, value in {"name": name, **changes}.items():
            setattr(member, attribute, value)
        member.extra = {**self.extra, "help_text": member.help_text}
        return member

    def members(self, name: str) -> dict[str, "Parameter"]:
        """The family by parameter name: the plain form, `__in`, `!`, and comparisons where they fit."""
        if not self.family:
            return {name: self.named(name)}
        words = self.help_text
        return {
            name: self.named(name),
            f"{name}__in": self.named(
                f"{name}__in",
                split=True,
                help_text=format_lazy(_("{} 逗号分隔的多个值，符合其一即可。"), words),
            ),
            f"{name}!": self.named(
                f"{name}!",
                split=True,
                exclude=True,
                help_text=format_lazy(_("{} 排除这些值（逗号分隔）。"), words),
            ),
            **{
                f"{name}__{lookup}": self.named(
                    f"{name}__{lookup}", lookup_expr=lookup, help_text=format_lazy(label, words)
                )
                for lookup, label in (COMPARISONS.items() if self.compared else ())
            },
        }

    def condition(self, values: tuple[Any, ...]) -> Q:
        """What a record must satisfy: equal to any of the values, or in the relation asked for to any."""
        if self.lookup_expr in COMPARISONS:
            return any_of(Q(**{f"{self.field_name}__{self.lookup_expr}": value}) for value in values)
        return Q(**{f"{self.field_name}__in": values})

    def filter(self, qs: Any, value: tuple[Any, ...]) -> Any:
        """The records that the values select; all records for no value."""
        if not value:
            return qs
        found = self.across(qs, self.condition(value) & Q(**self.valid))
        return qs.filter(~found if self.exclude else found)

    def plain(self, values: tuple[Any, ...]) -> Any:
        """The value, where there is one and `select` makes the same query of any; None where it does not."""
        return values[0] if self.is_plain and len(values) == 1 and not self.exclude else None

    def select(self, qs: Any, place: Any) -> Any:
        """The records that a plain value selects, which comes later: an expression holds its place."""
        return self.filter(qs, (place,))

    def across(self, qs: QuerySet, condition: Q) -> Q:
        """The condition itself, or membership in a subquery where the field leads to many rows.

        A join to many rows would repeat the record and make NOT mean "has another one".
        """
        if not leads_to_many(qs.model, self.field_name):
            return condition
        return Q(pk__in=qs.model._base_manager.filter(condition).values("pk"))


def any_of(conditions: Iterable[Q]) -> Q:
    """What holds where one of the conditions does."""
    return reduce(or_, conditions)


def leads_to_many(model: Any, path: str) -> bool:
    """Whether a lookup path passes a relation with many rows at its other end."""
    for step in path.split("__"):
        field = model._meta.get_field(step)
        if field.many_to_many or field.one_to_many:
            return True
        if not field.is_relation:
            return False
        model = field.related_model
    return False


class TextParameter(Parameter):
    """Text that must be equal to the field's."""

    is_plain = True


class ChoiceParameter(Parameter):
    """A value of one of the closed lists, or its Chinese label."""

    is_plain = True

    def __init__(self, *, vocabulary: type[Vocabulary], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)
        self.schema = {"type": "string", "enum": [member.value for member in vocabulary]}

    def read(self, text: str) -> str:
        """The stored value: `brand` for `brand` and for `品牌`."""
        for member in self.vocabulary:
            if text in (member.value, member.label):
                return member.value
        raise self.refuse(text, [member.value for member in self.vocabulary])


class NumberParameter(Parameter):
    """A decimal number."""

    compared = True
    schema = {"type": "number"}  # noqa: RUF012 - read only

    def read(self, text: str) -> Decimal:
        """The number that the text writes: `350000`, `0.5`, `-3`."""
        try:
            number = Decimal(text if "_" not in text else "NaN")  # 1_000 is Python's way, not people's
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or len(f"{number:f}") > MOST_DIGITS:
            raise self.refuse(text, ["number"])
        return number


class IdParameter(NumberParameter):
    """The id of a record."""

    schema = {"type": "integer"}  # noqa: RUF012 - read only

    def read(self, text: str) -> int:  # type: ignore[override]
        """The id: digits that the database's integers can hold."""
        if not (text.isascii() and text.isdigit() and int(text) < 2**63):
            raise self.refuse(text, ["integer"])
        return int(text)


class DateParameter(Parameter):
    """A date written as `2021`, `2021-06` or `2021-06-30`; a shorter form stands for its whole period."""

    compared = True

    @classmethod
    def bound(cls, field_name: str, lookup_expr: str, example: str, help_text: Phrase) -> "DateParameter":
        """One end of a time: `gte` for "not before", `lte` for "not after"; it has no family."""
        parameter = cls(field_name=field_name, lookup_expr=lookup_expr, example=example, help_text=help_text)
        parameter.family = False
        return parameter

    def read(self, text: str) -> tuple[datetime.date, datetime.date]:
        """First and last day of the year, month or day."""
        try:
            return period(text)
        except ValueError as error:
            raise self.refuse(text, ["YYYY", "YYYY-MM", "YYYY-MM-DD"]) from error

    def condition(self, values: tuple[tuple[datetime.date, datetime.date], ...]) -> Q:
        """Inside any of the periods; `gt` after its last day, `lt` before its first, and so on."""
        end = {"gt": 1, "gte": 0, "lt": 0, "lte": 1}.get(self.lookup_expr or "")
        if end is not None:
            return any_of(Q(**{f"{self.field_name}__{self.lookup_expr}": value[end]}) for value in values)
        return any_of(
            Q(**{f"{self.field_name}__gte": first, f"{self.field_name}__lte": last}) for first, last in values
        )


def period(text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of `2021`, `2021-06` or `2021-06-30`; ValueError for anything else."""
    if not (text.isascii() and len(text) in (4, 7, 10) and text[:4].isdigit()):
        raise ValueError(text)
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, None, None)[:3] if len(parts) < 3 else parts
    first = datetime.date(year or 0, month or 1, day or 1)
    last_month = month or 12
    return first, datetime.date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])


class YesNoParameter(Parameter):
    """`true` or `false`: whether the field has a value."""

    family = False
    schema = {"type": "boolean"}  # noqa: RUF012 - read only

    def read(self, text: str) -> bool:
        """True for `true` and `1`, False for `false` and `0`."""
        if text.lower() in ("true", "1"):
            return True
        if text.lower() in ("false", "0"):
            return False
        raise self.refuse(text, ["true", "false"])

    def filter(self, qs: Any, value: tuple[bool, ...]) -> Any:
        """Has a valid linked row, or has none; with both asked for, every record."""
        if len(set(value)) != 1:
            return qs
        having = Q(**{f"{self.field_name}__isnull": False}, **self.valid)
        # Asked record by record, by an index, to the end of the page: the linked rows may be many.
        found = Exists(qs.model._base_manager.filter(having, pk=OuterRef("pk")))
        return qs.filter(found if value[0] else ~found)


class OpenEndParameter(NumberParameter):
    """A bound on one end of a figure's interval, where an open end reaches any number.

    `value_min=300000` (`high`, `gte`) finds what can be at least that: 35万余 (350000 and more), not 近30
    (at most 30). `value_max=100` (`low`, `lte`) finds what can be at most that: 近百 and 至少5.
    """

    family = False

    def condition(self, values: tuple[Decimal, ...]) -> Q:
        """The end is open, or in the relation asked for to any of the values."""
        return Q(**{f"{self.field_name}__isnull": True}) | super().condition(values)
