"""Who may do what: reading, editing by one's rights, and within the scopes of a token."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from api.errors import Problem
from api.models import Token

RIGHTS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "change"}
"""The right on the model that a method takes. DELETE only marks a record as rejected, which in the admin too
takes the right to change; the right to delete is that of removing rows for good.
"""

ACTIONS = {"add": gettext_lazy("新增"), "change": gettext_lazy("修改")}
"""What people call what a right allows."""

WRITE = "can_write"
"""The scope that writing takes; a view that imports names another as `scope_of_creation`.

A view whose action takes another right than its method names it in `rights`: `{"merge": "change"}`.
"""


def may_read(request: Request) -> bool:
    """Whether reading is open to everybody, or the person has signed in."""
    return settings.KB_PUBLIC_READ or bool(request.user and request.user.is_authenticated)


class MayRead(BasePermission):
    """For services that only read, by whatever method they are asked."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on."""
        return may_read(request)


class ReadOrEdit(BasePermission):
    """Reading for everybody or for signed-in people, by setting; writing by Django's rights on the model."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on."""
        if request.method in SAFE_METHODS:
            return may_read(request)
        if not hasattr(view, (request.method or "").lower()):
            return True  # the view refuses the method itself, with a 405
        if not (request.user and request.user.is_authenticated):
            return False
        scope = getattr(view, "scope_of_creation", WRITE) if request.method == "POST" else WRITE
        check_scope(request, scope)
        if getattr(view, "model", None) is None:
            return False
        action = getattr(view, "rights", {}).get(getattr(view, "action", None))
        check_right(request, action or RIGHTS[request.method or ""], view.model)
        return True


def check_scope(request: Request, scope: str) -> None:
    """Refuses what goes beyond the scopes of the request's token, and names the scope."""
    if isinstance(request.auth, Token) and not getattr(request.auth, scope):
        words = _("这个令牌没有 %(scope)s（%(label)s）。请在管理后台生成一个有这一项的令牌。")
        label = getattr(Token._meta.get_field(scope), "verbose_name", scope)
        raise Problem("permission_denied", reason=words % {"scope": scope, "label": label}, scope=scope)


def check_right(request: Request, action: str, model: type[Model]) -> None:
    """Refuses what the person has no right to, and names the right: `kb.change_initiative`."""
    meta = model._meta
    right = f"{meta.app_label}.{action}_{meta.model_name}"
    if not request.user.has_perm(right):
        words = _(
            "当前用户没有权限 %(right)s（%(action)s：%(model)s）。请管理员授予，或加入有这项权限的用户组。"
        )
        told = {"right": right, "action": ACTIONS[action], "model": meta.verbose_name}
        raise Problem("permission_denied", reason=words % told, right=right)
