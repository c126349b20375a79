"""What docs/operations.md says of the settings is what the code does."""

import ast
import re
import runpy
from pathlib import Path

import pytest

from kb.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
TABLE = DOC.split("## 全部设置")[1].split("\n## ")[0]
ROWS = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$", TABLE, re.MULTILINE)

HAND_IT_ON = {
    "kb/wsgi.py": "sets Django's own DJANGO_SETTINGS_MODULE",
    "kb/asgi.py": "sets Django's own DJANGO_SETTINGS_MODULE",
    "kb/settings.py": "tells prometheus_client its folder",
    "kb/security/secret_files.py": "runs before there are settings",
    "kb/backups/copying.py": "gives it to pg_dump",
}


@pytest.fixture
def defaults(monkeypatch):
    """The variables that kb/settings.py reads, in order, with their defaults."""

    def read(production):
        found = {}

        def value(self, name, default):
            found[name] = default
            return {"KB_PRODUCTION": production, "SECRET_KEY": "abcdefghijkl" * 6}.get(name, default)

        def url(self, name, default):
            found[name] = default
            return self.db_url_config(default)

        for kind in ("str", "bool", "int", "list", "float"):
            monkeypatch.setattr(Environment, kind, value)
        monkeypatch.setattr(Environment, "db", url)
        runpy.run_path(str(ROOT / "kb" / "settings.py"))
        return found

    return read


def shown(value):
    """A default as the table writes it."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        value = ",".join(value)
    return f"`{value}`".replace(str(ROOT), "项目目录") if value != "" else "空"


def test_every_variable_is_in_the_table_with_its_default(defaults):
    usual, production = defaults(False), defaults(True)
    code = {
        name: shown(value) + (f"；生产模式 {shown(production[name])}" if production[name] != value else "")
        for name, value in usual.items()
    }
    assert {name: default for name, default, _ in ROWS} == code


def test_every_variable_has_a_meaning_in_chinese():
    assert len(ROWS) == TABLE.count("\n| `")
    for name, _, meaning in ROWS:
        assert len(re.findall(r"[一-鿿]", meaning)) >= 6, name


def test_no_other_module_reads_the_environment():
    for package in ("kb", "importers", "api"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_environment = isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
                if is_environment and ast.unparse(node) in ("os.environ", "os.getenv"):
                    assert str(path.relative_to(ROOT)) in HAND_IT_ON, path
