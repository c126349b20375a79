"""The rows that a merge can change, as they are; and what was changed between two such images.

    before = image(gone, kept)
    …
    steps = changes(before, image_again(before, gone, kept))

The steps are JSON: by model, the rows that were changed (column: old and new value), made and removed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignObjectRel, Model, Q

from kb.merging.questions import COLUMNS
from kb.models import Divergence
from kb.models.base import Name
from kb.models.history import HistoryRow

Row = dict[str, Any]
Image = dict[str, dict[int, Row]]
"""By model (`organisationmention`) and id the values of columns."""

Steps = dict[str, dict[str, dict[str, Any]]]

TIMES = {"created_at", "updated_at"}
"""Columns that no undo brings back."""


def links_to(model: type[Model]) -> list[Any]:
    """The foreign keys of all tables that point at a model's rows.

    The search index keeps itself, and what the history says of earlier times stays as it was.
    """
    hidden = model._meta.get_fields(include_hidden=True)  # `related_name="+"` hides Page.home_city
    return [
        relation.field
        for relation in hidden
        if isinstance(relation, ForeignObjectRel)
        and not relation.many_to_many
        and relation.related_model._meta.managed
        and not relation.related_model._meta.auto_created
        and not issubclass(relation.related_model, HistoryRow)
    ]


def lists_with(model: type[Model]) -> list[tuple[Any, str]]:
    """The tables of links from or to a model's rows, with the column that points at these."""
    own = [(field.remote_field.through, field.m2m_column_name()) for field in model._meta.many_to_many]
    relations: list[Any] = [each for each in model._meta.related_objects if each.many_to_many]
    others = [(each.through, each.field.m2m_reverse_name()) for each in relations]
    return own + others


def image(gone: Model, kept: Model, questions: Iterable[Divergence] = ()) -> Image:
    """The two rows, their names and lists in full, and of every row that points at `gone` that column.

    `questions` are the divergences that a merge turns over (questions.py).
    """
    found: Image = defaultdict(dict)
    _whole(found, gone, kept)
    for link in links_to(type(gone)):
        if not issubclass(link.model, Name):
            rows = link.model._base_manager.filter(**{link.name: gone})
            for pk, value in rows.values_list("pk", link.attname):
                _into(found, link.model, pk, {link.attname: value})
    for each in questions:
        _into(found, Divergence, each.pk, {name: getattr(each, name) for name in COLUMNS})
    return found


def image_again(before: Image, gone: Model, kept: Model, more: Iterable[Model]) -> Image:
    """The rows of an earlier image as they are now, with new names and links, and with `more` rows."""
    found: Image = defaultdict(dict)
    _whole(found, gone, kept)
    for label, rows in before.items():
        model = apps.get_model("kb", label)
        columns = sorted({column for row in rows.values() for column in row})
        for row in model._base_manager.filter(pk__in=list(rows)).values("pk", *columns):
            _into(found, model, row["pk"], {column: row[column] for column in rows[row["pk"]]})
    for row in more:
        _into(found, type(row), row.pk, _columns(type(row), row.pk))
    return found


def _whole(found: Image, gone: Model, kept: Model) -> None:
    """Adds the two rows, their names and the links of their lists, with all columns."""
    model, both = type(gone), [gone.pk, kept.pk]
    _add(found, model, Q(pk__in=both))
    for link in links_to(model):
        if issubclass(link.model, Name):
            _add(found, link.model, Q(**{f"{link.name}__in": both}))
    for through, column in lists_with(model):
        _add(found, through, Q(**{f"{column}__in": both}))


def _add(found: Image, model: type[Model], which: Q) -> None:
    """Adds rows with all columns."""
    columns = [f.attname for f in model._meta.concrete_fields if f.name not in TIMES and not f.generated]
    for row in model._base_manager.filter(which).values(*columns):
        _into(found, model, row["id"], row)


def _columns(model: type[Model], pk: int) -> Row:
    """All columns of one row."""
    found: Image = defaultdict(dict)
    _add(found, model, Q(pk=pk))
    return found[model._meta.model_name or ""][pk]


def _into(found: Image, model: type[Model], pk: int, values: Row) -> None:
    """Adds columns to what is known of a row."""
    found[model._meta.model_name or ""].setdefault(pk, {}).update(values)


def changes(before: Image, after: Image) -> Steps:
    """What became of the rows: `changed`, `made` and `removed`, by model and id."""
    found: Steps = {}
    for label in sorted({*before, *after}):
        old, new = plain(before.get(label, {})), plain(after.get(label, {}))
        changed = {
            pk: {name: [old[pk][name], value] for name, value in row.items() if old[pk].get(name) != value}
            for pk, row in new.items()
            if pk in old
        }
        steps = {
            "changed": {pk: row for pk, row in changed.items() if row},
            "made": {pk: row for pk, row in new.items() if pk not in old},
            "removed": {pk: row for pk, row in old.items() if pk not in new},
        }
        if any(steps.values()):
            found[label] = steps
    return found


def plain(value: Any) -> Any:
    """Values as JSON gives them back."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
