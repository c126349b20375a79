"""Makes sure that somebody can log in to the admin of a new installation."""

import os
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

NAME = "admin"


class Command(BaseCommand):
    help = (
        "没有管理员时创建本地管理员 admin：密码取自环境变量 KB_ADMIN_PASSWORD；"
        "没有设置时随机生成，并只显示这一次。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        given = os.environ.get("KB_ADMIN_PASSWORD", "")
        user = users.filter(username=NAME).first()
        if user is None and users.filter(is_superuser=True, is_active=True).exists():
            return
        if user is None:
            password = given or secrets.token_urlsafe(12)
            users.create_superuser(NAME, password=password)
            shown = "取自 KB_ADMIN_PASSWORD" if given else f"{password}（只显示这一次，请记下）"
            self.stdout.write(f"已创建本地管理员：用户名 {NAME}，密码 {shown}")
        elif given and not user.check_password(given):
            user.set_password(given)
            user.save(update_fields=["password"])
            self.stdout.write(f"本地管理员 {NAME} 的密码已改为 KB_ADMIN_PASSWORD")
