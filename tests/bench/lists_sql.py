"""A filtered list of a hundred records through our whole stack, against the same SQL in a bare function."""

from functools import partial

from tests.bench.asking import asker, bare, medians, statements
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most

METRICS = "metrics/?city=150100&unit=人次&page_size=100"
INITIATIVES = "initiatives/?city=150100&kind=brand&page_size=100"
MILLION = 1_000_000


def against_sql(path: str, setting: Setting) -> Rounds:
    """Our application, called as a server calls it, and the statements that it ran."""
    return medians(asker(path), bare(statements(path)), setting.rounds())


ROWS = tuple(
    Row(
        f"list-sql-{name}",
        f"筛选列表，100 {measure}，整个 WSGI 应用，p50",
        "同样的 SQL，sqlite3／psycopg + orjson 的裸函数",
        at_most(2.0),
        partial(against_sql, path),
        databases=BOTH,
        metrics=(MILLION,),
    )
    for name, measure, path in (("metrics", "条数据", METRICS), ("initiatives", "项举措", INITIATIVES))
)
