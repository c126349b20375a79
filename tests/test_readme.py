"""What README shows is what the program answers."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What differs between two databases that hold the same: numbers given by the database, and times.
ACCIDENTAL = {"id", "url", "updated_at", "context"}


def shown_queries() -> list[str]:
    """The addresses of README's first block of curl lines."""
    block = re.search(r"```console\n(curl [^`]+)```", README)
    assert block
    return [shlex.split(line)[1] for line in block[1].strip().splitlines()]


def essence(value):
    """An answer without what is accidental."""
    if isinstance(value, dict):
        return {key: essence(item) for key, item in value.items() if key not in ACCIDENTAL}
    return [essence(item) for item in value] if isinstance(value, list) else value


@pytest.fixture
def seeded(db):
    call_command("import_seeds", verbosity=0)


def test_the_query_has_the_answer_that_readme_shows(seeded, client):
    shown = re.search(r"```json\n(.+?)```", README, re.DOTALL)
    assert shown
    expected = essence(json.loads(shown[1]))
    queries = shown_queries()
    assert len(queries) == 3
    for address in queries:
        parts = urlsplit("http://" + address)
        answer = client.get(parts.path, parse_qs(parts.query))
        assert answer.status_code == 200, answer.content.decode()
        assert essence(answer.json()) == expected


def test_every_other_query_that_readme_shows_is_answered(seeded, client):
    addresses = re.findall(r"`(/api/[^`]+)`", README)
    assert len(addresses) >= 5
    for address in addresses:
        parts = urlsplit(address)
        answer = client.get(parts.path, parse_qs(parts.query))
        assert answer.status_code == 200, f"{address}: {answer.content.decode()[:300]}"
        if "?" in address:
            assert answer.json()["results"], f"{address} finds nothing"


def test_every_file_that_readme_links_to_exists():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing, missing


def test_every_make_target_that_readme_shows_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
