"""Figures for Prometheus: the requests of this program, and what waits in its queues.

Several processes add up their figures in the files of a folder (`KB_METRICS_DIR`); without one, each process
tells its own.
"""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from kb.models import Delivery

Reading = tuple[str, str, dict[str, str], float]
"""The name of a figure, what it means, its labels, its value."""

ANSWERS = Counter("kb_http_answers", "Answers by method, route and status", ["method", "route", "status"])
SECONDS = Histogram("kb_http_seconds", "Seconds until an answer begins", ["method", "route"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class MetricsMiddleware:
    """Counts answers and how long they took, by route: addresses of single records are one route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, counted."""
        begun = time.perf_counter()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        route = request.resolver_match.route if request.resolver_match else "none"
        SECONDS.labels(method, route).observe(time.perf_counter() - begun)
        ANSWERS.labels(method, route, str(response.status_code)).inc()
        return response


class _Readings(Collector):
    """What the tables and the pool say at this moment."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family a name, with all its labels."""
        families: dict[str, GaugeMetricFamily] = {}
        for path in settings.METRICS_READINGS:
            for name, meaning, labels, value in import_string(path)():
                family = families.setdefault(name, GaugeMetricFamily(name, meaning, labels=list(labels)))
                family.add_metric(list(labels.values()), value)
        return iter(families.values())


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for who has the token; without a token set, there is no such page."""
    if not settings.KB_METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not secrets.compare_digest(given, settings.KB_METRICS_TOKEN.encode()):
        return HttpResponse(
            "401\n", status=401, headers={"WWW-Authenticate": "Bearer"}, content_type="text/plain"
        )
    registry = CollectorRegistry()
    registry.register(_Readings())
    own = REGISTRY
    if settings.KB_METRICS_DIR:
        own = CollectorRegistry()
        MultiProcessCollector(own)
    return HttpResponse(generate_latest(own) + generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def pool() -> Iterable[Reading]:
    """The connections of this process to PostgreSQL, where its threads share a pool."""
    shared = getattr(connection, "pool", None)
    stats = shared.get_stats() if shared else {}
    for name in ("pool_size", "pool_available", "requests_waiting", "requests_errors"):
        if shared:
            yield (
                "kb_database_pool",
                "The pool of connections of one process",
                {"what": name},
                stats.get(name, 0),
            )


def deliveries() -> Iterable[Reading]:
    """How many notices of changes are in each state."""
    for state, number in Delivery.objects.order_by().values_list("state").annotate(Count("pk")):
        yield "kb_webhook_deliveries", "Notices of changes by state", {"state": state}, number
