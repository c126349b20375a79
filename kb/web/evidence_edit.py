"""What an editor does on the evidence page, without leaving it: confirm, reject, correct, add, take back.

Whatever was done answers with the marked text and the list of records as they are now.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kb.changes import attributed
from kb.evidence.candidates import candidates
from kb.evidence.deciding import (
    OutdatedError,
    RefusedError,
    Undo,
    accept,
    held_row,
    read_undo,
    reject,
    take_back,
)
from kb.evidence.kinds import KINDS, Kind
from kb.models import Article
from kb.web.evidence import marked, may_edit
from kb.web.evidence_forms import RecordForm, save, shown_form

View = Callable[..., HttpResponse]
DECISIONS = {"accept": accept, "reject": reject}


def editing(*methods: str) -> Callable[[View], View]:
    """A view for editors alone; what is refused is told in words, with a status that says why."""

    def guard(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_edit(request.user):
                return _refusal(_("只有编辑可以修改记录。"), 403)
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as error:
                return _refusal(str(error), 403)
            except OutdatedError as error:
                return _refusal(str(error), 409)
            except RefusedError as error:
                return _refusal(str(error), 400)
            except ValidationError as error:
                return _refusal("；".join(error.messages), 400)
            except IntegrityError:
                return _refusal(_("与库中已有的记录冲突，没有保存。"), 409)

        return guarded

    return guard


def _refusal(words: str, status: int) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)


@editing("POST")
def decide(request: HttpRequest, pk: int, kind: str, row: int, action: str) -> HttpResponse:
    """Confirms or rejects a record, in the version that the editor saw."""
    what, article = _kind(kind), _article(pk)
    check_right(request, what.right("change"))
    with attributed(request.user.get_username()):
        record = held_row(what, article.pk, row, request.POST.get("version", ""))
        undo = DECISIONS[action](what, record, request.user)
    words = _("已确认：%s") if action == "accept" else _("已否定：%s")
    return _done(request, article, words % record.text, undo)


@editing("POST")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what the same editor just did."""
    article, done = _article(pk), read_undo(request.POST.get("undo", ""), request.user)
    check_right(request, _kind(done.kind).right("change"))
    with attributed(request.user.get_username()):
        take_back(done, article.pk)
    answer = {"message": _("已撤销。"), "key": f"{done.kind}-{done.pk}", "undo": ""}
    return JsonResponse(answer | _parts(request, article))


@editing("GET", "POST")
def record(request: HttpRequest, pk: int, kind: str, row: int | None = None) -> HttpResponse:
    """The form of a record, or of a new one at chosen words, and storing it (422: the form with errors)."""
    what, article = _kind(kind), _article(pk)
    check_right(request, what.right("change" if row else "add"))
    if request.method == "GET":
        return JsonResponse({"form": shown_form(request, RecordForm.of(what, article, request.GET, row))})
    with attributed(request.user.get_username()):
        form = RecordForm.of(what, article, request.POST, row, bound=True)
        if not form.form.is_valid():
            return JsonResponse({"form": shown_form(request, form)}, status=422)
        if form.makes_entity:
            check_right(request, f"kb.add_{kind}")
        undo, text = save(form, request.user)
    return _done(request, article, (_("已保存：%s") if row else _("已添加：%s")) % text, undo)


@editing("GET")
def entities(request: HttpRequest, kind: str) -> HttpResponse:
    """The entities that typed words may mean."""
    return JsonResponse({"results": candidates(_kind(kind).name, request.GET.get("q", ""))})


def check_right(request: HttpRequest, right: str) -> None:
    """Refuses what a person has no right to."""
    if not request.user.has_perm(right):
        raise PermissionDenied(_("没有这项权限。"))


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.asserted().select_related("city"), pk=pk)


def _done(request: HttpRequest, article: Article, words: str, undo: Undo) -> JsonResponse:
    """What was done, how to take it back, and the parts of the page that it changed."""
    answer = {"message": words, "key": f"{undo.kind}-{undo.pk}", "undo": undo.signed(request.user)}
    return JsonResponse(answer | _parts(request, article))


def _parts(request: HttpRequest, article: Article) -> dict[str, Any]:
    context = marked(article, request.user, is_editor=True)
    counts = {kind["name"]: kind["count"] for kind in context["legend"]}
    return {
        "text": render_to_string("web/evidence/text.html", context, request),
        "records": render_to_string("web/evidence/records.html", context, request),
        "counts": counts | {"rejected": context["rejected_count"]},
    }
