"""Waiting for what a click leads to, while one page goes and the next one comes."""

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.support.ui import WebDriverWait


def patiently(browser, seconds: float) -> WebDriverWait:
    """A wait that asks again where an element went with its page, or is not there yet."""
    gone = [NoSuchElementException, StaleElementReferenceException]
    return WebDriverWait(browser, seconds, ignored_exceptions=gone)
