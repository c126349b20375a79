"""The questions of docs/api.md have the answers that stand there, in every form in which they are asked."""

import ast
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from api.urls import router
from api.viewsets.base import RecordViewSet

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
QUESTION = re.compile(r"^### (\d+\. .*?)\n(.*?)(?=^### |\Z)", re.M | re.S)
BLOCK = re.compile(r"```(\w+)\n(.*?)\n```", re.S)
LEFT_OUT = {"id", "url"}

QUESTIONS = [
    (title, dict(BLOCK.findall(text))) for title, text in QUESTION.findall(DOCS.split("## Cookbook")[1])
]


def of_curl(command):
    """Path and parameters of `curl '127.0.0.1:8000/…'`."""
    address = urlsplit("http://" + re.fullmatch(r"curl '(.*)'", command).group(1))
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


def test_there_are_at_least_ten_questions():
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize(("title", "blocks"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_a_question_has_the_answer_that_stands_in_the_docs(ask, title, blocks):
    path, params = of_curl(blocks["sh"])
    assert of_python(blocks["python"]) == (path, params)
    assert of_power_query(blocks["powerquery"]) == (path, params)
    answer = ask(path.removeprefix("/api/v1/"), params)["results"]
    assert without_addresses(answer) == json.loads(blocks["json"])


def test_every_address_and_every_field_to_count_by_is_documented():
    text = DOCS.split("## Cookbook")[0]
    for prefix, viewset, _ in router.registry:
        assert f"`{prefix}/" in text, prefix
        if issubclass(viewset, RecordViewSet) and viewset.groups:
            assert (
                f"{prefix}\n`{' '.join(viewset.groups)}`" in text
                or f"{prefix} `{' '.join(viewset.groups)}`" in text
            )
