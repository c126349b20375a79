"""Runs the steps of the Dockerfile in folders of this machine: `python -m tests.containers.build`.

Everything that the steps make is new, the virtual environment too. What only an image has (packages of the
system, accounts, owners) is named and left out.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.containers.composed import DOCKERFILE
from tests.databases import ROOT

ONLY_IN_IMAGES = ("apt-get", "useradd")


def steps() -> list[tuple[str, str]]:
    """The instructions of the file with their words, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


class Image:
    """A folder that stands for the file system of the image."""

    def __init__(self, folder: Path):
        self.folder, self.workdir = folder, folder
        self.variables = {"PATH": os.environ["PATH"], "HOME": str(folder)}

    def place(self, text: str) -> str:
        """Words that mean the folder instead of the image."""
        return re.sub(r"(?<![\w.])/(opt|app|src|var/lib/kb)\b", rf"{self.folder}/\1", text)

    def env(self, words: str) -> None:
        for pair in shlex.split(self.place(words)):
            name, value = pair.split("=", 1)
            self.variables[name] = value.replace("$PATH", self.variables.get("PATH", ""))

    def workdir_(self, words: str) -> None:
        self.workdir = Path(self.place(words))
        self.workdir.mkdir(parents=True, exist_ok=True)

    def copy(self, words: str) -> None:
        if words.startswith("--from"):
            return  # both stages are the same folder here
        source, target = words.split()
        to = self.workdir / target if not target.startswith("/") else Path(self.place(target))
        to = to / source if target.endswith("./") else to
        to.parent.mkdir(parents=True, exist_ok=True)
        kept = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / source, to, ignore=kept) if (ROOT / source).is_dir() else shutil.copy(
            ROOT / source, to
        )

    def run(self, words: str) -> None:
        if words.startswith(ONLY_IN_IMAGES):
            sys.stdout.write(f"不在这里运行：{words[:70]}…\n")
            return
        sys.stdout.write(f"运行：{words}\n")
        shell = ["/bin/sh", "-ec", self.place(words).replace("python -m venv", f"{sys.executable} -m venv")]
        subprocess.run(shell, cwd=self.workdir, env=self.variables, check=True)  # noqa: S603


def main() -> None:
    """Builds, then starts the program as the image would; any step that fails ends it."""
    with tempfile.TemporaryDirectory(prefix="kb-image-") as folder:
        image = Image(Path(folder))
        does = {"ENV": image.env, "WORKDIR": image.workdir_, "COPY": image.copy, "RUN": image.run}
        for word, rest in steps():
            if word in does:
                does[word](rest)
        image.variables |= {"SECRET_KEY": "".join(f"{n:x}-key" for n in range(30)), "KB_BACKUP_DIR": folder}
        image.run("python manage.py check --deploy --fail-level WARNING")
        image.run("granian --version")
        sys.stdout.write(
            f"完成：{sum(1 for path in (image.workdir / 'staticfiles').rglob('*'))} 个静态文件\n"
        )


if __name__ == "__main__":
    main()
