"""The lists that numbers lead to: records of one kind, narrowed by the address, the latest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Article, CityInitiative, Initiative, Metric, Organisation, Page, Place
from kb.web.figured import figures_about, with_figures
from kb.web.links import api_list, web_list
from kb.web.narrowing import DATED, LABELS, UnknownError, conditions
from kb.web.overview import problem
from kb.web.policy import page
from kb.web.summary import OPENING, in_words

A_PAGE = 50
MOST_PARAMETERS = 12
"""No address of ours has more; each may cost a query."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a list: what it is about, its value in words, the list without it."""

    label: str | Promise
    words: str
    without: str


def _articles() -> QuerySet:
    titles = Article.objects.select_related("page__publication", "city").defer("body", "page__raw_text")
    return titles.annotate(opening=Left("body", OPENING))


def _pages() -> QuerySet:
    """Pages with the titles on them; two queries."""
    titles = (
        Article.objects.asserted()
        .select_related("city")
        .defer("body")
        .annotate(opening=Left("body", OPENING))
        .order_by("pk")
    )
    on_it = Prefetch("articles", queryset=titles)
    return Page.objects.select_related("publication", "home_city").defer("raw_text").prefetch_related(on_it)


LISTS: dict[str, tuple[Promise, Callable[[], Any]]] = {
    "pages": (gettext_lazy("版面"), _pages),
    "articles": (gettext_lazy("文章"), _articles),
    "initiatives": (
        gettext_lazy("举措"),
        lambda: Initiative.objects.select_related("city").prefetch_related("organisers"),
    ),
    "organisations": (gettext_lazy("组织"), lambda: Organisation.objects.select_related("city")),
    "places": (gettext_lazy("地名"), lambda: Place.objects.select_related("city")),
    "metrics": (gettext_lazy("数据"), lambda: Metric.objects.select_related("article", "city")),
}
"""Each list: its name in addresses, its heading, its rows with what showing them needs."""


@page
def list_page(request: HttpRequest, collection: str) -> HttpResponse:
    """The page `/lists/{collection}/`; an unknown parameter or value is a 400 that says which there are."""
    if collection not in LISTS:
        raise Http404(_("没有这个列表。"))
    heading, rows_of = LISTS[collection]
    given = {key: value for key, value in _single(request.GET).items() if value}
    after = given.pop("after", "")
    try:
        of_city = collection == "initiatives" and "city" in given and "q" not in given
        source = CityInitiative.objects.all() if of_city else rows_of().asserted()
        rows, chips = _narrowed(collection, source, given)
        dated = next((DATED[key] for key in given if key in DATED), "")
        ordered = _from(rows, after, dated)[: A_PAGE + 1]
        found = _by_ids(rows_of(), ordered) if dated or of_city else list(ordered)
    except UnknownError as refusal:
        return problem(request, str(refusal), 400)
    shown = found[:A_PAGE]
    context = {
        "name": collection,
        "heading": heading,
        "chips": chips,
        "records": [in_words(row) for row in shown] if collection == "metrics" else shown,
        "next": web_list(collection, **given, after=shown[-1].pk) if len(found) > A_PAGE else "",
        "newest": web_list(collection, **given) if after else "",
        "figures": figures_about(given) if collection == "articles" else "",
        "figured": with_figures(shown),
        "csv": api_list(collection, **given, format="csv"),
    }
    return render(request, "web/list.html", context)


def _single(asked: QueryDict) -> dict[str, str]:
    """The parameters, each of them once."""
    if len(asked) > MOST_PARAMETERS or any(len(asked.getlist(key)) > 1 for key in asked):
        raise Http404(_("没有这个列表。"))
    return {key: str(asked[key]).strip() for key in asked}


def _narrowed(name: str, rows: QuerySet, given: dict[str, str]) -> tuple[QuerySet, list[Chip]]:
    """The rows that meet all conditions, and the conditions in words."""
    known = conditions(name, given)
    chips = []
    for key, value in given.items():
        if key not in known:
            raise UnknownError(
                _("没有参数 %(name)s；可用的有：%(known)s。")
                % {"name": key[:50], "known": "、".join([*known, "after"])}
            )
        if "\0" in value or len(value) > 200:
            raise UnknownError(_("参数 %(name)s 的值太长，或含有不能用的字符。") % {"name": key})
        rows, words = known[key](rows, value)
        without = web_list(name, **{other: each for other, each in given.items() if other != key})
        chips.append(Chip(LABELS[key], words, without))
    return rows, chips


def _by_ids(rows: Any, ordered: QuerySet) -> list[Any]:
    """The rows whose ids are read alone, in their order.

    SQLite sorts those of one date, and would sort all that is shown; a table of its own has the
    initiatives of a 盟市, which their own table would have to be searched for.
    """
    ids = list(ordered.values_list("pk", flat=True))
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _from(rows: Any, after: str, dated: str = "") -> Any:
    """The latest rows first, by a date or as they were read in, behind the one the page before ended with."""
    rows = rows.order_by(*([F(dated).desc(nulls_last=True)] if dated else []), "-pk")
    if not after:
        return rows
    if not after.isdecimal() or len(after) > 18:
        raise UnknownError(_("参数 after 是上一页最后一条的编号。"))
    behind = Q(pk__lt=int(after))
    if not dated:
        return rows.filter(behind)
    last = rows.model.objects.filter(pk=int(after)).values_list(dated, flat=True).first()
    if last is None:
        raise UnknownError(_("参数 after 是上一页最后一条的编号。"))
    return rows.filter(Q(**{f"{dated}__lt": last}) | behind, **{f"{dated}__lte": last})
