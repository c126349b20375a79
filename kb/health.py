"""Whether the program lives, and whether it can do its work: for the container, the proxy and the monitor."""

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kb.models import Delivery
from kb.search_index import INDEXES
from kb.vocabulary import DeliveryState

Check = Callable[[], str | None]
"""Tells in Chinese what is wrong, or None."""

LOOKED_AT = 20
"""Rows of each kind, the newest, that have to be in the search index."""


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponseBase:
    """200 as long as the process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponseBase:
    """200 where every check is content, else 503 with the reasons; without a database no more is asked."""
    found: dict[str, str | None] = {}
    for path in settings.HEALTH_CHECKS:
        name = path.rsplit(".", 1)[-1]
        found[name] = _reason(import_string(path))
        if found["database"]:
            break
    reasons = {name: reason for name, reason in found.items() if reason}
    answer = {
        "status": "unavailable" if reasons else "ok",
        "checks": {name: reason or "ok" for name, reason in found.items()},
    }
    return JsonResponse(answer, status=503 if reasons else 200, json_dumps_params={"ensure_ascii": False})


def _reason(check: Check) -> str | None:
    """What a check finds; the words of a database's error are for the log alone."""
    try:
        return check()
    except DatabaseError:
        return "数据库不能用"


def database() -> str | None:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def migrations() -> str | None:
    """Whether the tables are those of this version; once they are, a process asks no more."""
    if migrations.__dict__.get("done"):
        return None
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return f"还有 {len(plan)} 个迁移没有执行，请运行 manage.py migrate"
    migrations.__dict__["done"] = True
    return None


def search() -> str | None:
    """Whether the newest rows of each kind are in the search index."""
    for index in INDEXES.values():
        model = apps.get_model("kb", index.model)
        newest = list(model._base_manager.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
        marks = ", ".join(["%s"] * len(newest))
        with connection.cursor() as cursor:
            if newest:
                cursor.execute(f"SELECT count(*) FROM {index.table} WHERE rowid IN ({marks})", newest)  # noqa: S608 - our own names
                if cursor.fetchone()[0] < len(newest):
                    return f"{model._meta.verbose_name}的检索索引不全，请运行 manage.py rebuild_search"
    return None


def webhooks() -> str | None:
    """Whether notices of changes have waited too long for a worker."""
    late = timezone.now() - timedelta(seconds=settings.KB_WORKER_LAG)
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING.value, webhook__is_active=True)
    if waiting.filter(due_at__lt=late).exists():
        return "变更通知积压：deliver_webhooks 没有运行或跟不上"
    return None
