"""The review pages: the next doubt, one doubt, all of a case, and taking the last decision back.

Everything works by plain forms. A request that asks for a part (`X-Review: part`) gets what changes on the
page alone, which kb/static/review/review.js puts in its place.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.admin.duplicates import way_in
from kb.admin.review.access import may_answer, may_decide, review_page
from kb.admin.review.filters import address_part, choices, read_narrowing
from kb.admin.review.shown import context, listed, stored
from kb.models import Decision, Doubt
from kb.review.answers import answers_to
from kb.review.decide import ACCEPT, REJECT, SKIP, Verdict, choose, decide, undo
from kb.review.queue import Narrowing, claim, claim_one
from kb.review.refusal import RefusedError

VERDICTS = {"accept": ACCEPT, "reject": REJECT, "skip": SKIP}


def wants_part(request: HttpRequest) -> bool:
    """Whether only what changes on the page is asked for."""
    return request.headers.get("X-Review") == "part"


@review_page("GET", "HEAD")
def queue_page(request: HttpRequest) -> HttpResponse:
    """The page `/review/`: the next doubt of the part of the queue that the address asks for."""
    narrowing = read_narrowing(request.GET)
    return whole_page(request, next_doubt(request, narrowing), narrowing)


def next_doubt(request: HttpRequest, narrowing: Narrowing, without: set[int] | None = None) -> Doubt | None:
    """The doubt that comes next: claimed for whoever may decide, just the first for a reader."""
    if not may_decide(request):
        first = narrowing.select().only("pk").first()
        return stored(first.pk) if first else None
    pk = claim(request.user, narrowing, without or ())
    return stored(pk) if pk else None


def whole_page(request: HttpRequest, doubt: Doubt | None, narrowing: Narrowing, **more: Any) -> HttpResponse:
    """A page with one doubt, the filters and the progress."""
    status = more.pop("status", 200)
    beside = {"choices": choices(narrowing), "duplicates": way_in(request)}
    values = context(request, doubt, narrowing, **more) | beside
    return render(request, "review/page.html", values, status=status)


def part(request: HttpRequest, doubt: Doubt | None, narrowing: Narrowing, **more: Any) -> HttpResponse:
    """What changes on the page: the doubt, the progress and what is to be said."""
    status = more.pop("status", 200)
    return render(request, "review/part.html", context(request, doubt, narrowing, **more), status=status)


@review_page("GET", "HEAD", "POST")
def doubt_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One doubt at its own address; POST decides it."""
    if request.method == "POST":
        return _decide(request, pk)
    doubt = stored(pk)
    if doubt is None:
        raise Http404(_("没有这条疑问。"))
    if may_decide(request):
        claim_one(request.user, pk)
    return whole_page(request, doubt, read_narrowing(request.GET))


def _decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the answer to one doubt and goes on to the next."""
    doubt = _answerable(request, pk)
    if doubt is None:
        return _go_on(request, RefusedError(_("这条疑问已经不在：版面重新导入后不再存疑。")))
    try:
        words = request.POST.get("typed", "").strip()
        verdict = _typed_verdict(doubt, words) if words else read_verdict(request)
    except RefusedError as error:
        return _stay(request, doubt, notice=str(error))
    except _SeveralError as several:
        return _stay(request, doubt, found=several.args[0], notice=several.args[1])
    return _go_on(request, _outcome(request, [pk], verdict))


def _answerable(request: HttpRequest, pk: int) -> Doubt | None:
    """The doubt, if it is there still; a person who may not answer it is refused."""
    if not may_decide(request):
        raise PermissionDenied
    doubt = stored(pk)
    if doubt and not may_answer(request, doubt):
        raise PermissionDenied
    return doubt


def read_verdict(request: HttpRequest) -> Verdict:
    """What the pressed button says."""
    if option := request.POST.get("option", ""):
        return choose(option)
    verdict = VERDICTS.get(request.POST.get("verdict", ""))
    if verdict is None:
        raise RefusedError(_("请选一个答复。"))
    return verdict


class _SeveralError(Exception):
    """Typed words mean several records or none: the options, and what to say."""


def _typed_verdict(doubt: Doubt, words: str) -> Verdict:
    """The reading that typed words mean."""
    search = answers_to(doubt).typed(words[:300].replace("\0", ""))
    if search.is_exact:
        return choose(search.found[0].key)
    count = len(search.found)
    told = _("没有找到“%(words)s”。") if not count else _("“%(words)s”找到下列 %(count)d 个，请选一个。")
    raise _SeveralError(search.found or None, told % {"words": words, "count": count})


def _outcome(request: HttpRequest, ids: list[int], verdict: Verdict) -> Decision | RefusedError:
    """The decision, or why there is none."""
    try:
        return decide(request.user, ids, verdict)
    except RefusedError as error:
        return error


def _stay(request: HttpRequest, doubt: Doubt, **more: Any) -> HttpResponse:
    """The same doubt once more, with what was found or what was wrong."""
    claim_one(request.user, doubt.pk)
    answer = part if wants_part(request) else whole_page
    return answer(request, doubt, read_narrowing(request.POST), status=422, **more)


def _go_on(request: HttpRequest, outcome: Decision | RefusedError) -> HttpResponse:
    """The next doubt, with what became of the last one; 409 where that was refused."""
    narrowing = read_narrowing(request.POST)
    is_refused = isinstance(outcome, RefusedError)
    notice = str(outcome) if isinstance(outcome, RefusedError) else told(outcome)
    if not wants_part(request):
        messages.add_message(request, messages.WARNING if is_refused else messages.SUCCESS, notice)
        return HttpResponseRedirect(reverse("review:queue") + address_part(narrowing))
    following = next_doubt(request, narrowing, _on_screen(request))
    return part(request, following, narrowing, notice=notice, status=409 if is_refused else 200)


def told(decision: Decision) -> str:
    """A decision in words: `已采纳：玉泉区`, `已否定 12 条`."""
    if decision.doubts_count == 1:
        return str(decision)
    counted = ngettext("%(what)s，共 %(count)d 条", "%(what)s，共 %(count)d 条", decision.doubts_count)
    return counted % {"what": decision, "count": decision.doubts_count}


def _on_screen(request: HttpRequest) -> set[int]:
    """The doubt that the person sees at this moment, which is not to be given once more."""
    value = request.POST.get("shown", "")
    return {int(value)} if value.isascii() and value.isdecimal() and len(value) < 19 else set()


@review_page("POST", decides=True)
def ahead(request: HttpRequest) -> HttpResponse:
    """The doubt after the one on the screen, fetched ahead; renews the lease on that one."""
    narrowing, on_screen = read_narrowing(request.POST), _on_screen(request)
    for pk in on_screen:
        claim_one(request.user, pk)
    return part(request, next_doubt(request, narrowing, on_screen), narrowing)


@review_page("POST", decides=True)
def undo_last(request: HttpRequest) -> HttpResponse:
    """Takes the person's last decision back and shows its doubt again."""
    narrowing = read_narrowing(request.POST)
    try:
        decision, pk = undo(request.user)
    except RefusedError as error:
        return _go_on(request, error)
    notice = _("已撤销：%(decision)s") % {"decision": told(decision)}
    if wants_part(request):
        return part(request, stored(pk), narrowing, notice=notice)
    messages.success(request, notice)
    return HttpResponseRedirect(reverse("review:doubt", args=[pk]) + address_part(narrowing))


@review_page("GET", "HEAD", "POST", decides=True)
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All doubts of the case of one, to be decided at one stroke."""
    doubt = _answerable(request, pk)
    if doubt is None:
        raise Http404(_("没有这条疑问。"))
    narrowing = read_narrowing(request.POST or request.GET)
    notice, status = "", 200
    if request.method == "POST":
        chosen = [int(value) for value in request.POST.getlist("doubts") if value.isdecimal()]
        try:
            verdict = read_verdict(request)
            mine = _of_case(doubt, chosen)
        except RefusedError as error:
            notice, status = str(error), 422
        else:
            return _go_on(request, _outcome(request, mine, verdict))
    claim_one(request.user, pk)
    values = context(request, doubt, narrowing, notice=notice) | listed(request, doubt)
    return render(request, "review/case.html", values, status=status)


def _of_case(doubt: Doubt, chosen: list[int]) -> list[int]:
    """The chosen doubts that are of the case; raises RefusedError where none is."""
    rows = Doubt.objects.filter(pk__in=chosen[:1000], case_key=doubt.case_key)
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    if not found:
        raise RefusedError(_("请至少选一条。"))
    return found
