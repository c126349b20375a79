"""Tokens in the admin: made there, shown once, never readable again."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from api.models import SHOWN, Token, digest, new_key


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """Tokens by person; the key appears once, when the token is made."""

    list_display = ("name", "shown", "user", "can_write", "can_import", "expires_at", "last_used_at")
    list_select_related = ("user",)
    list_filter = ("can_write", "can_import")
    search_fields = ("name", "user__username")
    autocomplete_fields = ("user",)
    readonly_fields = ("shown", "last_used_at", "created_at")

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None:
        """Stores the token; a new one gets its key, which is told to the person who made it."""
        if not change:
            key = new_key()
            obj.digest, obj.shown = digest(key), key[:SHOWN]
            messages.warning(request, _("令牌：%(key)s。请现在抄下，以后无法再看到。") % {"key": key})
        super().save_model(request, obj, form, change)
