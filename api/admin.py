"""Tokens in the admin: made there, shown once, never readable again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from api.models import SHOWN, Token, digest, new_key


def may_act_for(request: HttpRequest, user: Any) -> bool:
    """Whether the person who asks has all the rights of another one; anybody's where it is nobody."""
    mine: Any = request.user
    if user is None or mine.is_superuser:
        return True
    return not user.is_superuser and user.get_all_permissions() <= mine.get_all_permissions()


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """Tokens by person; the key appears once, when the token is made."""

    list_display = ("name", "shown", "user", "can_write", "can_import", "expires_at", "last_used_at")
    list_select_related = ("user",)
    list_filter = ("can_write", "can_import")
    search_fields = ("name", "user__username")
    autocomplete_fields = ("user",)
    readonly_fields = ("shown", "last_used_at", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """A token acts for its person: those of superusers are for superusers."""
        return super().has_change_permission(request, obj) and may_act_for(request, obj and obj.user)

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """Like changing."""
        return super().has_delete_permission(request, obj) and may_act_for(request, obj and obj.user)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which refuses a person for whom the maker may not act."""
        form = super().get_form(request, obj, change, **kwargs)

        class Guarded(form):  # type: ignore[misc, valid-type]
            def clean_user(self) -> Any:
                user = self.cleaned_data["user"]
                if not may_act_for(request, user):
                    raise ValidationError(_("只有超级用户能为超级用户或权限多于自己的人生成令牌。"))
                return user

        return Guarded

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None:
        """Stores the token; a new one gets its key, which is told to the person who made it."""
        if not change:
            key = new_key()
            obj.digest, obj.shown = digest(key), key[:SHOWN]
            messages.warning(request, _("令牌：%(key)s。请现在抄下，以后无法再看到。") % {"key": key})
        super().save_model(request, obj, form, change)
