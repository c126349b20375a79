"""Admin of webhooks: the addresses, and the log of what was sent to them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.lists import DeskAdmin
from kb.admin.resources import name_of, named_resources
from kb.models import Delivery, Webhook
from kb.vocabulary import DeliveryState


class WebhookForm(forms.ModelForm):
    """A form that shows a secret only while the webhook is being made."""

    resources = forms.MultipleChoiceField(
        label=_("资源"),
        choices=named_resources,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只通知这些资源的变更；一项也不选表示全部。"),
    )

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
class WebhookAdmin(DeskAdmin):
    """Addresses that are told of changes."""

    form = WebhookForm
    list_display = ("address", "kinds", "is_active", "waiting", "given_up", "last_sent", "created_at")
    list_filter = ("is_active",)
    search_fields = ("address",)
    search_help_text = _("按地址查找")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        """The addresses with how it goes with what is sent to them."""
        sent = Delivery.objects.filter(webhook=OuterRef("pk")).order_by().values("webhook")
        number = {
            name: Coalesce(Subquery(sent.filter(state=state).annotate(n=Count("pk")).values("n")), 0)
            for name, state in (("n_waiting", DeliveryState.WAITING), ("n_given_up", DeliveryState.GIVEN_UP))
        }
        latest = sent.filter(state=DeliveryState.TAKEN).annotate(at=Max("done_at")).values("at")
        return super().get_queryset(request).annotate(**number, delivered_at=Subquery(latest))

    @admin.display(description=_("资源"))
    def kinds(self, obj: Webhook) -> str:
        """What people call the resources that the address is told of."""
        return "、".join(map(name_of, obj.resources)) or str(_("全部"))

    @admin.display(description=_("等待发送"), ordering="n_waiting")
    def waiting(self, obj: Any) -> int:
        """How many messages wait for the address."""
        return obj.n_waiting

    @admin.display(description=_("已放弃"), ordering="n_given_up")
    def given_up(self, obj: Any) -> int:
        """How many messages it did not take."""
        return obj.n_given_up

    @admin.display(description=_("最近送达"), ordering="delivered_at")
    def last_sent(self, obj: Any) -> Any:
        """When it last took one."""
        return obj.delivered_at


@admin.register(Delivery)
class DeliveryAdmin(DeskAdmin):
    """What was sent, to be read only; a message that was given up can be sent again."""

    list_display = ("created_at", "webhook", "__str__", "state", "attempts", "status", "error", "done_at")
    list_filter = ("state", "webhook")
    list_select_related = ("webhook",)
    search_fields = ("error", "webhook__address")
    search_help_text = _("按地址或错误查找")
    date_hierarchy = "created_at"
    actions = ("send_again", *DeskAdmin.actions)

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
