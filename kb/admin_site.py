"""The admin as a site, under the knowledge base's own name; whatever a person writes there bears the name."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from kb.admin_groups import grouped
from kb.changes import attributed

READING = ("GET", "HEAD", "OPTIONS")
OWN_TRANSACTIONS = "has_own_transactions"
"""A view with this attribute sees to `attributed()` itself: one that must not be a single transaction."""

View = Callable[..., Any]


class KnowledgeBaseAdminSite(AdminSite):
    """The admin with its titles."""

    site_header = _("党建知识库")
    site_title = _("党建知识库")
    index_title = _("管理")
    index_template = "review/admin_index.html"
    empty_value_display = "—"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The lists in the order of the work; those of one application as Django has them."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else grouped(apps)

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        """The view for people who may enter; what they send is written in one transaction, by their name."""
        guarded = super().admin_view(view, cacheable)
        if getattr(view, OWN_TRANSACTIONS, False):
            return guarded

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in READING or not request.user.is_authenticated:
                return guarded(request, *args, **kwargs)
            with attributed(request.user.get_username()):
                return guarded(request, *args, **kwargs)

        return update_wrapper(answer, guarded)
