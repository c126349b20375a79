"""What a decision writes into records, noted so that it can be taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from kb import divergences
from kb.merging.merge import MergeError
from kb.merging.undo import unmerge
from kb.models import Distinct, Divergence, Merge
from kb.models.base import Evidence, Record
from kb.review.refusal import RefusedError
from kb.vocabulary import DivergenceState

Noted = dict[str, Any]


class Ledger:
    """Writes rows as a person's, and keeps what they were before."""

    def __init__(self) -> None:
        self.changes: list[Noted] = []

    def change(self, row: Record, **values: Any) -> None:
        """Gives fields of a stored row a person's values and locks them; a row link is given by id.

        Raises RefusedError where another person has written one of the fields otherwise.
        """
        row = type(row)._default_manager.select_for_update().get(pk=row.pk)
        differing = {name for name, value in values.items() if getattr(row, name) != value}
        fields = {name.removesuffix("_id") for name in values}
        if {name.removesuffix("_id") for name in differing} & set(row.locked):
            raise RefusedError(_("“%(row)s”已由人写定为别的内容，没有改动。") % {"row": row})
        before = {name: getattr(row, name) for name in (*values, "locked")}
        for name, value in values.items():
            setattr(row, name, value)
        row.lock(fields - {"state"})
        after = {name: getattr(row, name) for name in (*values, "locked")}
        if before != after:
            row.save(update_fields=[*fields, "locked", "updated_at"])
            self.changes.append(_noted(row, before=before, after=after))

    def make(self, row: Record) -> None:
        """Stores a new row."""
        row.save()
        self.changes.append(_noted(row, made=True))

    def told_apart(self, note: Distinct) -> None:
        """Notes that two records were told apart."""
        self.changes.append(_noted(note, apart=True))

    def merged(self, merge: Merge) -> None:
        """Notes a merge."""
        self.changes.append(_noted(merge, merged=True))

    @contextmanager
    def watching(self, row: Record, fields: list[str]) -> Iterator[None]:
        """Notes what some fields of a row were, and what they are after what is written inside."""
        before = divergences.values_of(row, fields)
        yield
        now = type(row)._default_manager.get(pk=row.pk)
        self.changes.append(_noted(now, before=before, after=divergences.values_of(now, fields), read=True))

    def settle(self, divergence: Divergence, write: Callable[[], object]) -> None:
        """Notes that a difference was settled."""
        write()
        self.changes.append(_noted(divergence, settled=divergence.state))


def _noted(row: Model, **what: Any) -> Noted:
    return {"model": row._meta.model_name, "id": row.pk, **what}


def take_back(changes: list[Noted]) -> None:
    """Makes rows what they were; in the caller's transaction; raises RefusedError if one was edited since."""
    for noted in reversed(changes):
        model = apps.get_model("kb", noted["model"])
        row = model._default_manager.select_for_update().filter(pk=noted["id"]).first()
        if row is None:
            raise RefusedError(_("决定写下的一条记录已经不在，不能撤销。"))
        _undo_of(noted)(row, noted)


def _undo_of(noted: Noted) -> Callable[[Any, Noted], None]:
    """How a change is taken back."""
    for name, way in (("settled", _open_again), ("merged", _unmerge), ("apart", _forget_apart)):
        if name in noted:
            return way
    if "read" in noted:
        return _restore_reading
    return _remove if noted.get("made") else _restore


def _open_again(divergence: Any, noted: Noted) -> None:
    """Lets a difference wait for a decision again."""
    if divergence.state != noted["settled"]:
        raise RefusedError(_("这处差异之后又处理过，不能撤销。"))
    divergence.state = DivergenceState.OPEN.value
    divergence.decided_by = divergence.decided_at = None
    divergence.save()


def _unmerge(merge: Any, _noted: Noted) -> None:
    """Makes two records of one again, unless somebody did already."""
    if merge.undone_at:
        return
    try:
        unmerge(merge)
    except MergeError as error:
        raise RefusedError(str(error)) from error


def _forget_apart(note: Any, _noted: Noted) -> None:
    """Lets two records be suggested again."""
    note.delete()


def _restore_reading(row: Any, noted: Noted) -> None:
    """Gives fields their former values, lists of links too."""
    before, after = noted["before"], noted["after"]
    if divergences.values_of(row, after) != after:
        raise RefusedError(_("“%(row)s”在这之后又改过，不能撤销；请直接修改这条记录。") % {"row": row})
    lists = {}
    for name, value in before.items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            lists[name] = value
        else:
            setattr(row, field.attname, field.to_python(value))
    row.save()
    for name, ids in lists.items():
        getattr(row, name).set(ids)


def _restore(row: Any, noted: Noted) -> None:
    """Gives a row its former values, if it still has those of the decision."""
    if any(getattr(row, name) != value for name, value in noted["after"].items()):
        raise RefusedError(_("“%(row)s”在这之后又改过，不能撤销；请直接修改这条记录。") % {"row": row})
    unlocked = set(noted["after"]["locked"]) - set(noted["before"]["locked"])
    # What the lock had remembered of the reading is of no use without it.
    divergences.of(row).filter(field__in=unlocked, state=DivergenceState.KEPT.value).delete()
    for name, value in noted["before"].items():
        setattr(row, name, value)
    row.save(update_fields=[*(name.removesuffix("_id") for name in noted["before"]), "updated_at"])


def _remove(row: Any, _noted: Noted) -> None:
    """Deletes a row that a decision made; a shared entity only where nothing else refers to it by now."""
    if isinstance(row, Evidence) or not _is_used(row):
        try:
            divergences.forget(type(row)._default_manager.filter(pk=row.pk))
            row.delete()
        except ProtectedError as error:
            raise RefusedError(_("“%(row)s”已被别的记录引用，不能撤销。") % {"row": row}) from error


def _is_used(row: Any) -> bool:
    """Whether mentions or figures are tied to an entity."""
    return row.mentions.exists() or row.metrics.exists()
