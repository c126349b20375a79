"""From the overview to the words in the newspaper, as a reader walks."""

import os
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from kb.models import Article
from tests.browser import chromium
from tests.browser.waiting import at, click, css, focused, hidden, says, shown, until

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def keep(browser, name: str) -> None:
    """Stores a picture of the whole page for each screen, and of the window for the documents if asked."""
    for width, dark in ((chromium.WIDE, False), (chromium.WIDE, True), (chromium.PHONE, False)):
        chromium.resize(browser, width)
        chromium.in_the_dark(browser, dark)
        suffix = "-dark" if dark else ""
        chromium.picture(browser, chromium.ARTEFACTS / f"{name}-{width}{suffix}.png")
        wider = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{name} is {wider} px wider than a screen of {width}"
    chromium.in_the_dark(browser, False)
    chromium.resize(browser, chromium.WIDE)


def for_the_documents(browser, name: str) -> None:
    """Stores what the window shows where SAVE_PICTURES is set; the pictures of README and docs."""
    if os.environ.get("SAVE_PICTURES"):
        chromium.picture(browser, IMAGES / f"{name}.png", whole=False)
        assert (IMAGES / f"{name}.png").stat().st_size < 300_000


def press(browser, *keys: str) -> None:
    """Keys, typed wherever the focus is."""
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def richest() -> Article:
    """The article with most different kinds of records, then with most of them."""

    def records(article: Article) -> tuple[int, int]:
        kinds = ("place_mentions", "organisation_mentions", "initiative_mentions", "metrics")
        counts = [getattr(article, kind).count() for kind in kinds]
        return sum(map(bool, counts)), sum(counts)

    return max(Article.objects.exclude(city=None).exclude(title=""), key=records)


def test_from_the_overview_to_the_words(visit, newspaper):
    article = richest()
    city = article.city
    browser = visit("/")
    keep(browser, "overview")
    for_the_documents(browser, "overview")

    click(browser, f'.map a[href="/cities/{city.code}/"]')
    until(browser, lambda page: css(page, "h1").text == city.name)
    keep(browser, "city")

    click(browser, article.title, By.LINK_TEXT)
    at(browser, f"/articles/{article.pk}/")
    assert css(browser, "h1").text == article.title
    assert css(browser, ".body").text.replace("\n", "") == article.body.replace("\n", "")
    assert browser.find_elements(By.CSS_SELECTOR, ".lines .own")
    keep(browser, "evidence")

    named = article.initiative_mentions.order_by("start").first()
    chromium.resize(browser, chromium.WIDE, 800)
    click(browser, f'a[data-to="initiative-{named.pk}"]')
    shown(browser, "#hint")
    browser.execute_script("scrollTo(0, 0)")
    shown(browser, "#hint")
    for_the_documents(browser, "evidence")


def test_records_are_shown_where_they_are_pointed_at_and_stepped_through(visit, world):
    browser = visit(f"/articles/{world.hohhot_article.pk}/")
    hidden(browser, "#hint")
    ActionChains(browser).move_to_element(css(browser, f"#metric-{world.hours.pk}")).perform()
    says(browser, "#hint", "350,000 小时", "服务", "“云雀”志愿服务品牌")
    ActionChains(browser).move_to_element(css(browser, "h1")).perform()
    hidden(browser, "#hint")

    press(browser, "n", "n")
    shown(browser, "#hint")
    second = browser.switch_to.active_element
    assert second.get_attribute("data-records").split()
    press(browser, "p")
    says(browser, "#hint", "新城区")
    first = browser.switch_to.active_element
    assert first != second

    click(browser, "#keys-on")
    press(browser, "n")
    assert browser.switch_to.active_element.get_attribute("id") == "keys-on"


def test_what_comes_to_lie_under_a_mouse_that_rests_is_not_pointed_at(visit, world):
    browser = visit(f"/articles/{world.hohhot_article.pk}/#metric-{world.hours.pk}")
    says(browser, "#hint", "350,000 小时")
    browser.execute_async_script("setTimeout(arguments[0])")  # after what the page does once it is loaded
    under = css(browser, f"#metric-{world.people.pk}")
    come = "arguments[0].dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))"
    browser.execute_script(come, under)
    says(browser, "#hint", "350,000 小时")
    ActionChains(browser).move_to_element(under).perform()
    says(browser, "#hint", "近百人")


def test_the_legend_hides_a_kind_and_the_keys_pass_over_it(visit, world):
    browser = visit(f"/articles/{world.hohhot_article.pk}/")
    shown(browser, ".rec-place")
    click(browser, "#show-place")
    hidden(browser, ".rec-place")
    line = browser.execute_script(
        "return getComputedStyle(arguments[0]).backgroundImage", css(browser, ".u0-place")
    )
    assert line.split("gradient(")[1].startswith("rgba(0, 0, 0, 0)")
    seen = set()
    for _step in range(8):
        press(browser, "n")
        seen |= {
            each.get_attribute("class") for each in browser.find_elements(By.CSS_SELECTOR, ".record.now")
        }
    assert seen
    assert not any("rec-place" in each for each in seen)


def test_a_click_opens_the_record(visit, world):
    address = f"/articles/{world.hohhot_article.pk}/"
    browser = visit(address)
    click(browser, f"#initiative-{world.hohhot_article.initiative_mentions.get().pk}")
    at(browser, f"/lists/articles/?initiative={world.lark.pk}")
    click(browser, "main .articles a")
    at(browser, address)
    click(browser, f"#metric-{world.people.pk}")
    at(browser, f"{address}#metric-{world.people.pk}")
    says(browser, "#hint", "近百人")


@pytest.mark.parametrize("width", [chromium.WIDE, chromium.PHONE])
def test_a_figure_of_a_list_leads_to_the_words_that_prove_it(visit, browser, world, width):
    chromium.resize(browser, width, 844)
    visit("/lists/metrics/?unit=小时")
    click(browser, "35万余小时", By.LINK_TEXT)
    says(browser, "#hint", "350,000 小时", "2024-12-31", "“云雀”志愿服务品牌")
    assert focused(browser, "id", f"metric-{world.hours.pk}").text == "35万余小时"
    seen = "const { top } = arguments[0].getBoundingClientRect(); return 0 <= top && top < innerHeight"
    for each in (f"#metric-{world.hours.pk}", "#hint"):
        until(browser, lambda page, each=each: page.execute_script(seen, css(page, each)))
    chromium.picture(browser, chromium.ARTEFACTS / f"figure-{width}.png", whole=False)
    chromium.in_the_dark(browser, True)
    chromium.picture(browser, chromium.ARTEFACTS / f"figure-{width}-dark.png", whole=False)
    chromium.in_the_dark(browser, False)

    click(browser, "#show-metric")  # an address that names a figure shows it even where figures are off
    hidden(browser, f"#record-metric-{world.hours.pk}")
    visit("/")
    visit(f"/articles/{world.hohhot_article.pk}/#record-metric-{world.hours.pk}")
    focused(browser, "id", f"metric-{world.hours.pk}")


def test_what_was_opened_stays_at_its_words_when_the_window_changes(visit, browser, world):
    visit(f"/articles/{world.hohhot_article.pk}/#metric-{world.hours.pk}")
    shown(browser, "#hint")
    chromium.resize(browser, chromium.PHONE, 844)
    until(browser, lambda page: page.execute_script("return innerWidth") == chromium.PHONE)

    def is_at_its_words(page):
        words, hint = (
            page.execute_script("return arguments[0].getBoundingClientRect().toJSON()", css(page, each))
            for each in (f"#metric-{world.hours.pk}", "#hint")
        )
        is_near = min(abs(hint["top"] - words["bottom"]), abs(words["top"] - hint["bottom"])) < 40
        return is_near and 0 <= hint["left"] <= hint["right"] <= chromium.PHONE

    until(browser, is_at_its_words)
    assert css(browser, "#hint").is_displayed()


def test_a_figure_is_found_without_scripts_too(visit, browser, world):
    hours, address = world.hours.pk, f"/articles/{world.hohhot_article.pk}/"
    colour = "return getComputedStyle(arguments[0]).backgroundColor"

    def unscripted(path):
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        visit(path)
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    try:
        unscripted(f"{address}#metric-{hours}")
        words, others = css(browser, f"#metric-{hours}"), css(browser, f"#metric-{world.people.pk}")
        assert browser.execute_script(colour, words) != browser.execute_script(colour, others)
        unscripted("/")
        unscripted(f"{address}#record-metric-{hours}")
        card, other = (css(browser, f"#record-metric-{pk}") for pk in (hours, world.people.pk))
        assert browser.execute_script(colour, card) != browser.execute_script(colour, other)
        chromium.picture(browser, chromium.ARTEFACTS / "figure-without-scripts.png", whole=False)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_names_are_suggested_and_chosen_by_keyboard(visit, world):
    browser = visit("/")
    css(browser, "#q").send_keys("新城区石")
    offered = (
        "#suggestions li:only-child span:first-child"  # what begins as the first signs do is offered before
    )
    until(browser, lambda page: css(page, offered).text == "新城区石榴花志愿服务队")
    css(browser, "#q").send_keys("\ue015\ue007")  # arrow down, enter
    at(browser, "/search/")
    says(browser, "main", "新城区石榴花志愿服务队")
    keep(browser, "search")


def test_a_picture_is_saved_as_png(visit, world, tmp_path):
    browser = visit("/")
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    click(browser, "a[data-png=cities] + button")
    saved = tmp_path / "cities.png"
    until(browser, lambda _page: saved.exists() and saved.stat().st_size > 5000)
    assert saved.read_bytes().startswith(b"\x89PNG")


def test_without_scripts_everything_is_there(visit, browser, world):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit("/")
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        assert "呼和浩特市" in css(browser, ".numbers").text
        assert css(browser, ".map svg").is_displayed()
        assert not browser.find_elements(By.CSS_SELECTOR, ".takeaway button")
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        visit(f"/articles/{world.hohhot_article.pk}/")
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        assert not css(browser, ".keys-on").is_displayed()
        assert "350,000 小时" in css(browser, f"#metric-{world.hours.pk}").get_attribute("title")
        click(browser, "#show-place")
        hidden(browser, ".rec-place")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_words_of_a_page_are_no_script(visit, browser, world):
    hostile = "<script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">"
    Article.objects.filter(pk=world.ordos_article.pk).update(title=hostile)
    type(world.undated_page).objects.filter(pk=world.undated_page.pk).update(raw_text=hostile)
    for path in ("/", "/cities/150600/", f"/articles/{world.ordos_article.pk}/", "/search/?q=书屋"):
        visit(path)
        assert browser.title.endswith("党建知识库")
        assert hostile in css(browser, "main").text


def test_a_print_is_dark_on_white_whatever_the_screen(visit, browser, world):
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    visit("/")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": dark})
    try:
        chromium.picture(browser, chromium.ARTEFACTS / "overview-print.png")
        colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert colour == "rgb(255, 255, 255)"
        for hidden in (".searchbox", ".takeaway", ".choice"):
            assert not css(browser, hidden).is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
