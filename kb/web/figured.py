"""Which organisations and initiatives have figures, so that nothing leads to an empty list of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from kb.models import Initiative, Metric, Organisation
from kb.web.links import web_list

FIGURED: dict[str, Any] = {"organisation": Organisation, "initiative": Initiative}
"""What figures can be of, by the condition of articles and figures that names one."""


def with_figures(records: Sequence[Any]) -> frozenset[int]:
    """The ids of those organisations or initiatives that have figures; one query, none for other records."""
    by = next((by for by, model in FIGURED.items() if records and isinstance(records[0], model)), None)
    if by is None:
        return frozenset()
    having = Metric.objects.asserted().filter(**{by: OuterRef("pk")})
    found = FIGURED[by].objects.filter(Exists(having), pk__in=[record.pk for record in records])
    return frozenset(found.values_list("pk", flat=True))


def figures_about(given: dict[str, str]) -> str:
    """The list of the figures of what a list of articles is about, "" where there are none.

    At most one query. The values given are ids of records that are there: the list itself has asked for them.
    """
    about = {by: int(given[by]) for by in FIGURED if by in given}
    if not about or not Metric.objects.asserted().filter(**about).exists():
        return ""
    return web_list("metrics", **about)
