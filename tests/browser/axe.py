"""What axe-core finds wrong with the page that a browser shows."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    """axe-core as axe-playwright-python ships it; the package itself is not loaded."""
    spec = find_spec("axe_playwright_python")
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(browser: webdriver.Chrome, within: str = "html") -> list[str]:
    """One line for each element that breaks a rule: the rule, what it asks, the element.

    `within` is a selector of the parts to look at: what Django draws around ours is not ours.
    """
    browser.execute_script(_source())
    found = browser.execute_async_script(
        # Unless told not to, axe copies imported style sheets into the page, which its policy refuses.
        "axe.run(arguments[1], {preload: false, runOnly: {type: 'tag', values: arguments[0]}})"
        ".then(arguments[2])",
        TAGS,
        within,
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
