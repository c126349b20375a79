"""Admin of webhooks: the addresses, and the log of what was sent to them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import Delivery, Webhook


class WebhookForm(forms.ModelForm):
    """A form that shows a secret only while the webhook is being made."""

    class Meta:
        model = Webhook
        fields = ("address", "secret", "resources", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A field whose default is made anew each time would be written beside itself, in plain text.
        self.fields["secret"].show_hidden_initial = False
        if self.instance.pk:
            self.initial["secret"] = ""
            self.fields["secret"].widget = forms.PasswordInput()
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("不显示已有的密钥；留空则不变，填写则更换。")

    def clean_secret(self) -> str:
        """The new secret, or the one that is stored."""
        return self.cleaned_data["secret"] or self.instance.secret


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):
    """Addresses that are told of changes."""

    form = WebhookForm
    list_display = ("address", "resources", "is_active", "created_at")
    list_filter = ("is_active",)
    search_fields = ("address",)


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    """What was sent, to be read only; a message that was given up can be sent again."""

    list_display = ("created_at", "webhook", "__str__", "state", "attempts", "status", "error", "done_at")
    list_filter = ("state", "webhook")
    list_select_related = ("webhook",)
    show_full_result_count = False
    actions = ("send_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the program writes the log."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        """The log is not edited; the right is asked for by the action alone."""
        return obj is None and super().has_change_permission(request)

    @admin.action(description=_("重新发送"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: Any) -> None:
        """Lets the chosen messages be sent anew, from the first attempt."""
        count = queryset.update(state="waiting", attempts=0, due_at=timezone.now(), done_at=None)
        self.message_user(request, _("将重新发送 %(count)d 条通知。") % {"count": count})
