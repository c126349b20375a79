"""The evidence of an article: its text with every record marked where it stands, beside the page's lines."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kb.evidence.kinds import KINDS
from kb.models import Article
from kb.web import links
from kb.web.lines import excerpt
from kb.web.names import CITIES
from kb.web.policy import page
from kb.web.records import SPANNED, Shown, read_records
from kb.web.segments import Segment, paragraphs
from kb.web.summary import OPENING


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the text with the record that a click on it opens, the innermost one."""

    segment: Segment
    record: Shown | None = None
    hint: str = ""
    anchors: tuple[str, ...] = ()
    """The records that begin here and are the innermost nowhere; an address can name them all the same."""


@page
def article_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page `/articles/{id}/`; `?lines=all` shows all lines of the newspaper page."""
    lines = request.GET.get("lines", "")
    if lines not in ("", "all"):
        raise Http404(_("参数 lines 只能是 all。"))
    rows = Article.objects.asserted().select_related("page__publication", "city")
    article = get_object_or_404(rows.prefetch_related("credits__author"), pk=pk)
    is_editor = may_edit(request.user)
    context = {
        "article": article,
        "city_code": _page_of_city(article),
        "admin": links.admin_record("article", article.pk) if request.user.is_staff else "",
        "api": links.api_record("articles", article.pk),
        "is_editor": is_editor,
        "lines": excerpt(article.page.raw_text, article.lines, whole=lines == "all"),
        "is_whole": lines == "all",
        "siblings": siblings(article),
        **marked(article, request.user, is_editor=is_editor),
    }
    return render(request, "web/article.html", context)


def may_edit(user: Any) -> bool:
    """Whether a person may change records of any kind at the words of articles."""
    return user.is_authenticated and any(user.has_perm(kind.right("change")) for kind in KINDS.values())


def marked(article: Article, user: Any, *, is_editor: bool) -> dict[str, Any]:
    """What of the page changes with the records: the marked text, their list, and their numbers."""
    records = read_records(article, is_staff=bool(user.is_staff), with_rejected=is_editor)
    return {
        "article": article,
        "is_editor": is_editor,
        "paragraphs": runs(article.body, records),
        "records": records,
        "legend": legend(records),
        "rejected_count": sum(record.is_rejected for record in records),
    }


def runs(body: str, records: list[Shown]) -> list[list[Run]]:
    """The paragraphs as runs of text, each with its record and with words about all that cover it."""
    known = {record.mark.key: record for record in records}
    cut = paragraphs(body, [record.mark for record in records])
    begin, own = dict[str, int](), set[str]()
    for segment in chain.from_iterable(cut):
        for mark in segment.marks:
            begin.setdefault(mark.key, segment.start)
        own.update(mark.key for mark in segment.marks[:1])
    return [
        [
            Run(
                segment,
                known[segment.marks[0].key] if segment.marks else None,
                "\n".join(known[mark.key].words for mark in segment.marks),
                tuple(
                    mark.key
                    for mark in segment.marks
                    if mark.key not in own and begin[mark.key] == segment.start
                ),
            )
            for segment in paragraph
        ]
        for paragraph in cut
    ]


def legend(records: list[Shown]) -> list[dict[str, Any]]:
    """The kinds with their labels and how many records of each the article has."""
    return [
        {
            "name": kind.value,
            "label": _(kind.label),
            "count": sum(record.mark.kind == kind.value for record in records),
        }
        for kind in SPANNED
    ]


def siblings(article: Article) -> list[Article]:
    """The articles of the same newspaper page, in order; one query."""
    rows = Article.objects.asserted().filter(page_id=article.page_id).only("pk", "title", "kind")
    return list(rows.annotate(opening=Left("body", OPENING)).order_by("ordinal", "pk"))


def _page_of_city(article: Article) -> str:
    """The code by which the article's 盟市 has a page; empty for others."""
    code = article.city.code if article.city else None
    return code if code in CITIES else ""
