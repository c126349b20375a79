"""The questions of docs/api.md have the answers that stand there, in every form in which they are asked."""

import ast
import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from rest_framework.test import APIClient

from api.urls import router
from api.viewsets.base import RecordViewSet

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "api.md"
DOCS = FILE.read_text("utf-8")
RULES, _, COOKBOOK = DOCS.partition("## 常见问题")
QUESTION = re.compile(r"^### (\d+\. .*?)\n(.*?)(?=^### |\Z)", re.M | re.S)
BLOCK = re.compile(r"```(\w+)\n(.*?)\n```", re.S)
LEFT_OUT = {"id", "url"}
WRITE = "KB_COOKBOOK_WRITE" in os.environ
LONGEST_QUOTATION = 23

QUESTIONS = [(title, dict(BLOCK.findall(text))) for title, text in QUESTION.findall(COOKBOOK)]


def of_curl(command):
    """Path and parameters of `curl 'http://127.0.0.1:8000/…'`."""
    address = urlsplit(re.fullmatch(r"curl '(.*)'", command).group(1))
    return address.path, dict(parse_qsl(address.query))


def of_python(code):
    """Path and parameters of `httpx.get("…", params={…}).json()["results"]`."""
    call = next(node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and node.keywords)
    return urlsplit(ast.literal_eval(call.args[0])).path, ast.literal_eval(call.keywords[0].value)


def of_power_query(code):
    """Path and parameters of `Json.Document(Web.Contents("…", [RelativePath = …, Query = […]]))[results]`."""
    path = re.search(r'RelativePath = "(.*?)"', code).group(1)
    pairs = re.findall(r'(?:#"(.*?)"|(\w+)) = "(.*?)"', code.split("Query = [")[1])
    return f"/{path}", {quoted or plain: value for quoted, plain, value in pairs}


def without_addresses(answer):
    if isinstance(answer, dict):
        return {key: without_addresses(value) for key, value in answer.items() if key not in LEFT_OUT}
    return [without_addresses(each) for each in answer] if isinstance(answer, list) else answer


def as_written(rows):
    """An answer as it stands in the docs: one record a line."""
    return "[" + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]"


@pytest.fixture(scope="module")
def seeds(django_db_setup, django_db_blocker):
    """The pages of the project, imported once for all questions and then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_seeds", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("title", "blocks"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_a_question_has_the_answer_that_stands_in_the_docs(seeds, db, title, blocks):
    path, params = of_curl(blocks["sh"])
    assert of_python(blocks["python"]) == (path, params)
    assert of_power_query(blocks["powerquery"]) == (path, params)
    answer = APIClient().get(path, params)
    assert answer.status_code == 200, answer.content.decode()
    rows = without_addresses(answer.json()["results"])
    if WRITE:
        text = FILE.read_text("utf-8")
        before, _, after = text.partition(f"### {title}\n")
        FILE.write_text(
            f"{before}### {title}\n" + BLOCK.sub(lambda block: _answered(block, rows), after, count=4),
            "utf-8",
        )
        return
    assert rows == json.loads(blocks["json"])


def _answered(block, rows):
    """A block of the docs; the one with the answer gets the present one."""
    return f"```json\n{as_written(rows)}\n```" if block.group(1) == "json" else block.group()


def test_there_are_at_least_ten_questions_in_three_forms():
    assert len(QUESTIONS) >= 10
    assert all(set(blocks) == {"sh", "python", "powerquery", "json"} for _, blocks in QUESTIONS)


def test_most_questions_have_something_for_an_answer():
    assert sum(json.loads(blocks["json"]) != [] for _, blocks in QUESTIONS) >= 10


def test_the_docs_hold_no_sentence_of_a_page():
    width = LONGEST_QUOTATION + 1
    text = re.sub(r"\s", "", DOCS)
    shown = {text[at : at + width] for at in range(len(text) - width + 1)}
    for page in (ROOT / "seeds").glob("*.txt"):
        printed = re.sub(r"\s", "", page.read_text("utf-8"))
        assert not any(printed[at : at + width] in shown for at in range(len(printed) - width + 1)), page.name


def test_every_address_and_every_field_to_count_by_is_documented():
    for prefix, viewset, _ in router.registry:
        assert f"`{prefix}/" in RULES, prefix
        if issubclass(viewset, RecordViewSet) and viewset.groups:
            fields = f"`{' '.join(viewset.groups)}`"
            assert re.search(rf"{prefix}\s{re.escape(fields)}", RULES), (prefix, fields)
