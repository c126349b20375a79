"""The admin and the documentation do their work under the policy; a refused file fails the test."""

import pytest
from django.contrib.auth import get_user_model
from selenium.webdriver.common.by import By

from tests.browser.waiting import click, css, says, shown, until

pytestmark = pytest.mark.browser


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
    click(browser, "[type=submit]")
    css(browser, "#user-tools")
    return browser


def test_a_date_is_picked_from_the_calendar(signed_in, visit):
    browser = visit("/admin/api/token/add/")
    click(browser, ".date-icon")
    shown(browser, ".calendarbox")
    click(browser, ".calendarbox .today a")
    until(browser, lambda page: css(page, "#id_expires_at_0").get_attribute("value"))
    click(browser, ".clock-icon")
    shown(browser, ".clockbox")


def test_a_link_is_chosen_by_typing(signed_in, visit, world):
    browser = visit(f"/admin/kb/initiative/{world.lark.pk}/change/")
    click(browser, ".field-city .select2-selection")
    css(browser, ".select2-search__field")
    browser.find_elements(By.CSS_SELECTOR, ".select2-search__field")[-1].send_keys("包头")
    until(browser, lambda page: [each.text for each in options(page)] == ["包头市"])
    until(browser, lambda page: options(page)[0].click() is None)
    says(browser, ".field-city .select2-selection", "包头市")
    click(browser, "[name=_continue]")
    css(browser, ".messagelist .success")
    world.lark.refresh_from_db()
    assert world.lark.city == world.baotou


def test_lists_are_narrowed_and_acted_upon(signed_in, visit, world):
    browser = visit("/admin/kb/metric/")
    click(browser, "#action-toggle")
    css(browser, "#result_list tbody tr.selected")
    visit(f"/admin/kb/article/{world.hohhot_article.pk}/change/")
    click(browser, ".add-row a")


def test_the_documentation_is_drawn(visit, world):
    browser = visit("/api/docs/")
    click(browser, ".opblock-get .opblock-summary-control")
    css(browser, ".try-out__btn")
