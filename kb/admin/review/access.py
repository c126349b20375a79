"""Who may look at the review queue, and who may decide."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from kb.models import Doubt
from kb.review.answers import answers_to

View = Callable[..., HttpResponse]


def may_decide(request: HttpRequest) -> bool:
    """Whether a person may decide doubts at all."""
    return request.user.has_perm("kb.change_doubt")


def may_answer(request: HttpRequest, doubt: Doubt) -> bool:
    """Whether a person may decide this doubt, which takes the rights on what the answer writes."""
    return may_decide(request) and request.user.has_perms(answers_to(doubt).rights)


def review_page(*methods: str, decides: bool = False) -> Callable[[View], View]:
    """A view for those who may look at doubts; where it `decides`, for those who may decide them.

    Whoever has not signed in is sent to do so.
    """

    def wrap(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("admin:login"))
            if not request.user.has_perm("kb.view_doubt") or (decides and not may_decide(request)):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)  # going back must not show an item that is decided
            return response

        return guarded

    return wrap
