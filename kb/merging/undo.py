"""Takes a merge back: every row that it changed gets back what it had."""

import json
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.changes import present_writer
from kb.history.recording import after, before, doing
from kb.history.snapshots import PARTS
from kb.merging.images import Steps, plain
from kb.merging.merge import MERGED, MergeError
from kb.merging.questions import show_again
from kb.models import Divergence, Merge
from kb.search_index import reindex
from kb.vocabulary import HistoryAction, RecordState

QUESTION = Divergence._meta.model_name or ""
"""Rows that are no part of the records: one that was decided or closed since stands in nobody's way."""

SHOWN = 3
"""How many of the rows that stand in the way are named."""


def unmerge(merge: Merge) -> None:
    """Makes two records of one again, in the caller's transaction; the merge's row is to be locked by it.

    Raises MergeError, in words for people, where what was done since leaves no way back: a moved row that
    was changed again or is gone, a later merge of the record that was left. What has come to the record
    that was left since the merge stays with it.
    """
    steps = _checked(merge)
    touched = touched_rows(steps)
    for model, pks in touched.items():
        before(model, pks)
    with doing(HistoryAction.UNMERGE):
        try:
            with transaction.atomic():
                _put_back(steps, merge.kept_id)
            show_again([int(pk) for pk in steps.get(QUESTION, {}).get("changed", ())])
        except IntegrityError as error:
            raise MergeError(_("后来的改动占用了原来的名称或代码，不能撤销。")) from error
        for model, pks in touched.items():
            after(model, pks)
    writer = present_writer()
    merge.undone_at, merge.undone_by = timezone.now(), writer.by if writer else ""
    merge.save(update_fields=["undone_at", "undone_by"])
    for model, pks in touched.items():
        if model in MERGED.values():
            reindex(model._meta.model_name or "", pks)


def touched_rows(steps: Steps) -> dict[type[Model], list[int]]:
    """The rows with a history that steps change, by model: those themselves, and the owners of parts."""
    found: dict[type[Model], dict[int, None]] = defaultdict(dict)
    for label, kinds in steps.items():
        model: Any = apps.get_model("kb", label)
        if hasattr(model, "history"):
            found[model] |= dict.fromkeys(int(pk) for pk in kinds["changed"])
        elif link := _link_to_owner(model):
            rows = [row for kind in ("made", "removed") for row in kinds[kind].values()]
            ids = {row[link.attname] for row in rows}
            ids |= {pk for row in kinds["changed"].values() for pk in row.get(link.attname, ())}
            ids |= set(_stored(model, kinds["changed"]).values_list(link.attname, flat=True))
            found[link.related_model] |= dict.fromkeys(ids)
    return {model: list(pks) for model, pks in found.items()}


def _link_to_owner(model: type[Model]) -> Any:
    """The link of a name, or of a row of a list, to the record in whose history it is told."""
    for owner, parts in PARTS.items():
        for part in parts:
            if part.model == model._meta.model_name:
                return model._meta.get_field(owner)
    return None


def _stored(model: type[Model], rows: dict[str, Any]) -> Any:
    """The stored rows of some ids."""
    return model._base_manager.filter(pk__in=list(rows))


def _checked(merge: Merge) -> Steps:
    """The steps of a merge that can be taken back."""
    if merge.undone_at:
        raise MergeError(_("这次合并已经撤销。"))
    if merge.steps is None:
        raise MergeError(_("这次合并没有留下撤销所需的记录。"))
    rows = MERGED[merge.resource]._base_manager
    kept = rows.filter(pk=merge.kept_id).values_list("state", flat=True).first()
    if kept != RecordState.ASSERTED:
        later = Merge.objects.filter(resource=merge.resource, gone_id=merge.kept_id, undone_at=None).first()
        if later:
            raise MergeError(
                _("“%(kept)s”后来又并入了“%(into)s”，请先撤销那次合并。")
                % {"kept": merge.kept_name, "into": later.kept_name}
            )
        raise MergeError(_("“%(kept)s”已被否定，不能撤销。") % {"kept": merge.kept_name})
    if standing := _in_the_way(merge.steps):
        raise MergeError(
            _("合并之后又有改动，不能撤销：%(rows)s%(more)s。")
            % {"rows": "、".join(standing[:SHOWN]), "more": _("等") if len(standing) > SHOWN else ""}
        )
    return merge.steps


def _in_the_way(steps: Steps) -> list[str]:
    """The rows that are not as the merge left them, and links to what is gone, in words."""
    found = []
    for label, kinds in steps.items():
        if label == QUESTION:
            continue
        model = apps.get_model("kb", label)
        left = {pk: {name: new for name, (_old, new) in row.items()} for pk, row in kinds["changed"].items()}
        now = _now(model, {**left, **kinds["made"]})
        found += [_named(model, pk) for pk, row in left.items() if now.get(pk) != row]
        found += [_named(model, pk) for pk, row in kinds["made"].items() if now.get(pk, row) != row]
        found += _lost_targets(model, kinds)
    return found


def _named(model: type[Model], pk: Any) -> str:
    """A row in words: `组织出处 5`."""
    return f"{model._meta.verbose_name} {pk}"


def _now(model: type[Model], rows: dict[str, Any]) -> dict[str, Any]:
    """The same columns of the same rows as they are stored, by id; those that are gone are left out."""
    columns = sorted({name for row in rows.values() for name in row})
    stored = _stored(model, rows).values("pk", *columns)
    return {str(each["pk"]): plain({name: each[name] for name in rows[str(each["pk"])]}) for each in stored}


def _lost_targets(model: type[Model], kinds: dict[str, Any]) -> list[str]:
    """The records that a row would point at again, and that are gone."""
    rows = [{name: old for name, (old, _new) in row.items()} for row in kinds["changed"].values()]
    rows += kinds["removed"].values()
    found = []
    for link in model._meta.concrete_fields:
        wanted = {row[link.attname] for row in rows if row.get(link.attname)} if link.is_relation else set()
        if wanted:
            target: Any = link.related_model
            there = set(target._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
            found += [_named(target, pk) for pk in sorted(wanted - there)]
    return found


def _put_back(steps: Steps, kept_id: int) -> None:
    """Writes the rows as they were: what was made goes, what was changed or removed returns."""
    for label, kinds in steps.items():
        _stored(apps.get_model("kb", label), kinds["made"]).delete()
    for label, kinds in steps.items():
        _change_back(apps.get_model("kb", label), kinds["changed"], kept_id)
    for label, kinds in steps.items():
        model: Any = apps.get_model("kb", label)
        model._base_manager.bulk_create([model(**row) for row in kinds["removed"].values()], batch_size=200)


def _change_back(model: type[Model], changed: dict[str, Any], kept_id: int) -> None:
    """Gives rows their old values; those with the same ones together, the record that was left first.

    It has the code of the one that comes back, and a code is unique.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(map(int, changed), key=lambda pk: pk != kept_id):
        alike[json.dumps({name: old for name, (old, _new) in changed[str(pk)].items()})].append(pk)
    columns = {field.attname: field for field in model._meta.concrete_fields}
    now = {"updated_at": timezone.now()} if "updated_at" in columns else {}
    for values, pks in alike.items():
        old = {name: columns[name].to_python(value) for name, value in json.loads(values).items()}
        model._base_manager.filter(pk__in=pks).update(**old, **now)
