"""The same list over HTTP: against bare SQL and plain DRF on the same server, and against Datasette."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.bench.asking import API, medians, statements
from tests.bench.lists_sql import METRICS, MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_least, at_most
from tests.bench.servers import client, datasette, granian

CALLS = 25
OURS = "kb.wsgi:application"


def against_sql(setting: Setting) -> Rounds:
    """Both on granian, with one worker."""
    with ExitStack() as servers, tempfile.NamedTemporaryFile(suffix=".json") as file:
        Path(file.name).write_bytes(orjson.dumps(statements(METRICS), default=str))
        ours = servers.enter_context(granian(OURS))
        rival = servers.enter_context(
            granian("tests.bench.rival_sql:application", BENCH_STATEMENTS=file.name)
        )
        return _medians(client(ours, API + METRICS), client(rival, "/"), setting)


def against_drf(setting: Setting) -> Rounds:
    """Both on granian, with one worker."""
    with granian(OURS) as ours, granian("tests.bench.rival_drf:application") as rival:
        query = urlencode({"city__code": "150100", "unit": "人次", "limit": 100})
        return medians(client(ours, API + METRICS), client(rival, f"/metrics/?{query}"), setting.rounds(), 5)


def against_datasette(setting: Setting) -> Rounds:
    """Datasette on its own server; it is asked for the names behind links, and not to count."""
    file = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
    with granian(OURS) as ours, datasette(file) as rival:
        wanted = {"city_id": _city(), "unit": "人次", "state": "asserted", "_size": 100, "_shape": "objects"}
        query = urlencode({**wanted, "_labels": "on", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1})
        path = f"/{Path(file).stem}/kb_metric.json?{query}"
        return _medians(client(ours, API + METRICS), client(rival, path), setting)


def _city() -> int:
    from kb.models import Place

    return Place.objects.get(code="150100").pk


def _medians(ours: Any, rival: Any, setting: Setting) -> Rounds:
    return medians(ours, rival, setting.rounds(), CALLS)


WHAT = "筛选列表，100 条数据，granian 上，经 HTTP"
ROWS = (
    Row("list-http-sql", WHAT, "同样的 SQL + orjson 的最小 WSGI 应用，同一服务器", at_most(2.0), against_sql,
        databases=BOTH, metrics=(MILLION,)),
    Row("list-http-drf", f"{WHAT}，每秒请求数", "普通 DRF（ModelSerializer + LimitOffset），同一服务器",
        at_least(5.0), against_drf, databases=BOTH, metrics=(MILLION,)),
    Row("list-http-datasette", f"{WHAT}，每秒请求数", "同一 SQLite 文件上的 Datasette", at_least(3.0),
        against_datasette, databases=("sqlite",), metrics=(MILLION,)),
)  # fmt: skip
