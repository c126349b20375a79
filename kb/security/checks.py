"""What is checked before a database is migrated in production: no administrator's password is a guess."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from kb.security.production import GUESSED


@register(Tags.database)
def no_open_admin(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """An error for each administrator who can log in with a word that everybody tries first."""
    if not settings.KB_PRODUCTION or "default" not in (databases or ()):
        return []
    users = get_user_model()
    if users._meta.db_table not in connections["default"].introspection.table_names():
        return []
    return [
        Error(
            f"管理员 {user.get_username()} 的密码是人人先猜的词，生产模式下拒绝升级和启动。",
            hint=f"在可信的环境里运行 manage.py changepassword {user.get_username()}，或停用这个账号。",
            id="kb.E001",
        )
        for user in users._default_manager.filter(is_superuser=True, is_active=True)
        if any(user.check_password(word) for word in (*GUESSED, user.get_username()))
    ]
