"""Notes where a reading says something else than a person, for them to decide.

Only rows in which a person has had a hand come here; a page without such rows costs nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from importers.load_result import Held
from importers.load_sync import groups, says_more
from kb.divergences import WHOLE, article_of, plain, values_of
from kb.fields import READ
from kb.models import Divergence
from kb.models.base import NAME_LENGTH
from kb.vocabulary import DivergenceState, RecordOrigin, RecordState

Key = tuple[str, int, str]
"""Model, record and leading field."""

Read = dict[str, Any]


def store_divergences(held: list[Held]) -> None:
    """Opens a divergence where a reading is new and differs; closes those where it no longer does."""
    if not held:
        return
    known = _known(held)
    for each in held:
        row, model = each.row, each.row._meta.model_name
        for field, read, differs in _compared(each, known):
            old = known.get((model, row.pk, field))
            if differs and (old is None or old.read != read):
                old = old or Divergence(model=model, record_id=row.pk, field=field)
                known[model, row.pk, field] = _opened(old, read, each)
            elif not differs and old and old.state == DivergenceState.OPEN:
                old.delete()
                del known[model, row.pk, field]


def _known(held: list[Held]) -> dict[Key, Divergence]:
    """The divergences of rows, one query for each model."""
    ids: dict[str, set[int]] = {}
    for each in held:
        ids.setdefault(each.row._meta.model_name, set()).add(each.row.pk)
    return {
        (found.model, found.record_id, found.field): found
        for model, pks in ids.items()
        for found in Divergence.objects.filter(model=model, record_id__in=pks)
    }


def _compared(each: Held, known: Mapping[Key, Divergence]) -> Iterator[tuple[str, Read, bool]]:
    """What was read of the fields that are a person's, and whether it says something else."""
    row, model = each.row, each.row._meta.model_name
    if each.is_list:
        for field in each.read:
            yield field, *_of_list(each, field, known.get((model, row.pk, field)))
        return
    whole: Read = {}
    for fields in groups(each.read):
        names = [field.removesuffix("_id") for field in fields]
        if names[0] not in READ[model]:
            continue
        read, differs = _of_fields(each, fields, names)
        if row.state == RecordState.REJECTED:
            whole |= read if differs else {}
        elif set(names) & set(row.locked) or row.origin == RecordOrigin.MANUAL:
            yield names[0], read, differs
    if row.state == RecordState.REJECTED:
        yield WHOLE, whole, bool(whole)


def _of_fields(each: Held, fields: tuple[str, ...], names: list[str]) -> tuple[Read, bool]:
    """What was read of fields that go together, and whether it would be written if they were nobody's."""
    old = {field: getattr(each.row, field) for field in fields}
    new = {field: each.read[field] for field in fields}
    read = {name: plain(new[field]) for name, field in zip(names, fields, strict=True)}
    return read, old != new and says_more(fields, old, new, each.fill_only)


def _of_list(each: Held, field: str, old: Divergence | None) -> tuple[Read, bool]:
    """The links that were ever read of a list, and whether one is neither the person's nor overruled."""
    overruled = set(old.read[field]) if old else set()
    read = set(each.read[field])
    mine = set(values_of(each.row, [field])[field])
    is_open = bool(old and old.state == DivergenceState.OPEN and overruled - mine)
    return {field: sorted(read | overruled)}, is_open or bool(read - mine - overruled)


def _opened(divergence: Divergence, read: Read, each: Held) -> Divergence:
    """The divergence with a reading that waits for a decision."""
    divergence.read, divergence.state = read, DivergenceState.OPEN.value
    divergence.article = each.article or article_of(each.row)
    divergence.name = str(each.row)[:NAME_LENGTH]
    divergence.decided_by = divergence.decided_at = None
    divergence.save()
    return divergence
