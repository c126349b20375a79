"""Typed settings from environment variables, or from files that they name: `SECRET_KEY_FILE=/run/kb/key`."""

from pathlib import Path
from typing import Any

import environ  # type: ignore[import-untyped]
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping  # type: ignore[import-untyped]

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
WHERE = "各变量的取值见 docs/operations.md。"


class VariablesOrFiles(FileAwareMapping):
    """The variables; `NAME_FILE` names a file with the value of `NAME`, without the newline at its end."""

    def __getitem__(self, key: str) -> str:
        """The value; an empty one counts as not set, as compose files hand on what nobody has set."""
        try:
            value = str(super().__getitem__(key)).strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(
                f"环境变量 {key}_FILE 指向的文件读不出来：{error}。请检查路径和权限，或直接设置 {key}。"
            ) from error
        if not value:
            raise KeyError(key)
        return rf"\{value}" if value.startswith("$") else value  # else it would name another variable


class Environment(environ.Env):
    """`env.bool("DEBUG", default=False)`; a value that is not of the type is an error that names it."""

    ENVIRON = VariablesOrFiles()

    def __init__(self) -> None:
        super().__init__()
        self.escape_proxy = True  # `\$` at the beginning is a dollar sign

    def get_value(self, var: str, *rest: Any, **more: Any) -> Any:
        """The value of a variable, cast."""
        try:
            return super().get_value(var, *rest, **more)
        except ValueError as error:
            raise ImproperlyConfigured(f"环境变量 {var} 的值不对：{error}。{WHERE}") from error

    def bool(self, var: str, default: Any) -> Any:
        """Yes or no; a misspelt word is no silent no."""
        word = self.str(var, default="").lower()
        if word and word not in YES | NO:
            raise ImproperlyConfigured(f"环境变量 {var} 只能是 true 或 false，现在是“{word}”。{WHERE}")
        return word in YES if word else default


def environment(file: Path) -> Environment:
    """The variables of this process, and those of the file (`.env`) that are not set there."""
    env = Environment()
    if file.is_file():
        env.read_env(file)
    return env
