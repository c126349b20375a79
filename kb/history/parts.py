"""Ties names, credits and lists of links to the history of the record that they are parts of."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from kb.history.recording import after, before, signals_count
from kb.history.snapshots import PARTS, Part

_OWNERS = "_owners_before"
"""Where an instance keeps the ids of the records that a write of it touches."""


def connect() -> None:
    """Connects the signals of every part; runs once, when the models are there."""
    for owner, parts in PARTS.items():
        for part in parts:
            model = apps.get_model("kb", part.model)
            if model._meta.auto_created:
                _connect_list(apps.get_model("kb", owner), model)
            else:
                _connect_rows(apps.get_model("kb", owner), model, part)


def _connect_rows(owner: type[Model], model: type[Model], part: Part) -> None:
    """Records the owner where a row that is a part of it comes, changes or goes."""

    def look(instance: Any, using: str, raw: bool = False, **_more: Any) -> None:
        if raw or not signals_count():
            return
        known = model._base_manager.using(using).filter(pk=instance.pk).values_list(part.owner, flat=True)
        owners = {getattr(instance, part.owner), *(known if instance.pk else ())}
        setattr(instance, _OWNERS, owners)
        before(owner, owners, using)

    def note(instance: Any, using: str, **_more: Any) -> None:
        if signals_count():
            after(owner, instance.__dict__.pop(_OWNERS, ()), using)

    for signal, receiver in ((pre_save, look), (pre_delete, look), (post_save, note), (post_delete, note)):
        signal.connect(receiver, sender=model, weak=False)


def _connect_list(owner: type[Model], through: type[Model]) -> None:
    """Records the owner where links of one of its lists come or go, from either side."""
    to_owner = f"{owner._meta.model_name}_id"

    def changed(instance: Any, action: str, reverse: bool, pk_set: Any, using: str, **_more: Any) -> None:
        if not signals_count():
            return
        if not reverse:
            owners: Iterable[int] = [instance.pk]
        elif pk_set is not None:
            owners = pk_set
        elif action == "pre_clear":
            other = f"{instance._meta.model_name}_id"
            rows = through._base_manager.using(using).filter(**{other: instance.pk})
            owners = set(rows.values_list(to_owner, flat=True))
            setattr(instance, _OWNERS, owners)
        else:
            owners = instance.__dict__.pop(_OWNERS, ())
        (before if action.startswith("pre_") else after)(owner, owners, using)

    m2m_changed.connect(changed, sender=through, weak=False)
