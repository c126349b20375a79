"""What a hundred times as many records cost: each question at 1,000,000 figures, against 10,000."""

import statistics
from functools import partial

from tests.bench.asking import asker
from tests.bench.lists_sql import MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, affordable, at_most, timed
from tests.bench.questions import HAND_WRITTEN
from tests.bench.store import use

SMALL = 10_000
CALLS = 9
PATHS = {
    "list-metrics": ("筛选列表，数据", "metrics/?city=150100&unit=人次&page_size=50"),
    "list-initiatives": ("列表，举措", "initiatives/?page_size=100"),
    # Filters and sizes of pages that ten thousand figures fill: of the brands of a 盟市 they have eight.
    "list-brands": ("筛选列表，举措", "initiatives/?city=150100&kind=mechanism&page_size=20"),
    "list-organisations": ("列表，组织", "organisations/?page_size=100"),
    **{name: (what, path) for name, (what, path, _) in HAND_WRITTEN.items()},
    "fulltext": ("全文检索 q", "articles/?q=志愿服务&page_size=50"),
}


def large_against_small(path: str, setting: Setting) -> Rounds:
    """The same question to both databases by turns."""
    rounds, pairs = setting.rounds(5), []
    for _ in range(rounds):
        large, small = (_answer_time(path, setting, metrics, rounds) for metrics in (MILLION, SMALL))
        pairs.append((large, small))
    return Rounds(tuple(pairs))


def _answer_time(path: str, setting: Setting, metrics: int, rounds: int) -> float:
    """The median time of some answers after the first."""
    use(setting.database, setting.size(metrics))
    ask = asker(path)
    assert setting.quick or b'"next":null' not in ask(), f"{path} does not fill a page of {metrics} figures"
    calls = affordable(CALLS, rounds, 2 * timed(ask))
    return statistics.median(timed(ask) for _ in range(calls))


ROWS = tuple(
    Row(
        f"growth-{name}",
        f"{what}：100 万条数据",
        "1 万条数据",
        at_most(1.5),
        partial(large_against_small, path),
        databases=BOTH,
        metrics=(MILLION, SMALL),
    )
    for name, (what, path) in PATHS.items()
)
