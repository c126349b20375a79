"""Merging two records, taking it back, and all that the tables hold before and after."""

from django.apps import apps

from kb.changes import attributed
from kb.merging.merge import merge
from kb.merging.undo import unmerge
from kb.models.history import HistoryRow

TELL_OF_CHANGES = {"kb_change", "kb_merge", "kb_changecontext"}


def everything():
    """Every row of every table but those that tell of changes, and the times of rows."""
    found = {}
    for model in apps.get_app_config("kb").get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed or issubclass(model, HistoryRow) or table in TELL_OF_CHANGES:
            continue
        columns = [
            f.attname for f in model._meta.concrete_fields if f.name not in ("updated_at", "created_at")
        ]
        found[table] = {row["id"]: row for row in model.objects.order_by("pk").values(*columns)}
    return found


def join(gone, kept):
    with attributed("张三"):
        return merge(gone, kept)


def undo(merged):
    with attributed("李四"):
        unmerge(merged)
