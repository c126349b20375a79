"""Where a person's word and a reading differ: what was overruled, and what is to be decided.

row.lock(["subject"])       remembers what the importer had read: it is not asked about again
(an import reads something new: importers/load_divergences.py opens a divergence)
keep(divergence, user)      the person's word stays
take(divergence, user)      the newer reading is written, and the field is the importer's again
"""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.fields import READ, group
from kb.models.base import NAME_LENGTH, Record
from kb.models.divergences import Divergence
from kb.vocabulary import DivergenceState, RecordOrigin, RecordState

WHOLE = ""
"""Stands in `field` for a record that a person rejected as a whole."""


def plain(value: Any) -> Any:
    """A column's value as JSON holds it, the same for equal values: `12.000000` and `12` are `12`."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, datetime.date) else value


def values_of(row: Record, fields: Iterable[str]) -> dict[str, Any]:
    """What a row says in some fields, as JSON holds it; links by id, lists of links sorted."""
    found = {}
    for name in fields:
        field: Any = row._meta.get_field(name)
        if field.many_to_many:
            found[name] = sorted(getattr(row, name).values_list("pk", flat=True))
        else:
            found[name] = plain(getattr(row, field.attname))
    return found


def of(row: Record) -> QuerySet[Divergence]:
    """The divergences of a row."""
    return Divergence.objects.filter(model=row._meta.model_name or "", record_id=row.pk)


def open_of(row: Record) -> QuerySet[Divergence]:
    """Those of a row that wait for a decision."""
    return of(row).filter(state=DivergenceState.OPEN.value)


def remember(row: Record, fields: Iterable[str]) -> None:
    """Notes what the importer had read where a person is about to lock fields; the row is not saved yet."""
    readable = READ.get(row._meta.model_name or "", ())
    leads = dict.fromkeys(group(name) for name in fields if name in readable)
    if not leads or row.origin != RecordOrigin.IMPORTED:
        return
    if (stored := type(row)._default_manager.filter(pk=row.pk).first()) is None:
        return
    for names in leads:
        before = values_of(stored, names)
        if row._meta.get_field(names[0]).many_to_many or before != values_of(row, names):
            overruled = {"read": before, "state": DivergenceState.KEPT.value, "article": article_of(row)}
            overruled |= {"name": str(row)[:NAME_LENGTH], "decided_by": None, "decided_at": timezone.now()}
            key = {"model": row._meta.model_name, "record_id": row.pk, "field": names[0]}
            Divergence.objects.update_or_create(overruled, **key)


def article_of(row: Any) -> Any:
    """The article that a row was read from, if it is known."""
    if row._meta.model_name == "article":
        return row
    return getattr(row, "article", None) or getattr(row, "source_article", None)


def unlock(row: Record, fields: Iterable[str]) -> None:
    """Gives fields back to the importer and stores that; what was to be decided about them is settled."""
    names = set(fields)
    row.unlock(names)
    row.save(update_fields=["locked", "updated_at"])
    of(row).filter(field__in={group(name)[0] for name in names} - _leads(row.locked)).delete()


def _leads(fields: Iterable[str]) -> set[str]:
    return {group(name)[0] for name in fields}


def forget(rows: QuerySet[Any]) -> None:
    """Removes the divergences of rows that are about to be deleted."""
    ids = list(rows.values_list("pk", flat=True))
    Divergence.objects.filter(model=rows.model._meta.model_name or "", record_id__in=ids).delete()


def keep(divergence: Divergence, user: Any) -> None:
    """Decides for the person's word; the reading is not asked about again."""
    _decide(divergence, user, DivergenceState.KEPT)


def take(divergence: Divergence, user: Any) -> Record:
    """Decides for the reading: writes it and gives the fields back to the importer.

    Run it in a transaction. A rejected record counts again. Raises ValidationError where the reading cannot
    be written: the record, or what the reading points at, is gone.
    """
    model = divergence.row_model()
    row = model._default_manager.select_for_update().filter(pk=divergence.record_id).first()
    if row is None:
        raise ValidationError(_("这条记录已经不在库中。"))
    lists = _set(row, divergence.read)
    row.full_clean(exclude=[field.name for field in row._meta.fields if field.generated])
    row.unlock(divergence.read)
    if divergence.field == WHOLE:
        row.state = RecordState.ASSERTED.value
    row.save()
    for name, ids in lists.items():
        getattr(row, name).add(*ids)
    _decide(divergence, user, DivergenceState.TAKEN)
    return row


def _set(row: Any, read: Mapping[str, Any]) -> dict[str, list[int]]:
    """Puts a reading into a row; gives the lists of links, which are stored after it."""
    lists = {}
    for name, value in read.items():
        field = row._meta.get_field(name)
        if field.related_model:
            ids = value if field.many_to_many else [value] if value else []
            if field.related_model._default_manager.filter(pk__in=ids).count() != len(ids):
                raise ValidationError(_("导入程序所指的记录已经不在库中。"))
        if field.many_to_many:
            lists[name] = value
        else:
            setattr(row, field.attname, field.to_python(value))
    return lists


def _decide(divergence: Divergence, user: Any, state: DivergenceState) -> None:
    divergence.state = state.value
    divergence.decided_by, divergence.decided_at = user, timezone.now()
    divergence.save()


def label_of(model: type[Model], name: str) -> str:
    """What people call a field."""
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


def in_order(model: type[Model], values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Fields with their values as the forms have them; PostgreSQL keeps JSON in an order of its own."""
    return sorted(values.items(), key=lambda item: READ[model._meta.model_name or ""].index(item[0]))


def in_words(model: type[Model], name: str, value: Any, names: Mapping[Any, str] | None = None) -> str:
    """A value of a field as people read it: labels for codes, names for ids.

    `names` gives what ids stand for, where the caller has read them for many at once.
    """
    field: Any = model._meta.get_field(name)
    if value in (None, "", []):
        return str(_("（空）"))
    if field.related_model:
        ids = value if isinstance(value, list) else [value]
        known = names if names is not None else _names(field.related_model, ids)
        return "、".join(str(known.get(pk, pk)) for pk in ids)
    labels = dict(field.flatchoices)
    return str(labels.get(value, value))


def _names(model: type[Model], ids: list[int]) -> dict[Any, str]:
    return {pk: str(row) for pk, row in model._default_manager.in_bulk(ids).items()}
