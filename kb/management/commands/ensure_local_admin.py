"""Makes sure that somebody can log in to the admin of a new installation."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

NAME = "admin"


class Command(BaseCommand):
    help = (
        "没有管理员时创建本地管理员 admin：密码取自 KB_ADMIN_PASSWORD；没有设置时随机生成，并只显示这一次"
        "（生产模式下不生成，因为日志会留下它）。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        given = settings.KB_ADMIN_PASSWORD
        user = users.filter(username=NAME).first()
        if user is None and users.filter(is_superuser=True, is_active=True).exists():
            return
        if user is None:
            password = given or self.made_up()
            users.create_superuser(NAME, password=password)
            shown = "取自 KB_ADMIN_PASSWORD" if given else f"{password}（只显示这一次，请记下）"
            self.stdout.write(f"已创建本地管理员：用户名 {NAME}，密码 {shown}")
        elif given and not settings.KB_PRODUCTION and not user.check_password(given):
            user.set_password(given)
            user.save(update_fields=["password"])
            self.stdout.write(f"本地管理员 {NAME} 的密码已改为 KB_ADMIN_PASSWORD")

    def made_up(self) -> str:
        """A random password, which the output shows; not where the output is kept as a log."""
        if settings.KB_PRODUCTION:
            raise CommandError(
                "还没有管理员。请设置 KB_ADMIN_PASSWORD（或 KB_ADMIN_PASSWORD_FILE）后再运行，"
                "或运行 manage.py createsuperuser。"
            )
        return secrets.token_urlsafe(12)
