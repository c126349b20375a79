"""Addresses that are told of changes, and what was sent to them."""

import secrets
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.change_triggers import RESOURCES
from kb.models.base import labelled, listed
from kb.vocabulary import DeliveryState
from kb.webhooks.address import AddressError, parts_of


def new_secret() -> str:
    """A key for signatures: 256 random bits."""
    return secrets.token_urlsafe(32)


def check_address(value: str) -> None:
    """Refuses an address that nothing can be sent to; where its name leads is checked at each sending."""
    try:
        parts_of(value)
    except AddressError as error:
        raise ValidationError(str(error)) from error


def check_resources(value: object) -> None:
    """Refuses a list of resources with an unknown name in it."""
    known = sorted(RESOURCES.values())
    if not isinstance(value, list) or not set(value) <= set(known):
        raise ValidationError(_("请写成列表，只用这些名称：%(known)s。") % {"known": ", ".join(known)})


class Webhook(models.Model):
    """An address that is told of changes from its making on."""

    address = models.CharField(
        _("地址"),
        max_length=500,
        validators=[check_address],
        help_text=_("接收通知的 http 或 https 地址；内网地址须由管理员在设置中放行。"),
    )
    secret = models.CharField(
        _("密钥"), max_length=100, default=new_secret, help_text=_("用来给通知签名的密钥，请交给接收方。")
    )
    resources = models.JSONField(
        _("资源"),
        default=list,
        blank=True,
        validators=[check_resources],
        help_text=_('只通知这些资源的变更，例如 ["initiatives", "metrics"]；空列表表示全部。'),
    )
    is_active = models.BooleanField(
        _("启用"), default=True, help_text=_("停用期间的变更不会丢失，重新启用后补发。")
    )
    cursor = models.BigIntegerField(
        _("游标"), null=True, editable=False, help_text=_("已经写入投递记录的最后一条变更的编号。")
    )
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True, help_text=_("登记的时间。"))

    class Meta:
        verbose_name = _("变更通知")
        verbose_name_plural = _("变更通知")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.address


class Delivery(models.Model):
    """A stretch of the change feed for one address: sent again until it is taken, or given up."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(
        Webhook,
        # Nobody waits any more for what was to be sent to an address that is gone.
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("变更通知"),
        help_text=_("发往哪个地址。"),
    )
    after = models.BigIntegerField(_("起点"), help_text=_("第一条变更之前的编号。"))
    upto = models.BigIntegerField(_("终点"), help_text=_("最后一条变更的编号。"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=labelled(DeliveryState),
        default=DeliveryState.WAITING.value,
        help_text=_("等待、送达，或多次失败后放弃。"),
    )
    attempts = models.PositiveIntegerField(_("次数"), default=0, help_text=_("已经发送过几次。"))
    due_at = models.DateTimeField(
        _("下次发送"), help_text=_("在此之前不会（再）发送；正在发送时为这一次的期限。")
    )
    status = models.PositiveSmallIntegerField(
        _("回答"), null=True, blank=True, help_text=_("接收方回答的 HTTP 状态码；没有回答时为空。")
    )
    error = models.CharField(_("错误"), max_length=300, blank=True, help_text=_("最近一次失败的原因。"))
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True, help_text=_("写入投递记录的时间。"))
    done_at = models.DateTimeField(_("结束时间"), null=True, blank=True, help_text=_("送达或放弃的时间。"))

    class Meta:
        verbose_name = _("投递记录")
        verbose_name_plural = _("投递记录")
        ordering = ("-created_at", "id")
        constraints = (
            listed("state", DeliveryState),
            models.UniqueConstraint(fields=("webhook", "upto"), name="kb_delivery_once"),
        )
        indexes = (models.Index(fields=("webhook", "state", "upto"), name="kb_delivery_queue"),)

    def __str__(self) -> str:
        return f"{self.after + 1}–{self.upto}"
