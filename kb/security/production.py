"""What an installation that others reach may not start with: each fault in Chinese, with how to mend it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH, KEY_SIGNS, PASSWORD_LENGTH = 50, 10, 12
GUESSED = (
    "admin",
    "administrator",
    "changeme",
    "change-me",
    "default",
    "insecure",
    "password",
    "secret",
    "123456",
)
"""Words that stand where somebody has set nothing of his own."""

NEW_KEY = "python -c 'import secrets; print(secrets.token_urlsafe(64))'"


class UnsafeSettingsError(ImproperlyConfigured):
    """The settings do not suit an installation that others reach; the text says what to do."""


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Ends the start of the program where the settings, by name, are those of a try-out."""
    found = faults(settings)
    if found:
        listed = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(found, 1))
        raise UnsafeSettingsError(
            f"生产模式（KB_PRODUCTION=true）下拒绝启动：\n{listed}\n说明见 docs/operations.md。"
        )


def faults(settings: Mapping[str, Any]) -> list[str]:
    """Everything that keeps an installation from being safe."""
    found = [*_of_key(settings["SECRET_KEY"]), *_of_hosts(settings["ALLOWED_HOSTS"])]
    if settings["DEBUG"]:
        found.append("DEBUG 开着，出错时会把代码和设置给任何人看。请去掉 DEBUG，或设为 false。")
    password = settings["KB_ADMIN_PASSWORD"]
    if password and is_guessed(password):
        found.append(
            f"KB_ADMIN_PASSWORD 太容易猜到（至少 {PASSWORD_LENGTH} 个字符，不含常见的词）。请换一个，"
            "或去掉它，改用 manage.py createsuperuser 建立管理员。"
        )
    return found


def is_guessed(password: str) -> bool:
    """Whether a password is short, or one that everybody tries first."""
    return len(password) < PASSWORD_LENGTH or any(word in password.lower() for word in GUESSED)


def _of_key(key: str) -> list[str]:
    """What is wrong with the signing key."""
    if not key:
        return [
            f"没有设置 SECRET_KEY。请用 {NEW_KEY} 生成一个，写入 SECRET_KEY 或 SECRET_KEY_FILE 指向的文件。"
        ]
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_SIGNS or any(word in key.lower() for word in GUESSED):
        return [
            f"SECRET_KEY 太短、太单调或是样例（至少 {KEY_LENGTH} 个字符，其中 {KEY_SIGNS} 种不同的）。"
            f"请用 {NEW_KEY} 生成一个。"
        ]
    return []


def _of_hosts(hosts: Sequence[str]) -> list[str]:
    """What is wrong with the names that the server answers to."""
    if not hosts or any(host in ("*", ".") for host in hosts):
        return ["ALLOWED_HOSTS 不能为空或是“*”。请列出用户访问时所用的主机名，用逗号分隔。"]
    return []
