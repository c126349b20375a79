"""What is to be decided about a record that is merged away, or was, goes over to the one that is left.

The readings that differ from a person's word (kb/divergences.py) name records by number: a merge turns these
numbers too. Where the record that is left is asked the same already, or says what was read, nothing is left
to be asked. Their doubts in the review queue follow, since saving a divergence brings its doubt up to date.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q

from kb.divergences import values_of
from kb.fields import READ
from kb.models import Distinct, Divergence
from kb.models.base import NAME_LENGTH, NamedRecord
from kb.models.divergences import MODELS
from kb.vocabulary import DivergenceState

COLUMNS = ("record_id", "name", "read", "state")
"""What a merge can change of a divergence."""


def concerned(gone: NamedRecord) -> list[Divergence]:
    """The divergences of a record that wait, and all whose reading points at it, decided ones too."""
    model = gone._meta.model_name or ""
    own = Q(model=model, record_id=gone.pk, state=DivergenceState.OPEN.value)
    single, several = Q(pk__in=[]), Q(pk__in=[])
    for label, name, is_list in _links_to(type(gone)):
        if is_list:
            several |= Q(model=label, field=name)
        else:
            single |= Q(**{"model": label, f"read__{name}": gone.pk})
    found = {each.pk: each for each in Divergence.objects.filter(own | single)}
    for each in Divergence.objects.filter(several):
        if gone.pk in each.read.get(each.field, ()):
            found[each.pk] = each
    return [found[pk] for pk in sorted(found)]


def _links_to(model: type[NamedRecord]) -> Iterator[tuple[str, str, bool]]:
    """The fields of readings that point at rows of a model: of what model, the name, and whether a list."""
    for label, _name in MODELS:
        for name in READ[label]:
            field: Any = apps.get_model("kb", label)._meta.get_field(name)
            if field.related_model is model:
                yield label, name, field.many_to_many


def move(divergences: list[Divergence], gone: NamedRecord, kept: NamedRecord) -> None:
    """Turns divergences from one record to another; run when the records themselves are merged."""
    for each in divergences:
        each.read = {name: _turned(each, name, value, gone, kept) for name, value in each.read.items()}
        if (each.model, each.record_id) == (gone._meta.model_name, gone.pk):
            held = Divergence.objects.filter(model=each.model, record_id=kept.pk, field=each.field)
            if held.exists():
                each.state = DivergenceState.KEPT.value  # the other one is the question
            else:
                each.record_id, each.name = kept.pk, str(kept)[:NAME_LENGTH]
        if each.state == DivergenceState.OPEN and _says_the_same(each):
            each.state = DivergenceState.KEPT.value
        each.save()


def _turned(each: Divergence, name: str, value: Any, gone: NamedRecord, kept: NamedRecord) -> Any:
    """A value of a reading, with what is left in the place of what is gone."""
    field: Any = each.row_model()._meta.get_field(name)
    if field.related_model is not type(gone) or not value:
        return value
    if isinstance(value, list):
        return sorted({kept.pk if pk == gone.pk else pk for pk in value})
    return kept.pk if value == gone.pk else value


def _says_the_same(each: Divergence) -> bool:
    """Whether the record says by now what was read."""
    row = each.row()
    if row is None or not each.field:
        return False
    now = values_of(row, each.read)
    return all(_is_in(value, now[name]) for name, value in each.read.items())


def _is_in(read: Any, mine: Any) -> bool:
    """Whether a value is there already; links are only added."""
    return {*read} <= {*mine} if isinstance(read, list) else bool(read == mine)


def keep_apart(gone: NamedRecord, kept: NamedRecord, resource: str) -> list[Distinct]:
    """The notes made that what was told apart from a record is apart from the one that it is merged into."""
    rows = Distinct.objects.filter(Q(lower_id=gone.pk) | Q(upper_id=gone.pk), resource=resource)
    made = []
    for row in rows.order_by("pk"):
        other = row.upper_id if row.lower_id == gone.pk else row.lower_id
        lower, upper = sorted((kept.pk, other))
        if other != kept.pk:
            ids = {"resource": resource, "lower_id": lower, "upper_id": upper}
            note, is_new = Distinct.objects.get_or_create(**ids, defaults={"by": row.by})
            made += [note] if is_new else []
    return made


def show_again(ids: list[int]) -> None:
    """Brings the doubts of divergences to what these say, after their rows were put back by a statement."""
    for each in Divergence.objects.filter(pk__in=ids):
        each.save()
