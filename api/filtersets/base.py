"""What every filter set shares: families of parameters, strict reading, names resolved in one query."""

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from api.errors import Problem, several
from api.parameters import Parameter
from api.references import Reference, Target, resolve

RECORD_FIELDS = {
    "id": "a record has its own address",
    "created_at": "bookkeeping; the list of changes tells what is new",
    "updated_at": "bookkeeping; the list of changes tells what is new",
    "locked": "shown with the record, a matter of the editors' desk",
    "state": "only valid records are shown",
    "origin": "a matter of the editors' desk",
}
"""Fields that every table has and no filter asks for, each with the reason."""


class RecordFilterSet(django_filters.FilterSet):
    """The filter parameters of a resource; each declared one stands for its family.

    `version` is the newest change when the names among the values were looked up, where there were any.
    """

    @classmethod
    def get_filters(cls) -> dict[str, Parameter]:
        """Every parameter by name, the members of each family beside the declared one."""
        declared = super().get_filters()
        return {
            member: parameter
            for name, family in declared.items()
            for member, parameter in family.members(name).items()
        }

    def __init__(
        self, data: QueryDict, records: Callable[[], QuerySet], *, request: HttpRequest | None = None
    ) -> None:
        # The parent copies every parameter for each request; parameters keep no state, so those given do.
        self.is_bound, self.data, self.records, self.request = True, data, records, request
        self.form_prefix = None
        self.version: str | None = None
        self.filters = self.base_filters

    def selected(self) -> QuerySet:
        """The records that all parameters select together; a Problem names each bad value."""
        rows = self.records()
        for name, values in self.given.items():
            rows = self.filters[name].filter(rows, values)
        return rows

    @cached_property
    def given(self) -> dict[str, tuple[Any, ...]]:
        """The values given, by parameter, names looked up; a Problem names each bad one."""
        given = self.read()
        found = resolve(
            {value for values in given.values() for value in values if isinstance(value, Reference)}
        )
        self.version = next((target.version for target in found.values()), None)
        return {name: replaced(values, found) for name, values in given.items()}

    def plain(self) -> dict[str, Any] | None:
        """The one value of each parameter given, where none of them changes the query itself; else None."""
        found = {name: self.filters[name].plain(values) for name, values in self.given.items()}
        return None if None in found.values() else found

    def read(self) -> dict[str, tuple[Any, ...]]:
        """The values given, by parameter."""
        given, problems = {}, []
        for name in self.data:
            if name not in self.filters:
                continue
            try:
                given[name] = self.filters[name].values(self.data.getlist(name))
            except Problem as problem:
                problems.append(problem)
        if problems:
            raise several(problems)
        return given


def replaced(values: tuple[Any, ...], found: Mapping[Reference, Target]) -> tuple[Any, ...]:
    """The values with each reference replaced by the record that it was resolved to."""
    return tuple(found[value] if isinstance(value, Reference) else value for value in values)
