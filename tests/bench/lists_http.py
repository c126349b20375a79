"""The same list over HTTP: against bare SQL and plain DRF on the same server, and against Datasette."""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from tests.bench.asking import API, medians, statements
from tests.bench.lists_sql import METRICS, MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_least, at_most
from tests.bench.servers import Server, client, datasette, granian

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


SAME_LIST = """
SELECT m.id, m.text, m.value, m.upper, m.unit, m.qualifier, m.low, m.high, m.subject, m.status,
    m.period_from_on, m.period_from_precision, m.period_from_text,
    m.as_of_on, m.as_of_precision, m.as_of_text,
    m.initiative_id, i.name AS initiative, m.organisation_id, o.name AS organisation,
    m.place_id, p.name AS place, p.code AS place_code, m.city_id, c.name AS city, c.code AS city_code,
    m.article_id, a.title AS article, m.start, m."end", m.locked, m.updated_at,
    substr(a.body, max(m.start - 20, 0) + 1, m."end" - max(m.start - 20, 0) + 20) AS context
FROM kb_metric m JOIN kb_article a ON a.id = m.article_id
LEFT JOIN kb_initiative i ON i.id = m.initiative_id LEFT JOIN kb_organisation o ON o.id = m.organisation_id
LEFT JOIN kb_place p ON p.id = m.place_id LEFT JOIN kb_place c ON c.id = m.city_id
WHERE m.state = 'asserted' AND m.unit = :unit AND m.city_id = (SELECT id FROM kb_place WHERE code = :city)
ORDER BY m.id LIMIT 100
"""
"""What our list tells of a figure: the names behind its links, and the words around it in the article."""


def against_datasette(setting: Setting) -> Rounds:
    """Datasette on its own server, asked by SQL for all that our list tells."""
    with granian(OURS) as ours, datasette(_file()) as rival:
        wanted = {"sql": " ".join(SAME_LIST.split()), "city": "150100", "unit": "人次", "_shape": "objects"}
        path = f"/{Path(_file()).stem}.json?{urlencode(wanted, quote_via=quote)}"
        return _by_processor(ours, rival, path, setting)


def against_its_table(setting: Setting) -> Rounds:
    """Datasette's page of the table, asked for the names behind links, and not to count."""
    with granian(OURS) as ours, datasette(_file()) as rival:
        wanted = {"city_id": _city(), "unit": "人次", "state": "asserted", "_size": 100, "_shape": "objects"}
        query = urlencode({**wanted, "_labels": "on", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1})
        return _by_processor(ours, rival, f"/{Path(_file()).stem}/kb_metric.json?{query}", setting)


def _by_processor(ours: Server, rival: Server, path: str, setting: Setting) -> Rounds:
    """Rounds by turns in which counts what the servers' processors do: one core answers 1/that a second."""
    asked = (ours, client(ours, API + METRICS)), (rival, client(rival, path))
    for _, ask in asked:
        for _ in range(CALLS):
            ask()
    return Rounds(
        tuple((_spent(*asked[0]) / CALLS, _spent(*asked[1]) / CALLS) for _ in range(setting.rounds()))
    )


def _spent(server: Server, ask: Callable[[], object]) -> float:
    """Seconds of processor that a round of calls takes the server."""
    before = server.seconds()
    for _ in range(CALLS):
        ask()
    return server.seconds() - before


def _file() -> str:
    return os.environ["DATABASE_URL"].removeprefix("sqlite:///")


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
    Row("list-http-datasette", f"{WHAT}，一个核每秒请求数", "Datasette，同一文件，用 SQL 问同样的内容",
        at_least(3.0), against_datasette, databases=("sqlite",), metrics=(MILLION,),
        bound="对方只执行手写的一句，见“接口”一节"),
    Row("list-http-datasette-table", f"{WHAT}，一个核每秒请求数",
        "Datasette 的表页面：链接只有名称，没有代码，没有原文上下文", at_least(3.0), against_its_table,
        databases=("sqlite",), metrics=(MILLION,),
        bound="对方答得少：没有上下文和代码；我们的时间见“接口”一节"),
)  # fmt: skip
