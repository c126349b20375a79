"""What every page for readers has in common: it is only read, and by those who may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.http import require_safe


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is only read; where reading is closed, by those who have signed in."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.KB_PUBLIC_READ and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("admin:login"))
        return view(request, *args, **kwargs)

    return guarded
