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
