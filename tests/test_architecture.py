"""The lines that the packages may not cross."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED_AT_TOP = {
    "manage.py", "requirements.txt", "requirements-dev.txt", "kb", "api", "importers", "seeds", "tests",
    "docker-compose.yml", "Dockerfile", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile",
    "pyproject.toml", "docs", ".ci", ".gitignore", ".dockerignore",
}  # fmt: skip


def imported_modules(package: str) -> dict[str, set[str]]:
    """For every module file of a package the names it imports, relative ones left out."""
    found = {}
    for path in (ROOT / package).rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
        found[str(path.relative_to(ROOT))] = names
    return found


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("kb", ("importers", "api")),
        ("importers", ("api",)),
        ("api", ("importers.extract.layout", "importers.management")),
        ("importers/extract", ("django", "rest_framework", "kb.models", "kb.settings", "importers.load")),
    ],
)
def test_imports_point_one_way(package, forbidden):
    for module, names in imported_modules(package).items():
        crossing = [n for n in names for f in forbidden if n == f or n.startswith(f + ".")]
        assert not crossing, f"{module} imports {crossing}"


def test_the_extractor_starts_without_django_and_without_the_dictionary():
    code = (
        "import sys, importers.extract.pipeline;"
        "print([m for m in ('django', 'jieba', 'rest_framework') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_the_top_level_holds_only_what_a_reader_looks_for():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    assert {name.split("/")[0] for name in listed.stdout.splitlines()} <= ALLOWED_AT_TOP


@pytest.mark.parametrize("name", ["db.sqlite3", "db.sqlite3-wal", "db.sqlite3.migrate-lock", ".secret_key"])
def test_what_running_it_leaves_beside_the_code_is_not_taken_into_the_repository(name):
    done = subprocess.run(["git", "check-ignore", "--no-index", name], cwd=ROOT, check=False)  # noqa: S603, S607
    assert done.returncode == 0


def test_packages_hold_no_code_but_their_contents_names():
    for package in ("kb", "importers", "api"):
        for path in (ROOT / package).rglob("__init__.py"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                is_names = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
                assert is_docstring or is_names or isinstance(node, ast.ImportFrom), (
                    f"{path}: {ast.unparse(node)}"
                )


FIRST = (
    "api.errors",
    "api.filtersets.base",
    "api.references",
    "api.serializers.records",
    "api.viewsets.base",
    "api.schema",
)
"""One module of each corner of the API, loaded before any other."""

LOADER = """
import importlib, os, sys, django
django.setup()
for name in sys.argv[1:]:
    if (child := os.fork()) == 0:
        importlib.import_module(name)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(name)
"""


def test_the_api_can_be_loaded_from_any_corner():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", LOADER, *FIRST],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
