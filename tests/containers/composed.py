"""What docker-compose.yml says, as Docker Compose itself reads it, and what the Dockerfile adds."""

import json
import os
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.databases import ROOT

COMPOSE = str(files("compose") / "docker-compose")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def compose(
    *words: str, file: Path = ROOT / "docker-compose.yml", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Docker Compose on a file; `config` needs no engine and checks against the specification's schema."""
    return subprocess.run(  # noqa: S603
        [COMPOSE, "--file", str(file), "--env-file", os.devnull, *words],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **variables},
        capture_output=True,
        text=True,
    )


def services(**variables: str) -> dict[str, dict[str, Any]]:
    """The services with everything filled in."""
    done = compose("config", "--format", "json", **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)["services"]
    return found


def image_command() -> list[str]:
    """What the image runs where a service says nothing else."""
    command: list[str] = json.loads(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[-1])
    return command


def copied() -> list[str]:
    """What the Dockerfile copies out of the repository into the image."""
    return re.findall(r"^COPY (?!--from)(\S+) \./", DOCKERFILE, re.MULTILINE)


def image_variables() -> dict[str, str]:
    """The variables that the image sets for the program."""
    lines = re.findall(r"^ENV (.+)$", DOCKERFILE.split("\nFROM ")[-1], re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in line.split() if not pair.startswith("PATH="))
