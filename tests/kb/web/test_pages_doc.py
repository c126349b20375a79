"""What docs/pages.md says of the pages in figures is so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.kb.web import test_city, test_evidence, test_overview, test_search

DOC = Path(settings.BASE_DIR, "docs", "pages.md").read_text(encoding="utf-8")
SCRIPTS = Path(settings.BASE_DIR, "kb", "web", "static", "web")
FOR_EDITORS = {"evidence_edit.js", "evidence_picker.js", "evidence_words.js"}


@pytest.mark.parametrize(
    ("address", "tests"),
    [("/", test_overview), ("/cities/", test_city), ("/articles/", test_evidence), ("/search/", test_search)],
)
def test_the_queries_told_are_those_that_are_held(address, tests):
    [told] = re.findall(rf"^\| `{address}[`{{?].*\| (\d+) \|$", DOC, flags=re.M)
    assert int(told) == tests.QUERIES


def test_readers_are_sent_no_more_script_than_told():
    [told] = re.findall(r"读者的页面上全部自有脚本合计不到 (\d+) kB", DOC)
    sent = [path for path in SCRIPTS.glob("*.js") if path.name not in FOR_EDITORS]
    assert sum(path.stat().st_size for path in sent) < int(told) * 1000
