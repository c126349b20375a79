"""Brings the rows of a table to what was read, and leaves alone what is a person's.

- A locked field is not written; where fields only make sense together, a lock holds them all.
- A rejected row is not touched.
- A value that was not read does not erase one that is there.
- A row that was not read again is removed, unless a person has had a hand in it.
"""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import CharField, Model
from django.utils import timezone

from importers.load_result import Held, LoadResult, Outcome
from kb.fields import TOGETHER
from kb.history.recording import recording, remove
from kb.models.base import Record
from kb.vocabulary import RecordOrigin, RecordState

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", bound=Record)
Values = dict[str, Any]

BATCH = 200
"""Rows of one statement; SQLite takes a limited number of parameters."""


def fitted(model: type[Model], values: Values) -> Values:
    """The values with texts cut to what their columns hold."""
    found = dict(values)
    for name, length in _lengths(model).items():
        if isinstance(value := values.get(name), str) and len(value) > length:
            found[name] = value[:length]
    return found


@lru_cache(maxsize=64)
def _lengths(model: type[Model]) -> dict[str, int]:
    """How long the texts of a model's columns may be."""
    fields = (f for f in model._meta.concrete_fields if isinstance(f, CharField))
    return {f.name: f.max_length for f in fields if f.max_length}


def differences(row: Record, wanted: Values, *, fill_only: bool = False) -> Values:
    """The fields of a row that the import writes, with their new values.

    `fill_only` leaves every value alone that is there already.
    """
    found: Values = {}
    for fields in groups(wanted):
        old = {field: getattr(row, field) for field in fields}
        new = {field: wanted[field] for field in fields}
        if old != new and _may_write(row, fields, old, new, fill_only):
            found |= {field: value for field, value in new.items() if value != old[field]}
    return found


def groups(wanted: Values) -> list[tuple[str, ...]]:
    """The fields of a reading, those that belong together in one tuple."""
    grouped = [fields for fields in TOGETHER if fields[0] in wanted]
    taken = {field for fields in grouped for field in fields}
    return grouped + [(field,) for field in wanted if field not in taken]


def _may_write(row: Record, fields: tuple[str, ...], old: Values, new: Values, fill_only: bool) -> bool:
    """Whether the import may write fields that differ."""
    if {field.removesuffix("_id") for field in fields} & set(row.locked):
        return False
    return says_more(fields, old, new, fill_only or row.origin == RecordOrigin.MANUAL)


def says_more(fields: tuple[str, ...], old: Values, new: Values, fill_only: bool) -> bool:
    """Whether a reading that differs would be written if the field were nobody's."""
    lead = fields[0]
    if _is_empty(new[lead]):
        return all(_is_empty(value) for value in old.values())
    return not fill_only or _is_empty(old[lead])


def _is_empty(value: Any) -> bool:
    """Whether a value says nothing; zero and false do."""
    return value is None or value == "" or value == []


def write(rows: list[Row], fields: set[str]) -> None:
    """Stores changed fields of rows, the time of the change, and in the history what they were before."""
    if rows:
        now = timezone.now()
        for row in rows:
            row.updated_at = now
        names = {field.removesuffix("_id") for field in fields}
        model = type(rows[0])
        with recording(model, [row.pk for row in rows]):
            model._default_manager.bulk_update(rows, [*names, "updated_at"], batch_size=BATCH)


def synchronise(
    model: type[Row],
    table: str,
    existing: Mapping[Key, Row],
    wanted: Mapping[Key, Values],
    result: LoadResult,
) -> dict[Key, Row]:
    """The rows by key, brought to what was read. Foreign keys are given by id (`place_id`).

    Only `existing` rows are looked at: hand in those of the page. A rejected row is in the answer
    too, as it is.
    """
    rows: dict[Key, Row] = {}
    changed: list[Row] = []
    fields: set[str] = set()
    for key, values in wanted.items():
        if (row := existing.get(key)) is None:
            continue
        rows[key] = row
        outcome = _outcome(row, values, fields, result)
        result.add(table, outcome)
        if outcome is Outcome.UPDATED:
            changed.append(row)
    write(changed, fields)
    rows |= _create(model, table, {key: wanted[key] for key in wanted if key not in existing}, result)
    _remove(model, table, [row for key, row in existing.items() if key not in wanted], result)
    return rows


def _outcome(row: Record, values: Values, fields: set[str], result: LoadResult) -> Outcome:
    """Sets on a row what the reading changes, adding the fields to `fields`."""
    wanted = fitted(type(row), values)
    if row.is_protected:
        result.held.append(Held(row, wanted))
    if row.state == RecordState.REJECTED:
        return Outcome.REJECTED
    new = differences(row, wanted)
    for field, value in new.items():
        setattr(row, field, value)
    fields.update(new)
    return Outcome.UPDATED if new else Outcome.UNCHANGED


def _create(model: type[Row], table: str, wanted: Mapping[Key, Values], result: LoadResult) -> dict[Key, Row]:
    """New rows by key."""
    rows = [model(origin=RecordOrigin.IMPORTED.value, **fitted(model, values)) for values in wanted.values()]
    model._default_manager.bulk_create(rows, batch_size=BATCH)
    result.add(table, Outcome.CREATED, len(rows))
    return dict(zip(wanted, rows, strict=True))


def _remove(model: type[Row], table: str, rows: list[Row], result: LoadResult) -> None:
    """Deletes rows that were not read again, except those that a person has had a hand in."""
    gone = [row.pk for row in rows if not row.is_protected]
    if gone:
        remove(model, gone)
        result.add(table, Outcome.REMOVED, len(gone))
