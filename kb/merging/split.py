"""Takes two apart that were taken for one: chosen mentions go over to another record, or to a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.history.recording import doing, recording
from kb.models import Initiative, InitiativeMention, Organisation, Place
from kb.models.base import Name, NamedRecord, Record
from kb.vocabulary import HistoryAction, RecordOrigin, RecordState

COPIED: dict[type[NamedRecord], tuple[str, ...]] = {
    Place: ("level", "parent", "city"),
    Organisation: ("category", "place", "city", "parent"),
    Initiative: ("kind", "city"),
}
"""What a new record takes over from the one that it is taken out of."""

LISTED = {Organisation: "organisers", Place: "places"}
"""The list of initiatives in which a record stands."""


class SplitError(ValueError):
    """What stands against a split, in words for people."""


@dataclass(frozen=True, slots=True)
class Split:
    """What went over, and to which record."""

    target: NamedRecord
    mentions: int
    metrics: int
    initiatives: int


def split(
    source: Any, mentions: Iterable[int], target: Any = None, *, name: str = "", carry: bool = True
) -> Split:
    """Moves mentions of a record to another, or to a new one of a name, in the caller's transaction.

    With `carry`, what hangs on them goes along: figures of articles in which the record is mentioned no
    more, and the place in the lists of initiatives that only such articles mention. What was moved is locked
    against re-import. Raises SplitError in words for people.
    """
    owner = source._meta.model_name
    chosen = source.mentions.filter(pk__in=list(mentions))
    ids = list(chosen.values_list("pk", flat=True))
    if not ids:
        raise SplitError(_("没有选中这条记录的出处。"))
    with doing(HistoryAction.SPLIT):
        into = _target(source, target, name)
        left = source.mentions.asserted().exclude(pk__in=ids).values("article_id")
        articles = list(chosen.exclude(article__in=left).values_list("article_id", flat=True).distinct())
        moved = _move(chosen.model.objects.filter(pk__in=ids), owner, into)
        metrics = initiatives = 0
        if carry:
            metrics = _move(source.metrics.filter(article__in=articles), owner, into)
            initiatives = _move_in_lists(source, into, articles)
    return Split(into, moved, metrics, initiatives)


def _target(source: Any, target: Any, name: str) -> Any:
    """The record that takes the mentions."""
    if target is None:
        return _new(source, name.strip())
    if target.pk == source.pk:
        raise SplitError(_("不能拆分到自身。"))
    if target.state != RecordState.ASSERTED:
        raise SplitError(_("已否定的记录不能接收出处。"))
    return target


def _new(source: Any, name: str) -> Any:
    """A new record beside another; refuses a name that is taken."""
    model = type(source)
    row = model(
        name=name,
        origin=RecordOrigin.MANUAL.value,
        **{field: getattr(source, field) for field in COPIED[model]},
    )
    names: type[Name] = source.names.model
    held = names._default_manager.filter(key=names(name=name).key_for(row)).select_related(
        names.owner_field()
    )
    if bearer := held.first():
        text = _("“%(name)s”已经是“%(owner)s”的名称；请选它，或换一个名称。")
        raise SplitError(text % {"name": name, "owner": getattr(bearer, names.owner_field())})
    try:
        row.full_clean()
    except ValidationError as error:
        raise SplitError(" ".join(error.messages)) from error
    row.save()
    return row


def _move(rows: QuerySet[Any], owner: str, into: Record) -> int:
    """Points rows at another record, and locks that."""
    found = list(rows)
    with recording(rows.model, [row.pk for row in found]):
        for row in found:
            setattr(row, owner, into)
            row.lock([owner])
            row.updated_at = timezone.now()
        rows.model._default_manager.bulk_update(found, [owner, "locked", "updated_at"], batch_size=200)
    return len(found)


def _move_in_lists(source: Any, into: Any, articles: list[int]) -> int:
    """Puts another record into the lists of initiatives that only these articles mention."""
    name = LISTED.get(type(source))
    if name is None or not articles:
        return 0
    elsewhere = InitiativeMention.objects.asserted().exclude(article__in=articles).values("initiative_id")
    here = source.initiatives.filter(mentions__article__in=articles)
    rows = list(here.exclude(pk__in=elsewhere.filter(initiative__isnull=False)).distinct())
    for row in rows:
        getattr(row, name).remove(source)
        getattr(row, name).add(into)
        row.lock([name])
        row.save(update_fields=["locked", "updated_at"])
    return len(rows)
