"""Every answer of the threat model names a test, and every test that it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)?::(\w+)`")


def named_tests() -> list[tuple[str, str]]:
    """File and function of each test that the document names; `::test_x` is of the file named before."""
    found, file = [], ""
    for path, name in NAMED.findall(TEXT):
        file = path or file
        found.append((file, name))
    return found


def functions(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_tests_that_it_names_are_there():
    named = named_tests()
    assert len(named) > 50
    missing = [f"{file}::{name}" for file, name in named if name not in functions(file)]
    assert not missing


def test_every_answer_names_a_test():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and line.count(" | ") == 2]
    answers = [row for row in rows if not row.startswith(("| 会做什么", "| 谁", "|---"))]
    without = [row for row in answers if not NAMED.search(row)]
    about_people = TEXT.split("## 登录与会话", maxsplit=1)[0]
    assert not [row for row in without if row not in about_people]
    assert len(answers) > 30


def test_every_exception_from_the_linter_s_security_rules_has_its_reason():
    marks = [
        line.strip()
        for part in ("kb", "api", "importers")
        for path in (ROOT / part).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"# noqa: S\d", line)
    ]
    assert len(marks) > 10
    assert [line for line in marks if not re.search(r"# noqa: S\d+(, S\d+)* - \w", line)] == []
