"""The API's own tables: the tokens by which other tools are let in."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX = "kb_"
SHOWN = 8
"""How much of a token is kept in plain text, so that a person can tell tokens apart."""


def digest(key: str) -> str:
    """What is stored of a token. It is 256 random bits, so a plain hash tells nothing of it."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_key() -> str:
    """A key that nobody can guess: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens, made and found by their key."""

    def make(self, **fields: object) -> tuple["Token", str]:
        """A new token and its key, which nobody will see again."""
        key = new_key()
        return self.create(digest=digest(key), shown=key[:SHOWN], **fields), key

    def valid(self, key: str, now: datetime) -> "Token | None":
        """The token of a key, with its person; None where there is none or it has expired."""
        unexpired = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now)
        return self.select_related("user").filter(unexpired, digest=digest(key)).first()


class Token(models.Model):
    """A key by which a tool acts for a person, within its scopes; only its hash is stored."""

    name = models.CharField(_("名称"), max_length=100, help_text=_("这个令牌给哪个工具用。"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # A token acts for a person; without the person it may do nothing.
        on_delete=models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("用户"),
        help_text=_("令牌以谁的身份行事；权限不会超出这个人的权限。"),
    )
    digest = models.CharField(
        _("摘要"), max_length=64, unique=True, editable=False, help_text=_("令牌的摘要。")
    )
    shown = models.CharField(
        _("开头"), max_length=SHOWN, editable=False, help_text=_("令牌开头的几个字符，用来辨认。")
    )
    can_write = models.BooleanField(
        _("可以修改"), default=False, help_text=_("除读取之外，还可以新增、修改和删除记录。")
    )
    can_import = models.BooleanField(_("可以导入"), default=False, help_text=_("还可以提交版面。"))
    expires_at = models.DateTimeField(
        _("到期时间"), null=True, blank=True, help_text=_("到这个时间失效；为空则一直有效。")
    )
    last_used_at = models.DateTimeField(
        _("最近使用"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("最近使用的时间，精确到十分钟。"),
    )
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True, help_text=_("令牌生成的时间。"))

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("令牌")
        verbose_name_plural = _("令牌")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name}（{self.shown}…）"

    def touch(self, now: datetime) -> None:
        """Notes that the token was used; at most every ten minutes, so that reading costs no writes."""
        if self.last_used_at is None or now - self.last_used_at > timedelta(minutes=10):
            type(self).objects.filter(pk=self.pk).update(last_used_at=now)
