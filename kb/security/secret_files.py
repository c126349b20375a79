"""The secrets of an installation in containers: given by the environment, or made up once, each in a file.

python -m kb.security.secret_files /var/lib/kb/secrets
"""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

FILES = {
    "secret_key": "SECRET_KEY",
    "database_password": "POSTGRES_PASSWORD",
    "admin_password": "KB_ADMIN_PASSWORD",
}
"""The names of the files, and the variables that may give their contents."""


def write_secrets(folder: Path, given: Mapping[str, str]) -> list[str]:
    """Writes what is given and what is not there yet; the names of the files that it wrote.

    The programs of the other containers, which run under other accounts, have to read the files: what keeps
    them secret is the volume, which only those containers see.
    """
    written = []
    for name, variable in FILES.items():
        path, value = folder / name, given.get(variable, "")
        if path.exists() and (not value or path.read_text(encoding="utf-8").strip() == value):
            continue
        part = folder / f".{name}"
        part.unlink(missing_ok=True)
        part.write_text(f"{value or secrets.token_urlsafe(48)}\n", encoding="utf-8")
        part.chmod(0o444)
        part.rename(path)
        written.append(name)
    return written


def main(arguments: list[str]) -> str | None:
    """Does it for the folder named; what went wrong, in Chinese."""
    folder = Path(arguments[0])
    try:
        for name in write_secrets(folder, os.environ):
            sys.stdout.write(f"已写入 {folder / name}\n")
    except OSError as error:
        return (
            f"密钥不能写入 {folder}（{error}）。请检查目录的权限，或在其中放好 {'、'.join(FILES)} 三个文件。"
        )
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
