"""No page breaks a rule of axe: on a wide screen, on a phone, in the dark, with a record shown."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains

from tests.browser import chromium
from tests.browser.axe import violations
from tests.browser.waiting import shown

pytestmark = pytest.mark.browser

SCREENS = [(chromium.WIDE, False), (chromium.WIDE, True), (chromium.PHONE, False)]


def pages(world) -> list[str]:
    return [
        "/", "/?by=metrics", "/cities/150100/", "/cities/150400/", f"/articles/{world.hohhot_article.pk}/",
        f"/articles/{world.ordos_article.pk}/?lines=all", "/search/", "/search/?q=服务", "/search/?q=火星",
        "/lists/metrics/?city=150100", "/lists/initiatives/?kind=brand", "/lists/pages/", "/lists/places/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_axe_finds_nothing(visit, browser, world, width, dark):
    chromium.resize(browser, width)
    chromium.in_the_dark(browser, dark)
    found = {path: broken for path in pages(world) if (broken := violations(visit(path)))}
    assert not found


def test_axe_finds_nothing_where_a_record_is_shown(visit, world):
    browser = visit(f"/articles/{world.hohhot_article.pk}/")
    ActionChains(browser).send_keys("nn").perform()
    shown(browser, "#hint")
    assert not violations(browser)
