"""Waiting as a person does: until the page shows what a click or a key leads to, however long that takes."""

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 100
"""Seconds after which what a page does not show will never be shown."""

PASSING = (
    NoSuchElementException, StaleElementReferenceException, JavascriptException,
    ElementClickInterceptedException, ElementNotInteractableException,
)  # fmt: skip
"""What is told of a page that goes, and of one that is not all there yet."""


def until(browser, condition, what: str = ""):
    """What a condition finds on the page, once it finds anything."""
    return WebDriverWait(browser, PATIENCE, 0.05, PASSING).until(condition, what)


def css(browser, selector: str) -> WebElement:
    """The first element of a selector, on a page that may still be on its way."""
    return until(browser, lambda page: page.find_element(By.CSS_SELECTOR, selector), selector)


def click(browser, selector: str, by: str = By.CSS_SELECTOR) -> None:
    """A click on the first element of a selector, once it is there and nothing lies over it."""
    until(browser, lambda page: page.find_element(by, selector).click() is None, selector)


def says(browser, selector: str, *words: str) -> None:
    """Returns once an element says all these words."""

    def said(page) -> bool:
        text = page.find_element(By.CSS_SELECTOR, selector).text
        return all(each in text for each in words)

    until(browser, said, f"{selector}: {words}")


def shown(browser, selector: str) -> WebElement:
    """The element of a selector, once it can be seen."""

    def seen(page) -> WebElement | None:
        found = page.find_element(By.CSS_SELECTOR, selector)
        return found if found.is_displayed() else None

    return until(browser, seen, selector)


def hidden(browser, selector: str) -> None:
    """Returns once an element is there and cannot be seen."""
    until(browser, lambda page: not page.find_element(By.CSS_SELECTOR, selector).is_displayed(), selector)


def gone(browser, selector: str) -> None:
    """Returns once a page that is all there has no such element."""
    is_gone = "return document.readyState === 'complete' && !document.querySelector(arguments[0])"
    until(browser, lambda page: page.execute_script(is_gone, selector), selector)


def at(browser, part: str) -> None:
    """Returns once a page whose address has this part is all there."""
    address = "return document.readyState === 'complete' ? location.href : ''"
    until(browser, lambda page: part in page.execute_script(address), part)


def focused(browser, attribute: str, value: str) -> WebElement:
    """The element with the focus, once one of its attributes has this value among its words."""

    def found(page) -> WebElement | None:
        element = page.switch_to.active_element
        return element if value in (element.get_attribute(attribute) or "").split() else None

    return until(browser, found, f"{attribute}: {value}")


def held_back(browser) -> None:
    """What is sent from now on stays on its way until `let_go`."""
    browser.execute_script(
        "const real = fetch, gone = new Promise((go) => { window.letGo = go; });"
        "window.fetch = (...asked) => gone.then(() => real(...asked));"
    )


def let_go(browser) -> None:
    """Lets all go that was held back."""
    browser.execute_script("window.letGo()")
