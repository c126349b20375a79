"""Writes the history: what a record was before a change and what it is after it, with who and when.

Whatever is written inside of `attributed()` (kb/changes.py) is recorded: saved and deleted rows by signals,
statements on many rows where they stand in `recording()`. One transaction leaves one row for each record.

What was written otherwise (the import of a page, a statement typed by hand) is not lost: before the next
change is recorded, the row as it is stored is compared with the newest history row and put down first. So
the value before a change always stands in the history, and nobody is named for what another one wrote.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kb.change_triggers import RESOURCES
from kb.changes import IMPORTER, Writer, latest_lines, present_writer
from kb.history.snapshots import Snapshot, history_of, latest, stored, told_by
from kb.vocabulary import HistoryAction, RecordOrigin, RecordState

CREATED, CHANGED, DELETED = "+", "~", "-"

_doing: ContextVar[HistoryAction | None] = ContextVar("doing", default=None)
_by_hand: ContextVar[bool] = ContextVar("by_hand", default=True)


@contextmanager
def doing(action: HistoryAction) -> Iterator[None]:
    """Names what kind of change all that is written inside is: a merge, a decision of the review."""
    token = _doing.set(action)
    try:
        yield
    finally:
        _doing.reset(token)


@contextmanager
def only_on_demand() -> Iterator[None]:
    """Leaves saved rows unrecorded; what stands in `recording()` is recorded. For bulk writers."""
    token = _by_hand.set(False)
    try:
        yield
    finally:
        _by_hand.reset(token)


@contextmanager
def recording(model: type[Model], pks: Iterable[int], using: str = "default") -> Iterator[None]:
    """Records what statements on many rows do to the records with these ids, deletions too."""
    listed = list(pks)
    before(model, listed, using)
    yield
    after(model, listed, using)


def remove(model: type[Model], pks: Iterable[int], using: str = "default") -> None:
    """Deletes rows; those that have a history keep it, and it tells of the removal."""
    listed = list(pks)
    with recording(model, latest(model, listed, using), using):
        model._default_manager.using(using).filter(pk__in=listed).delete()


def signals_count() -> bool:
    """Whether saved and deleted rows are recorded: somebody is named, and it is no bulk writer."""
    return _by_hand.get() and present_writer() is not None


def before(model: type[Model], pks: Iterable[int], using: str = "default") -> None:
    """Puts down the rows as they are stored, where the history does not say so yet."""
    writer = present_writer()
    if writer is None:
        return
    listed = list(pks)
    known = latest(model, listed, using)
    rows = stored(model, [pk for pk in listed if not _is_own(known.get(pk), writer)], using)
    fresh = [_first(model, row) for pk, row in rows.items() if pk not in known]
    later = {pk: row for pk, row in rows.items() if pk in known and not row.is_as(told_by(known[pk]))}
    fresh += _caught_up(model, later, known, using)
    if fresh:
        history_of(model).objects.using(using).bulk_create(fresh, batch_size=200)


def _is_own(row: Any, writer: Writer) -> bool:
    """Whether the present transaction wrote a history row; one of a savepoint that failed is none."""
    return row is not None and writer.recorded.get((type(row).instance_type, row.id)) == row.history_id


def _first(model: type[Model], row: Snapshot) -> Any:
    """The history row of a record that has none: as it was made, for all that is known."""
    imported = row.about.get("origin") == RecordOrigin.IMPORTED
    made = row.about.get("created_at") or timezone.now()
    return _row(model, row, CREATED, HistoryAction.CREATE, IMPORTER if imported else "", made)


def _caught_up(model: type[Model], rows: dict[int, Snapshot], known: dict[int, Any], using: str) -> list[Any]:
    """History rows of what was written unrecorded; the change feed tells by whom, where it is in it."""
    if not rows:
        return []
    lines = latest_lines(RESOURCES.get(model._meta.db_table, ""), rows, using)
    found = []
    for pk, row in rows.items():
        by, at = lines.get(pk, ("", row.about.get("updated_at") or timezone.now()))
        action = HistoryAction.IMPORT if by == IMPORTER else HistoryAction.UNRECORDED
        found.append(_row(model, row, CHANGED, action, by, max(at, known[pk].history_date)))
    return found


def after(model: type[Model], pks: Iterable[int], using: str = "default") -> None:
    """Puts down what became of rows since `before`: those that changed, and those that are gone."""
    writer = present_writer()
    listed = list(pks)
    if writer is None or not listed:
        return
    rows, known = stored(model, listed, using), latest(model, listed, using)
    fresh = []
    for pk in dict.fromkeys(listed):
        now, last = rows.get(pk), known.get(pk)
        if now is None:
            fresh += _gone(model, last, writer, using) if last else []
        elif last is None or last.history_type == DELETED:
            fresh.append(_new(model, now, CREATED, HistoryAction.CREATE, writer))
        elif not now.is_as(told_by(last)):
            fresh += _changed(model, now, last, writer, using)
    for row in history_of(model).objects.using(using).bulk_create(fresh, batch_size=200):
        writer.recorded[model, row.id] = row.history_id


def _changed(model: type[Model], now: Snapshot, last: Any, writer: Writer, using: str) -> list[Any]:
    """A history row for a change; none where the transaction has one already, which then tells all of it."""
    action = _doing.get() or _kind_of_change(told_by(last), now)
    if not _is_own(last, writer):
        return [_new(model, now, CHANGED, action, writer)]
    if last.history_type == CHANGED and last.history_change_reason != action:
        last.history_change_reason = _doing.get() or HistoryAction.UPDATE
    for name, value in now.values.items():
        setattr(last, name, value)
    last.parts, last.history_user_id = now.parts, writer.by
    last.save(using=using)
    return []


def _gone(model: type[Model], last: Any, writer: Writer, using: str) -> list[Any]:
    """A history row for a removal, with the last values; nothing for what this transaction had made."""
    if _is_own(last, writer):  # its parts went first, or it came with this transaction
        last.delete(using=using)
        last = latest(model, [last.id], using).get(last.id)
    if last is None or last.history_type == DELETED:
        return []
    return [_row(model, told_by(last), DELETED, HistoryAction.DELETE, writer.by, timezone.now())]


def _kind_of_change(old: Snapshot, new: Snapshot) -> HistoryAction:
    """What a change is, by what it changed."""
    if old.values.get("state") != new.values.get("state"):
        rejected = new.values["state"] == RecordState.REJECTED
        return HistoryAction.REJECT if rejected else HistoryAction.ASSERT
    changed = {name for name, value in new.values.items() if value != old.values.get(name)}
    if changed == {"locked"} and old.parts == new.parts:
        lost = set(old.values["locked"]) - set(new.values["locked"])
        return HistoryAction.UNLOCK if lost else HistoryAction.LOCK
    return HistoryAction.UPDATE


def _new(model: type[Model], row: Snapshot, sign: str, action: HistoryAction, writer: Writer) -> Any:
    """A history row of the present writer."""
    return _row(model, row, sign, _doing.get() or action, writer.by, timezone.now())


def _row(model: type[Model], row: Snapshot, sign: str, action: HistoryAction, by: str, at: Any) -> Any:
    """A history row, not stored yet."""
    return history_of(model)(
        **row.values,
        parts=row.parts,
        history_type=sign,
        history_change_reason=action.value,
        history_user_id=by,
        history_date=at,
    )
