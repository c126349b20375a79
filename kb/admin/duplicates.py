"""The page of records that may be one: both side by side, merged or told apart by one click."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kb.merging.duplicates import Pair, pairs, pairs_apart, tell_apart
from kb.merging.evidence import Side, sides
from kb.merging.merge import MERGED, MergeError, merge
from kb.models import Place
from kb.models.merges import MERGEABLE
from kb.names import quotable
from kb.vocabulary import PlaceLevel
from kb.web.kept import kept

PAGE = 10
"""Pairs on one page."""
MOST = 1000
"""Pairs that are kept and can be leafed through."""


def has_right(request: HttpRequest, resource: str, action: str) -> bool:
    """Whether a person may view or change the records of a resource."""
    meta = MERGED[resource]._meta
    held = [
        request.user.has_perm(f"{meta.app_label}.{each}_{meta.model_name}") for each in (action, "change")
    ]
    return any(held)


def way_in(request: HttpRequest) -> str:
    """The address of the pairs that a person may merge, the first kind of them; empty where there is none."""
    mine = [name for name, _label in MERGEABLE if has_right(request, name, "change")]
    return reverse("admin:kb_merge_duplicates", args=mine[:1]) if mine and request.user.is_staff else ""


def duplicates_view(admin_site: Any, request: HttpRequest, resource: str) -> HttpResponse:
    """The pairs of a resource, and what a person decides about one."""
    if resource not in MERGED:
        raise Http404
    if not has_right(request, resource, "change" if request.method == "POST" else "view"):
        raise PermissionDenied
    if request.method == "POST":
        decide(request, resource)
        return HttpResponseRedirect(request.get_full_path())
    city = request.GET.get("city", "")
    chosen = int(city) if city.isdecimal() and len(city) < 19 else None
    found = Paginator(known_pairs(resource, chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        **admin_site.each_context(request),
        "title": _("可能重复"),
        "resource": resource,
        "resources": MERGEABLE,
        "city": chosen,
        "cities": Place.objects.filter(level=PlaceLevel.CITY)
        .order_by("code", "pk")
        .values_list("pk", "name"),
        "page": found,
        "cards": cards(resource, list(found.object_list)),
        "may_change": has_right(request, resource, "change"),
        "form_view": f"admin:kb_{MERGED[resource]._meta.model_name}_change",
    }
    return TemplateResponse(request, "admin/merging/duplicates.html", context)


def known_pairs(resource: str, city: int | None) -> list[Pair]:
    """The likeliest pairs, MOST at the most, without those that have been decided; two queries.

    All records are compared only now and then (kb/web/kept.py); what was decided since is left out at once.
    """
    key = f"merging:pairs:{resource}:{city or ''}"
    found = kept(key, lambda: pairs(resource, city)[:MOST])
    ids = {pk for pair in found for pk in (pair.lower, pair.upper)}
    standing = set(MERGED[resource].objects.asserted().filter(pk__in=ids).values_list("pk", flat=True))
    apart = pairs_apart(resource)
    return [
        pair
        for pair in found
        if {pair.lower, pair.upper} <= standing and (pair.lower, pair.upper) not in apart
    ]


def cards(resource: str, found: list[Pair]) -> list[dict[str, Any]]:
    """The pairs as they are shown, the record with more evidence first: it is the likelier to be left."""
    known = sides(MERGED[resource], [pk for pair in found for pk in (pair.lower, pair.upper)])
    shown = []
    for pair in found:
        if pair.lower in known and pair.upper in known:
            two = sorted((known[pair.lower], known[pair.upper]), key=_evidence, reverse=True)
            shown.append({"reasons": [_(reason) for reason in pair.reasons], "sides": compared(two)})
    return shown


def _evidence(side: Side) -> tuple[int, int]:
    """How much speaks for a record: its evidence, then its age."""
    return side.mentions + side.metrics, -side.row.pk


def compared(two: list[Side]) -> list[dict[str, Any]]:
    """Both sides, each with the other's id and which of its fields differ."""
    one, other = two
    return [
        {
            "side": side,
            "other": against.row,
            "fields": [(label, text, text != against.fields[label]) for label, text in side.fields.items()],
        }
        for side, against in ((one, other), (other, one))
    ]


def decide(request: HttpRequest, resource: str) -> None:
    """Merges two records, or notes that they are not one, and says so."""
    chosen = [request.POST.get(name, "") for name in ("gone", "kept")]
    if not all(text.isdecimal() and len(text) < 19 for text in chosen):
        raise Http404
    gone, kept = map(int, chosen)
    rows: Any = MERGED[resource].objects.select_for_update().filter(pk__in=(gone, kept)).order_by("pk")
    with transaction.atomic():
        found = {row.pk: row for row in rows}
        if len(found) != 2:
            raise Http404
        if request.POST.get("decision") == "distinct":
            tell_apart(resource, gone, kept, request.user.get_username())
            messages.success(request, _("已记下：它们不是同一个，不再提示。"))
            return
        try:
            merged = merge(found[gone], found[kept])
        except MergeError as error:
            messages.error(request, str(error))
            return
    address = reverse("admin:kb_merge_undo", args=[merged.pk])
    text = _("“%(gone)s”已并入“%(kept)s”。") % {
        "gone": quotable(found[gone]),
        "kept": quotable(found[kept]),
    }
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, address, _("撤销")))
