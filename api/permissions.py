"""Who may do what: reading, editing by one's rights, and within the scopes of a token."""

from typing import Any

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from api.models import Token

RIGHTS = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "change"}
"""The right on the model that a method takes. DELETE only marks a record as rejected, which in the admin too
takes the right to change; the right to delete is that of removing rows for good.
"""

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
        if isinstance(request.auth, Token) and not getattr(request.auth, scope):
            return False
        meta = getattr(view, "model", None) and view.model._meta
        if not meta:
            return False
        right = getattr(view, "rights", {}).get(getattr(view, "action", None)) or RIGHTS[request.method or ""]
        return request.user.has_perm(f"{meta.app_label}.{right}_{meta.model_name}")
