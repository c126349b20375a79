"""The data of the overview's pictures as CSV, and the pictures themselves as SVG."""

from collections.abc import Callable, Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kb.tables.cells import Cell
from kb.tables.commas import csv_pieces
from kb.vocabulary import InitiativeKind, MetricStatus
from kb.web.names import CITIES, ELSEWHERE, QUANTITIES
from kb.web.numbers import date
from kb.web.overview import USUAL, problem, shown, summary_now
from kb.web.policy import page
from kb.web.summary import Summary

Rows = Iterable[Sequence[Cell]]

PICTURES = ("cities", "initiatives", "years", "largest")


def table(rows: Rows) -> str:
    """Rows as CSV with the mark by which Excel knows UTF-8."""
    headings, *others = rows
    return b"".join(csv_pieces([str(each) for each in headings], others)).decode()


def cities(summary: Summary) -> Rows:
    """Each 盟市 with its counts."""
    yield ("code", "city", *QUANTITIES)
    for code in (*CITIES, ELSEWHERE):
        yield (code, _name(code), *(summary.city(code)[name] for name in QUANTITIES))


def initiatives(summary: Summary) -> Rows:
    """Each 盟市 with its initiatives by kind."""
    yield ("code", "city", *(kind.value for kind in InitiativeKind))
    for code in (*CITIES, ELSEWHERE):
        counts = summary.initiatives.get(code, {})
        yield (code, _name(code), *(counts.get(kind.value, 0) for kind in InitiativeKind))


def years(summary: Summary) -> Rows:
    """Each year with its figures, done and planned; the last row is of those without a year."""
    yield ("year", *(status.value for status in MetricStatus))
    for when, counts in summary.years.items():
        yield (when or "", *(counts.get(status.value, 0) for status in MetricStatus))


def largest(summary: Summary) -> Rows:
    """The largest figures with what they count and where they stand."""
    yield ("value", "upper", "unit", "qualifier", "text", "subject", "city", "as_of", "article", "title")
    for metric in (figure.metric for figure in summary.largest):
        yield (
            metric.value.normalize().__format__("f"),
            "" if metric.upper is None else metric.upper.normalize().__format__("f"),
            metric.unit,
            metric.qualifier,
            metric.text,
            metric.subject,
            metric.city.name if metric.city else "",
            date(metric.as_of_on, metric.as_of_precision),
            metric.article_id,
            metric.article.title,
        )


def _name(code: str) -> str:
    return str(CITIES[code].full) if code else _("其他地方或未注明")


TABLES: dict[str, Callable[[Summary], Rows]] = {
    "cities": cities,
    "initiatives": initiatives,
    "years": years,
    "largest": largest,
}


@page
def overview_csv(request: HttpRequest, name: str) -> HttpResponse:
    """One table of the overview: cities, initiatives, years or largest."""
    if name not in TABLES:
        raise Http404(_("没有这张表。"))
    response = HttpResponse(table(TABLES[name](summary_now())), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@page
def overview_svg(request: HttpRequest, name: str) -> HttpResponse:
    """One picture of the overview as a file of its own: cities (`?by=`), initiatives, years or largest."""
    by = request.GET.get("by", USUAL)
    if name not in PICTURES:
        raise Http404(_("没有这幅图。"))
    if by not in QUANTITIES:
        return problem(request, _("地图只能按下列各项着色：") + "、".join(QUANTITIES), 400)
    context = {**shown(summary_now(), by), "standalone": True}
    return render(request, f"web/pictures/{name}.svg", context, content_type="image/svg+xml")
