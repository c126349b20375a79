"""Merging two shared entities that are one: what pointed at the one points at the other.

The row that is merged away stays as a rejected one, so that its id is never given again; the change feed
says where it went.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.change_triggers import RESOURCES
from kb.changes import note_merge, present_writer
from kb.history.recording import after, before, doing, only_on_demand
from kb.merging.images import changes, image, image_again, links_to
from kb.merging.questions import concerned, keep_apart, move
from kb.models import Initiative, InitiativeName, Merge, Organisation, OrganisationName, Place
from kb.models.base import KEY_LENGTH, Name, NamedRecord, Record
from kb.names import scoped_key
from kb.search_index import reindex
from kb.vocabulary import HistoryAction, RecordState

FILLED: dict[type[NamedRecord], tuple[tuple[str, ...], ...]] = {
    Place: (("parent",), ("city",), ("longitude", "latitude")),
    Organisation: (("place",), ("city",), ("parent",)),
    Initiative: (("city",), ("started_on", "started_precision", "started_text")),
}
"""What the entity that is left takes over where it has nothing; fields that go together in one tuple.

Not the source article: the import of that article could then change every field of the entity.
"""

LINKS: dict[type[NamedRecord], tuple[str, ...]] = {Initiative: ("places", "organisers")}
"""Lists of linked records that are put together."""

MERGED: dict[str, type[NamedRecord]] = {
    "places": Place,
    "organisations": Organisation,
    "initiatives": Initiative,
}
"""The models whose rows can be merged, by resource."""

SCOPED: tuple[tuple[type[Name], str], ...] = (
    (OrganisationName, "organisation"),
    (InitiativeName, "initiative"),
)
"""Names that hold within a 盟市."""


class MergeError(ValueError):
    """Two entities that cannot be merged, in words for people."""


def resource_of(model: type[Model]) -> str:
    """The resource of a model's rows: `places`."""
    return RESOURCES[model._meta.db_table]


def merged_into(model: type[Model], pk: int) -> int | None:
    """The id of the entity that an id was merged into, however many merges later; None where it was not."""
    seen = {pk}
    while (following := _next(model, pk)) is not None and following not in seen:
        seen.add(following)
        pk = following
    return pk if len(seen) > 1 else None


def survivors(model: type[Record], pks: Iterable[int]) -> dict[int, int]:
    """By id: the id of the entity that is left, its own where it was merged into no other.

    One query, two more where something is not there under its own id.
    """
    left = {pk: pk for pk in pks}
    gone = set(left) - set(model.objects.asserted().filter(pk__in=left).values_list("pk", flat=True))
    seen: set[int] = set()
    while moved := {merge.gone_id: merge.kept_id for merge in merged_away(model, gone - seen)}:
        left |= {pk: moved[kept] for pk, kept in left.items() if kept in moved}
        seen, gone = seen | set(moved), set(moved.values())
    return left


def merged_away(model: type[Model], pks: Iterable[int]) -> list[Merge]:
    """The merges by which some of the rows went into others."""
    if model not in MERGED.values():
        return []
    return list(Merge.objects.filter(resource=resource_of(model), gone_id__in=list(pks), undone_at=None))


def _next(model: type[Model], pk: int) -> int | None:
    """Where one merge went."""
    merges = Merge.objects.filter(resource=resource_of(model), gone_id=pk, undone_at=None)
    return merges.values_list("kept_id", flat=True).first()


def merge(gone: NamedRecord, kept: NamedRecord) -> Merge:
    """Makes two entities one, in the caller's transaction; both rows are to be locked by it.

    Names, mentions, figures, links and what lies below go over to `kept`. Its own values stay; where it has
    none, and no person has emptied the field, it takes those of `gone`. What was changed is in the answer,
    so that `unmerge` can take it back. Raises MergeError for two that are the same row, are not both
    asserted, or lie one below the other with something between.
    """
    _check(gone, kept)
    questions = concerned(gone)
    old = image(gone, kept, questions)
    shown = _with_history(old)
    for model, pks in shown.items():
        before(model, pks)
    with only_on_demand(), doing(HistoryAction.MERGE):
        names = _join(gone, kept)
        move(questions, gone, kept)
        notes = keep_apart(gone, kept, resource_of(type(kept)))
        for model, pks in shown.items():
            after(model, pks)
    reindex(kept._meta.model_name or "", [gone.pk, kept.pk])
    note_merge(resource_of(type(kept)), gone.pk, kept.pk)
    writer = present_writer()
    return Merge.objects.create(
        resource=resource_of(type(kept)),
        gone_id=gone.pk,
        kept_id=kept.pk,
        gone_name=gone.name,
        kept_name=kept.name,
        by=writer.by if writer else "",
        at=timezone.now(),
        steps=changes(old, image_again(old, gone, kept, [*names, *notes])),
    )


def _with_history(rows: dict[str, dict[int, Any]]) -> dict[type[Model], list[int]]:
    """Those of the rows of an image that have a history, and the initiatives whose lists are among them."""
    found: dict[type[Model], list[int]] = {}
    for label, image_rows in rows.items():
        model = apps.get_model("kb", label)
        if hasattr(model, "history"):
            found.setdefault(model, []).extend(image_rows)
        elif model._meta.auto_created:
            found.setdefault(Initiative, []).extend(row["initiative_id"] for row in image_rows.values())
    return found


def _join(gone: Any, kept: Any) -> list[Name]:
    """Moves everything; gives the names that this made for other records."""
    _leave_hierarchy(gone, kept)
    _fill(gone, kept)
    _join_links(gone, kept)
    moves_names = isinstance(kept, Place) and _is_city_of_something(gone)
    _repoint(gone, kept)
    gone.state = RecordState.REJECTED.value
    gone.save(update_fields=["state", "updated_at"])
    kept.save()
    return _rescope(kept) if isinstance(kept, Place) and moves_names else []


def _check(gone: Any, kept: Any) -> None:
    if gone.pk == kept.pk:
        raise MergeError(_("不能与自身合并"))
    if gone.state != RecordState.ASSERTED or kept.state != RecordState.ASSERTED:
        raise MergeError(_("已否定的记录不能合并"))
    if hasattr(kept, "parent_id") and gone.pk in _above(kept)[1:]:
        text = _("“%(kept)s”在“%(gone)s”之下，两者之间还有别的一级，不能合并")
        raise MergeError(text % {"kept": kept, "gone": gone})


def _above(row: Any) -> list[int]:
    """The ids of what lies above a row, the nearest first; a ring ends where it closes."""
    found: list[int] = []
    upper = row.parent
    while upper is not None and upper.pk not in found:
        found.append(upper.pk)
        upper = upper.parent
    return found


def _leave_hierarchy(gone: Any, kept: Any) -> None:
    """Takes `gone` from above `kept`: nothing lies below itself."""
    if getattr(kept, "parent_id", None) == gone.pk:
        kept.parent = gone.parent


def _fill(gone: Any, kept: Any) -> None:
    """Gives `kept` what it lacks and `gone` has."""
    for fields in FILLED[type(kept)]:
        is_free = not set(fields) & set(kept.locked)
        if is_free and not any(getattr(kept, name) for name in fields) and _may_take(gone, kept, fields[0]):
            for name in fields:
                setattr(kept, name, getattr(gone, name))
    if isinstance(kept, Place) and gone.code and not kept.code and "code" not in kept.locked:
        code, gone.code = gone.code, None  # a code is unique
        gone.save(update_fields=["code"])
        kept.code = code
    kept.save()


def _may_take(gone: Any, kept: Any, name: str) -> bool:
    """Whether a link to something above would not make a ring."""
    above = getattr(gone, name)
    if name != "parent" or above is None:
        return True
    return above.pk != kept.pk and kept.pk not in _above(above)


def _join_links(gone: Any, kept: Any) -> None:
    """Adds the linked records of `gone` to those of `kept`, unless a person has chosen these."""
    for name in LINKS.get(type(kept), ()):
        if name not in kept.locked:
            getattr(kept, name).add(*getattr(gone, name).all())
        getattr(gone, name).clear()


def _is_city_of_something(place: Any) -> bool:
    """Whether names of organisations or initiatives hold within a place."""
    return place.organisations_in_city.exists() or place.initiatives_in_city.exists()


def _repoint(gone: Any, kept: Any) -> None:
    """Turns every link to `gone` to `kept`: names, mentions, figures, children, lists of other records."""
    for relation in type(kept)._meta.related_objects:
        if relation.many_to_many:
            _repoint_list(relation.through, relation.field, gone, kept)
    for link in links_to(type(kept)):
        values: dict[str, Any] = {link.name: kept}
        if any(field.name == "updated_at" for field in link.model._meta.concrete_fields):
            values["updated_at"] = timezone.now()
        link.model._default_manager.filter(**{link.name: gone}).update(**values)
    for row in (gone, kept):
        row.refresh_from_db()


def _repoint_list(through: Any, field: Any, gone: Model, kept: Model) -> None:
    """Turns the links of a list, each other record keeping one."""
    to, owner = field.m2m_reverse_name(), field.m2m_column_name()
    rows = through._default_manager
    owners = list(rows.filter(**{to: gone.pk}).values_list(owner, flat=True))
    held = set(rows.filter(**{to: kept.pk, f"{owner}__in": owners}).values_list(owner, flat=True))
    rows.filter(**{to: gone.pk, f"{owner}__in": held}).delete()
    rows.filter(**{to: gone.pk}).update(**{to: kept.pk})
    type_of_owner = field.model._default_manager
    type_of_owner.filter(pk__in=owners).update(updated_at=timezone.now())


def _rescope(city: Place) -> list[Name]:
    """Adds the names of a 盟市's organisations and initiatives under its own key, where that is free.

    The importer makes keys of the code of the 盟市 that it finds, which now is another. Gives the new names.
    """
    scope = city.own_key()
    made: list[Name] = []
    for names, owner in SCOPED:
        rows = names._default_manager.filter(**{f"{owner}__city": city})
        wanted = {
            scoped_key(scope, name)[:KEY_LENGTH]: (name, pk)
            for name, pk in rows.order_by("-pk").values_list("name", owner)
        }
        held = set(names._default_manager.filter(key__in=wanted).values_list("key", flat=True))
        new = [
            names(key=key, name=name, **{f"{owner}_id": pk})
            for key, (name, pk) in wanted.items()
            if key not in held
        ]
        made += names._default_manager.bulk_create(new, batch_size=200)
    return made
