"""An editor finds two organisations that are one, merges them, takes it back, and looks at the history."""

import pytest
from django.conf import settings
from selenium.webdriver.common.by import By

from kb.models import Organisation
from tests.browser.axe import violations
from tests.browser.test_walk import keep
from tests.browser.waiting import at, click, css, says
from tests.factories import OrganisationFactory, OrganisationMentionFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(visit, client, admin_user, browser):
    """`desk("/admin/…")` opens a page as somebody who may edit."""

    def go(path):
        client.force_login(admin_user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "domain": "localhost"}
        browser.execute_cdp_cmd("Network.setCookie", cookie)
        return visit(path)

    yield go
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})


def follow(browser, words, address):
    """A click on a link, and the page that it leads to."""
    click(browser, words, By.LINK_TEXT)
    at(browser, address)


@pytest.fixture
def double(world):
    """A second row of the world's team, with a mention of its own."""
    row = OrganisationFactory(name="新城区石榴花志愿者服务队", category="volunteer_team")
    OrganisationMentionFactory(article=world.ordos_article, text="达拉特旗", organisation=row)
    return row


def test_two_are_merged_and_parted_again(desk, browser, world, double):
    desk(f"/admin/kb/organisation/{world.team.pk}/change/")
    follow(browser, "可能重复", "/duplicates/")
    assert not violations(browser)
    keep(browser, "duplicates")
    click(browser, f"//button[contains(., '留下“{world.team.name}”')]", By.XPATH)
    says(browser, ".messagelist", "已并入")
    assert Organisation.objects.get(pk=double.pk).state == "rejected"
    keep(browser, "merged")

    follow(browser, "撤销", "/undo/")
    assert not violations(browser)
    keep(browser, "undo")
    click(browser, ".merging button.default")
    says(browser, ".messagelist", "又是单独的一条")
    assert Organisation.objects.get(pk=double.pk).mentions.count() == 1

    follow(browser, "历史", "/history/")
    says(browser, "#content h1", "的历史")
    assert [each.text.split()[0] for each in browser.find_elements(By.CSS_SELECTOR, ".events h2")] == [
        "撤销合并", "合并", "新建",
    ]  # fmt: skip
    assert not violations(browser)
    keep(browser, "history")

    browser.find_elements(By.LINK_TEXT, "恢复到这一版")[-1].click()
    says(browser, "#content", "不需要恢复")


def test_a_mention_goes_to_a_record_that_is_searched_for(desk, browser, world):
    OrganisationMentionFactory(article=world.ordos_article, text="“晨光”书屋", organisation=world.team)
    desk(f"/admin/kb/organisation/{world.team.pk}/change/")
    follow(browser, "拆分", "/split/")
    browser.find_elements(By.CSS_SELECTOR, "input[name=mentions]")[-1].click()
    keep(browser, "split")
    css(browser, "input[name=name]").send_keys("晨光书屋志愿队")
    click(browser, ".merging button.default")
    says(browser, ".messagelist", "晨光书屋志愿队")
    assert Organisation.objects.get(name="晨光书屋志愿队").mentions.count() == 1


def test_an_earlier_version_is_put_back(desk, browser, world):
    desk(f"/admin/kb/metric/{world.visits.pk}/change/")
    field = css(browser, "#id_subject")
    field.clear()
    field.send_keys("入户走访")
    click(browser, "input[name=_continue]")
    css(browser, ".messagelist")  # the next page is there
    follow(browser, "历史", "/history/")
    keep(browser, "history-of-a-figure")
    click(browser, "恢复到这一版", By.LINK_TEXT)
    css(browser, ".merging button.default")
    assert not violations(browser)
    keep(browser, "restore")
    click(browser, ".merging button.default")
    says(browser, ".messagelist", "已恢复 1 个字段")
    world.visits.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == ("走访群众", ["subject"])
