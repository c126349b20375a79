"""The overview: how much there is, where, of what kind, when, and the largest figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kb.vocabulary import InitiativeKind, MetricStatus
from kb.web.kept import kept
from kb.web.names import QUANTITIES
from kb.web.pictures import (
    BAR_STEP,
    COLUMN_STEP,
    FILLS,
    LINE_STEP,
    city_rows,
    initiative_bars,
    shades,
    year_columns,
)
from kb.web.policy import page
from kb.web.summary import Summary, read_summary
from kb.web.tiles import VIEW

USUAL = "articles"
TOTALS = ("pages", "articles", "initiatives", "organisations", "places", "metrics")


def summary_now() -> Summary:
    """The summary, at most some minutes old where the tables are large."""
    return kept("web:summary", read_summary)


@page
def overview_page(request: HttpRequest) -> HttpResponse:
    """The page `/`; `?by=` chooses what colours the map."""
    by = request.GET.get("by", USUAL)
    if by not in QUANTITIES:
        return problem(request, _("地图只能按下列各项着色：") + "、".join(QUANTITIES), 400)
    return render(request, "web/overview.html", shown(summary_now(), by))


def shown(summary: Summary, by: str) -> dict[str, Any]:
    """What the page and its pictures are made of."""
    bars, columns = initiative_bars(summary), year_columns(summary)
    return {
        "by": by,
        "by_label": QUANTITIES[by],
        "quantities": QUANTITIES,
        "counts": [(name, summary.totals[name]) for name in TOTALS],
        "view": VIEW,
        "shades": shades(summary, by),
        "city_rows": city_rows(summary, by),
        "kinds": list(InitiativeKind),
        "bars": bars,
        "bars_height": BAR_STEP * len(bars) + 50,
        "fills": FILLS,
        "columns": columns,
        "years_width": COLUMN_STEP * max(len(columns), 6),
        "statuses": list(MetricStatus),
        "undated": sum(summary.years.get(None, {}).values()),
        "largest": summary.largest,
        "largest_height": LINE_STEP * len(summary.largest) + 20,
        "latest": summary.latest,
    }


def problem(request: HttpRequest, text: str, status: int) -> HttpResponse:
    """A page that says what was wrong with the address."""
    return render(request, "web/problem.html", {"text": text}, status=status)
