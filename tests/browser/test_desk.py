"""The desk of an editor in a browser: importing a page with its preview, finding it, editing a list."""

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from kb.models import Article, Initiative, Metric
from tests.browser import chromium
from tests.browser.axe import violations
from tests.browser.conftest import PAGES
from tests.browser.test_walk import for_the_documents, keep
from tests.browser.waiting import at, click, css, says, until

pytestmark = pytest.mark.browser

PAGE = PAGES / "102_tongliao-briefs.txt"
OURS = "#content"


@pytest.fixture
def editor(browser, visit, client, settings, transactional_db):
    """The browser of somebody who may do everything an editor does."""
    client.force_login(User.objects.create_superuser("林溪"))
    visit("/admin/login/")
    browser.add_cookie(
        {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "path": "/",
        }
    )
    yield browser
    browser.delete_all_cookies()


def pictured(browser, name, document=False):
    """Stores pictures of a page and has it looked at by axe, light and dark."""
    keep(browser, name)
    if document:
        chromium.resize(browser, chromium.WIDE, 800)
        for_the_documents(browser, name)
        chromium.resize(browser, chromium.WIDE)
    assert not browser.get_log("browser")
    found = violations(browser)
    chromium.in_the_dark(browser, True)
    found += violations(browser)
    chromium.in_the_dark(browser, False)
    browser.get_log("browser")  # axe reads the style sheets anew, which the pages' policy forbids it
    assert not found, f"{name}: {found}"


def test_a_page_is_imported_with_a_preview_and_then_found(editor, visit, tmp_path):
    broken = tmp_path / "坏.txt"
    broken.write_bytes(b"ab\ncd\n\xff\xff\xff\xff")
    visit("/admin/import/")
    css(editor, "#id_pages").send_keys(f"{PAGE}\n{broken}")
    says(editor, "#chosen", PAGE.name)
    pictured(editor, "import")

    click(editor, "button.default")
    at(editor, "/batch/")
    says(editor, OURS, "红色驿站“暖”了新就业群体", "新增", "坏.txt", "第 3 行")
    assert not Article.objects.exists()
    pictured(editor, "import-preview", document=True)

    click(editor, "button.default")
    says(editor, OURS, "已入库")
    assert Article.objects.count() == 6
    pictured(editor, "import-report")

    visit("/admin/kb/article/")
    css(editor, "#searchbar").send_keys("新就业群体\n")
    at(editor, "q=")
    says(editor, "#result_list", "红色驿站")


def test_a_long_upload_shows_how_far_it_has_come(editor, visit, settings, monkeypatch):
    monkeypatch.setattr("importers.web.batches.SECONDS", -1.0)
    visit("/admin/import/")
    files = "\n".join(str(path) for path in sorted(PAGES.glob("10[235]_*.txt")))
    css(editor, "#id_pages").send_keys(files)
    click(editor, "button.default")
    ticked = ":root:not(:has(#reading)) input[name=page]:checked"
    until(editor, lambda page: len(page.find_elements(By.CSS_SELECTOR, ticked)) == 3)


def test_without_scripts_a_page_is_imported_too(editor, visit):
    editor.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit("/admin/import/")
        css(editor, "#id_pages").send_keys(str(PAGE))
        click(editor, "button.default")
        at(editor, "/batch/")
        click(editor, "button.default")
        says(editor, OURS, "已入库")
    finally:
        editor.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert Article.objects.count() == 6


def test_a_value_is_corrected_in_the_list(editor, visit, world):
    visit("/admin/kb/metric/?unit=次")
    pictured(editor, "desk-metrics", document=True)
    field = css(editor, f"input[value='{world.visits.subject}']:not([type=hidden])")
    field.clear()
    field.send_keys("入户走访")
    click(editor, "input[name=_save]")
    until(editor, lambda _page: Metric.objects.get(pk=world.visits.pk).locked)
    lock = css(editor, "#result_list .lock")
    assert lock.is_displayed()
    assert lock.accessible_name == "已锁定"
    pictured(editor, "desk-lock")


def test_a_kind_is_set_for_several_rows_after_asking(editor, visit, world):
    visit("/admin/kb/initiative/")
    for row in (world.lark, world.lights):
        click(editor, f"input.action-select[value='{row.pk}']")
    Select(css(editor, "select[name=action]")).select_by_value("set_kind")
    click(editor, ".actions button")
    says(editor, OURS, "将改动 2 条记录")
    pictured(editor, "desk-set-kind")
    click(editor, "input[value=project]")
    click(editor, ".desk-choice input[type=submit]")
    until(editor, lambda _page: Initiative.objects.filter(kind="project").count() == 2)
