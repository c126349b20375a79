"""Confirming and rejecting records, and taking back what was just done. Run each in a transaction.

To confirm is to vouch for the whole reading: all of its fields are locked. What is done gives an `Undo`,
which holds what was before and says after which version of the row it may be taken back.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.divergences import unlock, values_of
from kb.evidence.kinds import KINDS, Kind
from kb.models import Doubt
from kb.models.base import Evidence
from kb.models.review import BY_CHOICE_ALONE
from kb.vocabulary import RecordOrigin, RecordState, ReviewState

SALT = "kb.evidence.undo"
LONGEST = 24 * 3600
"""Seconds for which something can be taken back; later the record's form and its history serve."""


class RefusedError(ValueError):
    """Something that cannot be done, in words for people."""


class OutdatedError(RefusedError):
    """The row is not the one that the person saw."""

    def __init__(self) -> None:
        super().__init__(_("这条记录刚被别人改过，请先看看现在的内容。"))


@dataclass(slots=True)
class Undo:
    """What a row was before something was done, and its version after it."""

    kind: str
    pk: int
    after: str = ""
    state: str = ""
    locked: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    doubts: list[int] = field(default_factory=list)
    entity: int | None = None
    """The entity that was made along with the row."""
    is_new: bool = False

    def signed(self, user: Any) -> str:
        """A token that only the same person can hand back."""
        return signing.dumps({**asdict(self), "user": user.pk}, salt=SALT, compress=True)


def version(row: Evidence) -> str:
    """What changes whenever the row is stored: the microsecond of its last change."""
    return f"{int(row.updated_at.timestamp() * 1_000_000):x}"


def held_row(kind: Kind, article_id: int, pk: int, seen: str | None) -> Any:
    """The row, held until the end of the transaction; OutdatedError where it is not as it was seen.

    With None it is only read, and may be any version.
    """
    rows = kind.model._default_manager.filter(article_id=article_id, pk=pk)
    row = (rows if seen is None else rows.select_for_update()).first()
    if row is None:
        raise RefusedError(_("这条记录已经不在库中。"))
    if seen is not None and version(row) != seen:
        raise OutdatedError
    return row


def before(kind: Kind, row: Evidence) -> Undo:
    """What the row is now, to come back to."""
    return Undo(kind.name, row.pk, state=row.state, locked=list(row.locked), values=values_of(row, kind.read))


def accept(kind: Kind, row: Any, user: Any) -> Undo:
    """Confirms a reading as it is; a rejected one counts again.

    RefusedError where it is not known what is meant.
    """
    if kind.link and getattr(row, f"{kind.link}_id") is None:
        raise RefusedError(_("还没有确定所指，请先修改，选定所指的记录。"))
    undo = before(kind, row)
    row.state = RecordState.ASSERTED.value
    row.lock(kind.read)
    return _stored(row, undo, user, ReviewState.ACCEPTED)


def reject(kind: Kind, row: Any, user: Any) -> Undo:
    """Marks a record as wrong, so that no import brings it back."""
    undo = before(kind, row)
    row.state = RecordState.REJECTED.value
    return _stored(row, undo, user, ReviewState.REJECTED)


def _stored(row: Any, undo: Undo, user: Any, decided: ReviewState) -> Undo:
    row.save(update_fields=["state", "locked", "updated_at"])
    undo.doubts = settle_doubts(undo.kind, row, user, decided)
    undo.after = version(row)
    return undo


def settle_doubts(kind: str, row: Evidence, user: Any, decided: ReviewState) -> list[int]:
    """Decides the open doubts about a record's very words; gives their ids."""
    words = {"article_id": row.article_id, "kind": kind, "start": row.start, "end": row.end}
    open_ones = Doubt.objects.select_for_update().filter(state=ReviewState.OPEN.value, **words)
    found = list(open_ones.exclude(reason__in=BY_CHOICE_ALONE))
    for doubt in found:
        doubt.state, doubt.decided_by, doubt.decided_at = decided.value, user, timezone.now()
        doubt.save()
    return [doubt.pk for doubt in found]


def read_undo(token: str, user: Any) -> Undo:
    """What a token says; RefusedError where it is not this person's, or too old."""
    try:
        said = signing.loads(token, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        raise RefusedError(_("这一步已经不能撤销。")) from None
    if said.pop("user") != user.pk:
        raise RefusedError(_("只能撤销自己做的修改。"))
    return Undo(**said)


def take_back(undo: Undo, article_id: int) -> None:
    """Makes a row what it was; one that was new is removed, with the entity that was made for it alone."""
    kind = KINDS[undo.kind]
    row = held_row(kind, article_id, undo.pk, undo.after)
    for doubt in Doubt.objects.filter(pk__in=undo.doubts):
        doubt.state, doubt.decided_by, doubt.decided_at = ReviewState.OPEN.value, None, None
        doubt.save()
    if undo.is_new:
        row.delete()
    else:
        _restore(kind, row, undo)
    if undo.entity:
        _remove_unused(kind.entity, undo.entity)


def _restore(kind: Kind, row: Any, undo: Undo) -> None:
    for name, value in undo.values.items():
        column = row._meta.get_field(name)
        setattr(row, column.attname, column.to_python(value))
    row.state = undo.state
    row.save()
    unlock(row, set(row.locked) - set(undo.locked))


def _remove_unused(model: Any, pk: int) -> None:
    """Removes an entity that a person just made, unless something else has come to rest on it."""
    row = model.objects.filter(pk=pk, origin=RecordOrigin.MANUAL.value).first()
    links = [] if row is None else [link for link in row._meta.related_objects if link.name != "names"]
    used = any(
        link.related_model._base_manager.filter(**{link.field.name: row}).exists()
        for link in links
        if link.related_model._meta.managed
    )
    if row is not None and not used:
        row.delete()
