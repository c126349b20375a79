"""An editor at work on the evidence of an article: by mouse, by keyboard, and with signs beyond the plane."""

import pytest
from django.conf import settings
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from kb.models import Metric, Organisation, OrganisationMention, PlaceMention
from tests.browser import chromium
from tests.browser.axe import violations
from tests.browser.waiting import click, css, focused, gone, hidden, says, shown
from tests.factories import ArticleFactory, DivergenceFactory, PlaceMentionFactory

pytestmark = pytest.mark.browser

SCREENS = [(chromium.WIDE, False), (chromium.WIDE, True), (chromium.PHONE, False), (chromium.PHONE, True)]


@pytest.fixture
def desk(visit, client, admin_user, browser):
    """`desk(article)` opens an article's page as an editor who has signed in."""

    def go(path):
        client.force_login(admin_user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        browser.execute_cdp_cmd(
            "Network.setCookie",
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost"},
        )
        return visit(path if isinstance(path, str) else f"/articles/{path.pk}/")

    yield go
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})


def press(browser, *keys):
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def said(browser, words):
    """Waits until the page has said so."""
    says(browser, "#said", words)


def is_open(browser, selector="#dialog"):
    return shown(browser, selector)


def keep(browser, name, within="html", whole=False):
    """Pictures of what the window shows, and nothing that axe finds, on each screen."""
    found = {}
    for width, dark in SCREENS:
        chromium.resize(browser, width, 844 if width < 600 else 900)
        chromium.in_the_dark(browser, dark)
        suffix = "-dark" if dark else ""
        chromium.picture(browser, chromium.ARTEFACTS / f"{name}-{width}{suffix}.png", whole=whole)
        wider = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{name} is {wider} px wider than a screen of {width}"
        if broken := violations(browser, within):
            found[width, dark] = broken
    chromium.in_the_dark(browser, False)
    chromium.resize(browser, chromium.WIDE)
    assert not found


def select(browser, text):
    """Draws the mouse over words of the text, as a person does."""
    ends = browser.execute_script(
        """
        const walk = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let node; (node = walk.nextNode());) {
          const at = node.data.indexOf(arguments[0]);
          if (at < 0) continue;
          range.setStart(node, at);
          range.setEnd(node, at + arguments[0].length);
          range.startContainer.parentElement.scrollIntoView({block: "center"});
          const box = range.getBoundingClientRect();
          return [box.left + 1, box.right - 1, box.top + box.height / 2].map(Math.round);
        }
        """,
        text,
    )
    left, right, height = ends
    mouse = ActionChains(browser)
    mouse.w3c_actions.pointer_action.move_to_location(left, height).pointer_down()
    mouse.w3c_actions.pointer_action.move_to_location(right, height).pointer_up()
    mouse.perform()


def test_a_wrong_value_is_corrected_in_three_actions(desk, world):
    browser = desk(world.hohhot_article)
    click(browser, f"#metric-{world.hours.pk}")  # one: a click on the figure
    is_open(browser)
    value = browser.switch_to.active_element
    assert (value.get_attribute("name"), value.get_attribute("value")) == ("value", "350000")
    keep(browser, "evidence-correct")
    value.send_keys("360000")  # two: the new value, over the old one, which is selected
    value.send_keys("\ue007")  # three: enter
    said(browser, "已保存：35万余小时")
    world.hours.refresh_from_db()
    assert (world.hours.value, world.hours.locked) == (360_000, ["value"])
    card = css(browser, f"#record-metric-{world.hours.pk}")
    assert "360,000 小时" in card.text
    assert css(card, ".lock").accessible_name == "已锁定"
    assert "数值" in css(card, ".standing").text

    click(browser, "#undo")
    said(browser, "已撤销")
    world.hours.refresh_from_db()
    assert (world.hours.value, world.hours.locked) == (350_000, [])
    assert "350,000 小时" in css(browser, f"#record-metric-{world.hours.pk}").text


def test_what_is_wrong_in_a_form_is_told_beside_the_field(desk, world):
    browser = desk(world.hohhot_article)
    click(browser, f"#metric-{world.hours.pk}")
    is_open(browser)
    browser.switch_to.active_element.send_keys("很多\ue007")
    css(browser, "#dialog [aria-invalid]")
    focused(browser, "name", "value")
    assert "数字" in css(browser, ".field-value .errorlist").text
    keep(browser, "evidence-refused")
    press(browser, "\ue00c")
    hidden(browser, "#dialog")
    # The browser notes every answer that is no success; this one was meant.
    assert all("422" in entry["message"] for entry in browser.get_log("browser"))


def test_records_are_confirmed_and_rejected_by_keyboard_alone(desk, world):
    browser = desk(world.hohhot_article)
    place = world.hohhot_article.place_mentions.get()
    press(browser, "n")
    focused(browser, "id", f"place-{place.pk}")
    press(browser, "a")
    said(browser, "已确认：新城区")
    place.refresh_from_db()
    assert place.locked == ["official", "place"]
    assert "已确认" in css(browser, f"#record-place-{place.pk}").text
    # The next record has the focus: one key a record.
    team = world.hohhot_article.organisation_mentions.get()
    focused(browser, "data-records", f"organisation-{team.pk}")
    press(browser, "x")
    said(browser, f"已否定：{team.text}")
    team.refresh_from_db()
    assert team.state == "rejected"
    assert "已否定" in css(browser, f"#record-organisation-{team.pk}").text
    assert css(browser, "[data-count=rejected]").text == "1"
    keep(browser, "evidence-decided")
    press(browser, "u")
    said(browser, "已撤销")
    team.refresh_from_db()
    assert team.state == "asserted"
    assert css(browser, "[data-count=rejected]").text == "0"
    assert css(browser, "#said").get_attribute("role") == "status"


def test_the_keys_can_be_turned_off(desk, world):
    browser = desk(world.hohhot_article)
    press(browser, "n")
    click(browser, "#keys-on")
    press(browser, "x", "a", "e")
    assert not css(browser, "#dialog").is_displayed()
    assert PlaceMention.objects.get(article=world.hohhot_article).state == "asserted"


def test_chosen_words_become_an_organisation(desk, world):
    browser = desk(world.ordos_article)
    select(browser, "藏书")
    says(browser, "#picked", "组织")
    click(browser, ".picked [data-kind=organisation]")
    dialog = is_open(browser)
    assert css(browser, "#desk-title").text == "藏书"
    click(browser, "#dialog [name=meant][value=new]")
    name = css(browser, "#dialog [name=new_name]")
    name.clear()
    name.send_keys("晨光藏书室")
    click(browser, "#dialog [name=new_category] option[value=institution]")
    css(browser, "#id_new_place").send_keys("达拉")
    says(browser, "#id_new_place-list", "达拉特旗")
    css(browser, "#id_new_place").send_keys("\ue015\ue007")
    keep(browser, "evidence-add")
    click(browser, "#dialog .primary")
    said(browser, "已添加：藏书")
    assert not dialog.is_displayed()
    row = OrganisationMention.objects.get(article=world.ordos_article)
    assert (row.text, row.organisation.name, row.organisation.place) == ("藏书", "晨光藏书室", world.dalad)
    assert world.ordos_article.body[row.start : row.end] == "藏书"
    focused(browser, "id", f"organisation-{row.pk}")
    assert "人工录入" in css(browser, f"#record-organisation-{row.pk}").text

    press(browser, "u")
    said(browser, "已撤销")
    assert not Organisation.objects.filter(name="晨光藏书室").exists()


def test_chosen_words_are_tied_to_a_record_that_is_there_by_keyboard(desk, world):
    browser = desk(world.hohhot_article)
    select(browser, "石榴花志愿服务队")
    is_open(browser, "#picked")
    press(browser, "2")
    is_open(browser)
    click(browser, f"#dialog [data-pick='{world.team.pk}']")
    press(browser, "\ue007")
    said(browser, "已添加：石榴花志愿服务队")
    row = OrganisationMention.objects.get(text="石榴花志愿服务队")
    assert (row.organisation, row.origin) == (world.team, "manual")


def test_signs_beyond_the_basic_plane_do_not_move_what_is_chosen(desk, transactional_db):
    article = ArticleFactory(body="🎋𠮷𠮷野村的👨‍👩‍👧读书会来了12人。\n𠮷日在鹿苑镇办班。", title="𠮷日")
    PlaceMentionFactory(article=article, text="𠮷野村")
    browser = desk(article)
    for kind, text, number in (("organisation", "读书会", "2"), ("place", "鹿苑镇", "1")):
        select(browser, text)
        is_open(browser, "#picked")
        press(browser, number)
        is_open(browser)
        click(browser, "#dialog [name=meant][value=unknown]")
        click(browser, "#dialog .primary")
        said(browser, f"已添加：{text}")
        row = getattr(article, f"{kind}_mentions").get(text=text)
        assert article.body[row.start : row.end] == text
    press(browser, "+")
    is_open(browser, "#by-words")
    css(browser, "#words").send_keys("12人")
    click(browser, "#by-words [data-kind=metric]")
    is_open(browser)
    assert css(browser, "#dialog [name=value]").get_attribute("value") == "12"
    click(browser, "#dialog .primary")
    said(browser, "已添加：12人")
    row = Metric.objects.get(article=article)
    assert article.body[row.start : row.end] == "12人"


def test_words_can_be_added_without_a_mouse(desk, world):
    browser = desk(world.baotou_article)
    press(browser, "+")
    is_open(browser, "#by-words")
    focused(browser, "id", "words")
    press(browser, "走访")
    keep(browser, "evidence-by-words")
    shown(browser, "#places")
    press(browser, "\ue004", "\ue004", "\ue004", "\ue004", "\ue007")  # over the places and kinds to 举措
    is_open(browser)
    assert css(browser, "#desk-title").text == "走访"


def test_a_change_of_somebody_else_is_told_and_nothing_is_overwritten(desk, world):
    browser = desk(world.hohhot_article)
    world.hours.subject = "别人改的"
    world.hours.save()
    click(browser, f"#record-metric-{world.hours.pk} [data-act=reject]")
    said(browser, "刚被别人改过")
    world.hours.refresh_from_db()
    assert world.hours.state == "asserted"
    assert all("409" in entry["message"] for entry in browser.get_log("browser"))


def test_readers_see_the_evidence_and_no_tools(visit, world):
    browser = visit(f"/articles/{world.hohhot_article.pk}/")
    press(browser, "n", "a", "x", "e")
    assert not browser.find_elements(By.CSS_SELECTOR, "dialog, [data-act], #undo, .picked")
    assert css(browser, "#hint").is_displayed()


def test_a_correction_in_the_admin_shows_a_lock_that_one_click_takes_off(desk, world):
    Metric.objects.filter(pk=world.visits.pk).update(origin="imported")
    browser = desk(f"/admin/kb/metric/{world.visits.pk}/change/")
    css(browser, "#id_subject").clear()
    css(browser, "#id_subject").send_keys("入户走访")
    click(browser, "[name=_continue]")
    lock = css(browser, ".field-subject .lock")
    assert lock.accessible_name == "已锁定"
    assert "导入程序读作：走访群众" in css(browser, ".field-subject .help").text
    DivergenceFactory(row=world.visits, field="unit", read={"unit": "人次"})
    browser.refresh()
    keep(browser, "admin-locks", ".differences, .field-subject", whole=True)
    click(browser, ".field-subject [name=unlock]")
    says(browser, ".messagelist", "已解除锁定")
    assert not browser.find_elements(By.CSS_SELECTOR, ".lock")
    world.visits.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == ("入户走访", [])

    click(browser, ".differences [name=take]")
    says(browser, ".messagelist", "已采用导入程序的读法")
    gone(browser, ".differences")
    world.visits.refresh_from_db()
    assert world.visits.unit == "人次"
    click(browser, "在原文中看", By.LINK_TEXT)
    shown(browser, "#hint")
    focused(browser, "id", f"metric-{world.visits.pk}")
