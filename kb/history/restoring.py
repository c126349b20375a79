"""Puts an earlier version of a record back, as an edit of a person: what it changes is locked."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from kb.history.reading import Difference, differences, with_names
from kb.history.recording import doing
from kb.history.snapshots import Snapshot, parts_of, stored, told_by
from kb.models import Article, Credit
from kb.models.base import Name, NamedRecord, Record
from kb.vocabulary import HistoryAction

WHERE_IT_STANDS = frozenset(
    {"id", "page_id", "first_line", "part", "ordinal", "lines", "body", "article_id", "start", "end", "text",
     "origin", "locked"}
)  # fmt: skip
"""Columns that no restoring changes: where a record stands in its text, who made it, what is locked."""

NEVER_LOCKED = frozenset({"state", "names"})


class RestoreError(ValueError):
    """A version that cannot be put back, in words for people."""


def would_change(row: Record, version: Any) -> list[Difference]:
    """What putting a version back would change, from the present value to the one of then."""
    now = stored(type(row), [row.pk], "default")[row.pk]
    return with_names(list(differences(type(row), now, _aim(now, told_by(version)))))


def _aim(now: Snapshot, then: Snapshot) -> Snapshot:
    """What a record shall be: as it was then, but in its present place, and with the names it got since."""
    values = {**then.values, **{name: now.values[name] for name in WHERE_IT_STANDS & set(now.values)}}
    parts = {**now.parts, **then.parts}
    if "names" in parts:
        known = {key for _name, key in now.parts["names"]}
        parts["names"] = now.parts["names"] + [each for each in then.parts["names"] if each[1] not in known]
    return replace(now, values=values, parts=parts)


def restore(row: Any, version: Any) -> list[Difference]:
    """Gives a record the values of a version, in the caller's transaction; the row is to be locked by it.

    What changed is locked against re-import. Names that the record got since stay. Raises RestoreError where
    the version names what is gone, or what another record has now.
    """
    found = would_change(row, version)
    aim = _aim(stored(type(row), [row.pk], "default")[row.pk], told_by(version))
    for name, value in aim.values.items():
        setattr(row, name, value)
    row.lock({each.field for each in found} - NEVER_LOCKED)
    try:
        row.full_clean(exclude={field.name for field in row._meta.fields if field.generated})
    except ValidationError as error:
        raise RestoreError(_("这个版本不能恢复：%(why)s") % {"why": " ".join(error.messages)}) from error
    with doing(HistoryAction.RESTORE):
        row.save()
        for each in found:
            _restore_part(row, each.field, aim.parts)
    return found


def _restore_part(row: Any, name: str, parts: dict[str, Any]) -> None:
    """Writes one of the lists of a record, where the difference is in one."""
    if name not in {part.name for part in parts_of(type(row))}:
        return
    if name == "names":
        _add_names(row, parts[name])
    elif name == "credits":
        _set_credits(row, parts[name])
    else:
        linked = getattr(row, name).model.objects.asserted().filter(pk__in=parts[name])
        if linked.count() != len(parts[name]):
            raise RestoreError(_("这个版本所列的记录有的已经不在，不能恢复。"))
        getattr(row, name).set(linked)


def _add_names(row: NamedRecord, names: list[list[str]]) -> None:
    """Adds the names that a record had and has no more, where no other has them now."""
    model: type[Name] = row.names.model  # type: ignore[attr-defined]
    held = {name.key: name for name in model._default_manager.filter(key__in=[key for _name, key in names])}
    for text, key in names:
        if key not in held:
            model(name=text, key=key, **{model.owner_field(): row}).save()
        elif getattr(held[key], f"{model.owner_field()}_id") != row.pk:
            raise RestoreError(_("名称“%(name)s”现在属于另一条记录，不能恢复。") % {"name": text})


def _set_credits(article: Article, credits_: list[list[Any]]) -> None:
    """Gives an article the credits that it had."""
    article.credits.all().delete()
    try:
        for author, role, ordinal in credits_:
            Credit.objects.create(article=article, author_id=author, role=role, ordinal=ordinal)
    except Exception as error:
        raise RestoreError(_("署名的人已经不在，不能恢复。")) from error


def is_restorable(model: type[Model]) -> bool:
    """Whether versions of a model's rows can be put back."""
    return issubclass(model, Record)
