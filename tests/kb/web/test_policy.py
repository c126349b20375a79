import re

import pytest

from kb.security.headers import CONTENT_POLICY

PAGES = [
    "/",
    "/cities/150100/",
    "/search/?q=服务",
    "/?by=nothing",
    "/overview/cities.svg",
    "/overview/years.csv",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_its_own_files_alone(client, world, path):
    answer = client.get(path)
    assert answer["Content-Security-Policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY


@pytest.mark.parametrize("path", PAGES[:4])
def test_a_page_has_no_script_or_style_of_its_own_and_names_no_other_host(client, world, path):
    text = client.get(path).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert set(re.findall(r"https?://[^/\"]+", text)) <= {"http://www.w3.org"}


def test_pages_are_only_read(client, world):
    assert client.post("/").status_code == 405
