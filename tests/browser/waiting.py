"""Waiting for what a click leads to, while one page goes and the next one comes."""

from django.db import OperationalError
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait


def patiently(browser, seconds: float) -> WebDriverWait:
    """A wait that asks again where an element went with its page, or is not there yet.

    The same where the server is writing what is asked for: on SQLite tests share their base in memory
    with it, and a table that is written is locked.
    """
    gone = [NoSuchElementException, StaleElementReferenceException, OperationalError]
    return WebDriverWait(browser, seconds, ignored_exceptions=gone)


def css(browser, selector: str) -> WebElement:
    """The first element of a selector, on a page that may still be on its way."""
    return patiently(browser, 5).until(lambda page: page.find_element(By.CSS_SELECTOR, selector))
