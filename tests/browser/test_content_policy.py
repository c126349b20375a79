"""The admin and the documentation do their work under the policy; a refused file fails the test."""

import pytest
from django.contrib.auth import get_user_model
from selenium.webdriver.common.by import By

from tests.browser.waiting import css, patiently

pytestmark = pytest.mark.browser


def until(browser, condition):
    """Waits for a condition on the page; gives what it found."""
    return patiently(browser, 10).until(condition)


def options(browser) -> list:
    """What an open list of suggestions offers."""
    return browser.find_elements(By.CSS_SELECTOR, ".select2-results__option[aria-selected]")


@pytest.fixture
def signed_in(visit, world):
    """The admin after a log-in through its form."""
    get_user_model().objects.create_superuser("chief", password="quiet-orchard-lantern")
    browser = visit("/admin/login/?next=/admin/")
    css(browser, "#id_username").send_keys("chief")
    css(browser, "#id_password").send_keys("quiet-orchard-lantern")
    css(browser, "[type=submit]").click()
    until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, "#user-tools"))
    return browser


def test_a_date_is_picked_from_the_calendar(signed_in, visit):
    browser = visit("/admin/api/token/add/")
    css(browser, ".date-icon").click()
    until(browser, lambda page: css(page, ".calendarbox").is_displayed())
    css(browser, ".calendarbox .today a").click()
    assert css(browser, "#id_expires_at_0").get_attribute("value")
    css(browser, ".clock-icon").click()
    until(browser, lambda page: css(page, ".clockbox").is_displayed())


def test_a_link_is_chosen_by_typing(signed_in, visit, world):
    browser = visit(f"/admin/kb/initiative/{world.lark.pk}/change/")
    css(browser, ".field-city .select2-selection").click()
    until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".select2-search__field"))
    browser.find_elements(By.CSS_SELECTOR, ".select2-search__field")[-1].send_keys("包头")
    until(browser, lambda page: [each.text for each in options(page)] == ["包头市"])
    options(browser)[0].click()
    css(browser, "[name=_continue]").click()
    until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".messagelist .success"))
    world.lark.refresh_from_db()
    assert world.lark.city == world.baotou


def test_lists_are_narrowed_and_acted_upon(signed_in, visit, world):
    browser = visit("/admin/kb/metric/")
    css(browser, "#action-toggle").click()
    assert "selected" in css(browser, "#result_list tbody tr").get_attribute("class")
    visit(f"/admin/kb/article/{world.hohhot_article.pk}/change/")
    css(browser, ".add-row a").click()


def test_the_documentation_is_drawn(visit, world):
    browser = visit("/api/docs/")
    until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".opblock-summary"))
    css(browser, ".opblock-get .opblock-summary-control").click()
    until(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".try-out__btn"))
