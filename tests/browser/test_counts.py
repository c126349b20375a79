"""What each job costs, counted in the browser: the numbers of the table in docs/editing.md, row by row."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from kb.models import Article, Decision, Initiative, Metric, OrganisationMention
from tests.browser import waiting
from tests.browser.conftest import PAGES
from tests.browser.test_evidence import desk, said, select  # noqa: F401 - a fixture
from tests.browser.test_review import now, question, stored
from tests.browser.waiting import at, css, focused, says, shown, until
from tests.factories import ArticleFactory, DivergenceFactory, PlaceMentionFactory
from tests.kb.review.conftest import doubt

pytestmark = pytest.mark.browser

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "editing.md"
PAGE = PAGES / "102_tongliao-briefs.txt"


def promised() -> dict[str, str]:
    """The rows of the handbook's table: the job, and what it costs."""
    table = HANDBOOK.read_text(encoding="utf-8").partition("## 次数表")[2]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return {job: cost for job, cost in rows[1:] if not set(job) <= {"-"}}


@dataclass
class Hand:
    """Whatever a person does, counted."""

    browser: object
    clicks: int = 0
    keys: int = 0
    inputs: int = 0

    def click(self, element: str, by: str = By.CSS_SELECTOR) -> None:
        """A click on what a selector finds."""
        waiting.click(self.browser, element, by)
        self.clicks += 1

    def choose(self, selector, value) -> None:
        """An entry of a list of choices: one click."""
        Select(css(self.browser, selector)).select_by_value(value)
        self.clicks += 1

    def key(self, key) -> None:
        """One key, wherever the focus is."""
        ActionChains(self.browser).send_keys(key).perform()
        self.keys += 1

    def enter(self, words) -> None:
        """Words typed where the focus is, over what is selected there."""
        ActionChains(self.browser).send_keys(words).perform()
        self.inputs += 1

    def cost(self, promise: str) -> int:
        """What was done, in the unit of the promise: clicks, keys, or everything."""
        if "点击" in promise:
            return self.clicks
        return self.keys if "键" in promise else self.clicks + self.keys + self.inputs


def importing(hand, desk, world):  # noqa: F811
    """A file becomes stored records."""
    before = Article.objects.count()
    browser = desk("/admin/import/")
    css(browser, "#id_pages").send_keys(str(PAGE))
    hand.clicks += 1  # the button that opens the system's dialogue
    hand.click("button.default")
    css(browser, "input[name=page]")
    hand.click("button.default")
    until(browser, lambda _page: Article.objects.count() > before)


def in_the_list(hand, desk, world):  # noqa: F811
    """What a figure counts is changed in the list."""
    browser = desk("/admin/kb/metric/")
    field = f"input[value='{world.visits.subject}']:not([type=hidden])"
    hand.click(field)
    css(browser, field).send_keys(Keys.CONTROL, "a")
    hand.enter("入户走访")
    hand.click("input[name=_save]")
    until(browser, lambda _page: Metric.objects.filter(subject="入户走访").exists())


def all_of_a_city(hand, desk, world):  # noqa: F811
    """All figures of a city."""
    browser = desk("/admin/")
    hand.click("#content .model-metric a")
    hand.click(world.hohhot.name, By.LINK_TEXT)
    at(browser, f"in_city={world.hohhot.pk}")
    shown = browser.find_elements(By.CSS_SELECTOR, "#result_list tbody tr")
    assert len(shown) == Metric.objects.filter(city=world.hohhot).count() > 0


def one_kind_for_several(hand, desk, world):  # noqa: F811
    """Some initiatives, ticked before, get one kind."""
    browser = desk("/admin/kb/initiative/")
    for row in (world.lark, world.lights):
        waiting.click(browser, f"input.action-select[value='{row.pk}']")
    hand.choose("select[name=action]", "set_kind")
    hand.click(".actions button")
    hand.click("input[value=project]")
    hand.click(".desk-choice input[type=submit]")
    until(browser, lambda _page: Initiative.objects.filter(kind="project").count() == 2)


def taking_away(hand, desk, world):  # noqa: F811
    """The list as a file."""
    browser = desk("/admin/kb/metric/")
    link = until(browser, lambda page: page.find_element(By.LINK_TEXT, "导出 CSV"))
    address = link.get_attribute("href")
    # What a click fetches: a file that is stored leaves the page as it is.
    browser.execute_script(
        "arguments[0].addEventListener('click', (e) => { e.preventDefault();"
        " fetch(arguments[0].href).then((a) => a.text()).then((t) => { window.taken = t; }); })",
        link,
    )
    hand.click("导出 CSV", By.LINK_TEXT)
    taken = until(browser, lambda page: page.execute_script("return window.taken"))
    assert world.visits.subject in taken, address


def questions(world):
    """Two doubts, each of its own case, and one of three."""
    article = ArticleFactory(page=world.page, body="“小马灯”点亮夜路，“好邻居”敲开家门。", city=world.baotou)
    for quoted in ("“小马灯”", "“好邻居”"):
        doubt(article, quoted, "initiative", "low_confidence", confidence=0.4)
    village = ArticleFactory(page=world.page, body="双山村一，双山村二，双山村三。", city=world.baotou)
    for nth in range(3):
        row = doubt(village, "双山村", "place", "unresolved", nth, repeats=3)
        PlaceMentionFactory(article=village, text="双山村", start=row.start, end=row.end)


def one_question(hand, desk, world):  # noqa: F811
    """A doubt is decided, and the next one shown."""
    questions(world)
    browser = desk("/review/?kind=initiative")
    first = question(browser)
    hand.key("1")
    stored(1)
    until(browser, lambda page: question(page) != first)


def a_case(hand, desk, world):  # noqa: F811
    """All doubts of a case are decided."""
    questions(world)
    browser = desk("/review/?kind=place")
    now(browser, "双山村")
    hand.key("b")
    at(browser, "/same/")
    hand.key("1")
    says(browser, "#notice", "共 3 条")


def taking_back(hand, desk, world):  # noqa: F811
    """The last decision is taken back."""
    questions(world)
    browser = desk("/review/?kind=initiative")
    first = question(browser)
    ActionChains(browser).send_keys("x").perform()
    until(browser, lambda page: question(page) != first)
    hand.key("z")
    now(browser, first)
    stored(0)
    assert Decision.objects.exclude(undone_at=None).count() == 1


def a_wrong_value(hand, desk, world):  # noqa: F811
    """A value is corrected from the article's page."""
    browser = desk(world.hohhot_article)
    hand.click(f"#metric-{world.hours.pk}")
    focused(browser, "value", "350000")
    hand.enter("360000")
    hand.key("\ue007")
    said(browser, "已保存")
    world.hours.refresh_from_db()
    assert world.hours.value == 360_000


def yes_and_on(hand, desk, world):  # noqa: F811
    """A record is confirmed, and the next one has the focus."""
    browser = desk(world.hohhot_article)
    ActionChains(browser).send_keys("n").perform()
    first = browser.switch_to.active_element.get_attribute("data-records")
    hand.key("a")
    said(browser, "已确认")
    assert browser.switch_to.active_element.get_attribute("data-records") != first


def unlocking(hand, desk, world):  # noqa: F811
    """The lock of a field is taken off."""
    world.visits.lock(["subject"])
    world.visits.save()
    browser = desk(f"/admin/kb/metric/{world.visits.pk}/change/")
    hand.click(".field-subject [name=unlock]")
    says(browser, ".messagelist", "已解除锁定")
    assert not Metric.objects.get(pk=world.visits.pk).locked


def a_difference(hand, desk, world):  # noqa: F811
    """A person's reading is kept, or the importer's newer one is taken."""
    DivergenceFactory(row=world.visits, field="unit", read={"unit": "人次"})
    browser = desk(f"/admin/kb/metric/{world.visits.pk}/change/")
    hand.click(".differences [name=take]")
    until(browser, lambda _page: Metric.objects.get(pk=world.visits.pk).unit == "人次")


def chosen_words(hand, desk, world):  # noqa: F811
    """Words, chosen before, are tied to an organisation that is there."""
    browser = desk(world.hohhot_article)
    select(browser, "石榴花志愿服务队")
    shown(browser, "#picked")
    hand.key("2")
    shown(browser, "#dialog")
    hand.click(f"#dialog [data-pick='{world.team.pk}']")
    hand.key("\ue007")
    said(browser, "已添加：石榴花志愿服务队")
    assert OrganisationMention.objects.get(text="石榴花志愿服务队").organisation == world.team


WALKS = {
    "导入一个文件": importing,
    "改一条数据的统计对象": in_the_list,
    "一个盟市的全部数据": all_of_a_city,
    "把几条举措设为同一类别": one_kind_for_several,
    "导出当前列表": taking_away,
    "处理一条待审核的疑问": one_question,
    "处理同类的几条疑问（不论几条）": a_case,
    "撤销上一个审核决定": taking_back,
    "从文章页改正一个数值": a_wrong_value,
    "确认或否定一条记录并走到下一条": yes_and_on,
    "解除一个字段的锁定": unlocking,
    "决定一处读法差异": a_difference,
    "选中文字后标为已有的组织": chosen_words,
}
"""The walk that counts what each row of the handbook's table promises."""


def test_every_row_of_the_table_is_counted():
    assert promised().keys() == WALKS.keys()


@pytest.mark.parametrize("job", WALKS, ids=lambda job: WALKS[job].__name__)
def test_a_job_costs_what_the_handbook_says(desk, browser, world, job):  # noqa: F811
    hand, promise = Hand(browser), promised()[job]
    WALKS[job](hand, desk, world)
    assert hand.cost(promise) == int(re.search(r"\d+", promise)[0]), promise
