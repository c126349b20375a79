"""The five-thousandth page of a list, against its first."""

from tests.bench.asking import asker, medians
from tests.bench.lists_sql import MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most

SIZE, PAGE = 100, 5000


def last_against_first(setting: Setting) -> Rounds:
    """Page 5,000 of all figures (with little data, the last one), and page 1."""
    from api.pagination import Cursor
    from kb.models import Metric

    rows = Metric.objects.order_by("id").values_list("id", flat=True)
    at = min(SIZE * (PAGE - 1), setting.size(MILLION) - 2 * SIZE) - 1
    cursor = Cursor("id", (rows[at],)).text()
    list_of = f"metrics/?page_size={SIZE}"
    return medians(asker(f"{list_of}&cursor={cursor}"), asker(list_of), setting.rounds())


ROWS = (
    Row(
        "page-5000",
        "列表第 5000 页（每页 100 条）",
        "第 1 页",
        at_most(1.1),
        last_against_first,
        databases=BOTH,
        metrics=(MILLION,),
    ),
)
