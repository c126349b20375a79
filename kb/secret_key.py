"""The signing key of an installation: made once, kept in a file that only its owner can read."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def local_secret_key(path: Path) -> str:
    """The key in the file; where there is no file, a random key that is written there first.

    The file appears whole, with mode 0600, and is never overwritten, so two processes that start together
    agree.
    """
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"没有设置 SECRET_KEY，自动生成的密钥也不能在 {path} 读写（{error.strerror}）。"
            "请设置 SECRET_KEY（或 SECRET_KEY_FILE），或让运行本程序的用户可以写这个目录。"
        ) from error


def _make(path: Path) -> None:
    """Writes a new key beside the file and puts it in place, unless another process was quicker."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()
