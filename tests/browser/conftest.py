"""A browser for all tests of a process, the pages of the tests imported, and what must never happen."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from selenium import webdriver

from tests.browser import chromium
from tests.patience import PATIENCE, until

PAGES = Path(__file__).resolve().parent.parent / "pages"


@pytest.fixture(scope="session")
def chrome(tmp_path_factory) -> Iterator[webdriver.Chrome]:
    """The browser. Without one the tests are skipped on a person's machine and fail in CI."""
    if not chromium.is_installed():
        words = "没有找到 chromium 和 chromedriver（Debian：apt-get install chromium chromium-driver）。"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(words)
    browser = chromium.start(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.quit()


@pytest.fixture
def answered(live_server) -> Iterator[Callable[[], None]]:
    """`answered()` returns once no request is under way: the tables are emptied after it."""
    under_way: set[int] = set()

    def begun(**_) -> None:
        under_way.add(threading.get_ident())

    def ended(**_) -> None:
        under_way.discard(threading.get_ident())

    def wait() -> None:
        # Who came before this one has been let in when it is answered.
        httpx.get(f"{live_server.url}/health/live", timeout=PATIENCE)
        until(lambda: not under_way, "the end of all requests")

    request_started.connect(begun)
    request_finished.connect(ended)
    yield wait
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.fixture
def browser(chrome, live_server, answered) -> Iterator[webdriver.Chrome]:
    """The browser on a wide, light screen; a refused file or a failed script fails the test."""
    cache.clear()
    chromium.resize(chrome, chromium.WIDE)
    chromium.in_the_dark(chrome, False)
    chrome.get_log("browser")
    yield chrome
    said = [entry["message"] for entry in chrome.get_log("browser")]
    said = [
        message for message in said if "/favicon.ico" not in message
    ]  # asked for beside the API's answers
    chrome.get("about:blank")
    answered()
    assert not said


@pytest.fixture
def visit(browser, live_server) -> Callable[[str], webdriver.Chrome]:
    """`visit("/")` opens a page of the application."""

    def go(path: str) -> webdriver.Chrome:
        browser.get(live_server.url + path)
        return browser

    return go


@pytest.fixture
def newspaper(live_server, transactional_db) -> None:
    """Some pages of tests/pages/, read in as anybody would."""
    chosen = [str(path) for path in sorted(PAGES.glob("10?_*.txt"))]
    call_command("import_pages", *chosen, verbosity=0)
    cache.clear()
