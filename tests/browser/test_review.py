"""Ten doubts, reviewed by keyboard alone; the keys are counted, docs/editing.md tells how many they are."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kb.models import Decision, Doubt, Initiative, Metric, PlaceMention
from kb.review.queue import claim_one
from tests.browser import chromium
from tests.browser.axe import violations
from tests.browser.test_walk import keep
from tests.browser.waiting import at, click, css, held_back, let_go, says, until
from tests.factories import ArticleFactory, MetricFactory, PlaceFactory, PlaceMentionFactory
from tests.kb.review.conftest import at_midnight_too, doubt  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

BODY = (
    "昆都仑区和达拉特旗都有新城区。近日，新城区的党员走进鹿苑镇青杨村，教育局送来图书。"
    "“小马灯”点亮夜路，“好邻居”敲开家门，百名党员参加，千头牛羊入圈，走访群众20次，办成实事30件。"
    "“一碗水端平”，大家都说好。"
)


@pytest.fixture
def editor(live_server, transactional_db):
    return User.objects.create_superuser("林溪", password="x")


@pytest.fixture
def other(editor):
    return User.objects.create_superuser("周牧云", password="x")


@pytest.fixture
def desk(editor, browser, live_server):
    """The browser, signed in as an editor."""
    client = Client()
    client.force_login(editor)
    browser.get(live_server.url + "/static/web/icon.svg")
    browser.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})
    yield browser
    browser.delete_all_cookies()


@pytest.fixture
def twelve(world):
    """Twelve doubts of seven sorts, three of them one case."""
    article = ArticleFactory(page=world.page, body=BODY, city=world.baotou, title="灯下")
    PlaceFactory(name="新城区", level="county", city=world.ordos, parent=world.ordos)
    PlaceMentionFactory(article=article, text="鹿苑镇", place=world.town)
    for text in ("20次", "30件"):
        MetricFactory(article=article, text=text, value=int(text[:2]), unit=text[2], subject="")
    doubt(article, "新城区", "place", "ambiguous", 1, candidates=["新城区"])
    doubt(article, "青杨村", "place", "unresolved")
    doubt(article, "教育局", "organisation", "unresolved")
    for quoted in ("“小马灯”", "“好邻居”", "“一碗水端平”"):
        doubt(article, quoted, "initiative", "low_confidence", confidence=0.4)
    for text, written in (("百名", "exact 100 名"), ("千头", "exact 1000 头")):
        doubt(article, text, "metric", "low_confidence", candidates=[written])
    for text in ("20次", "30件"):
        doubt(article, text, "metric", "no_subject")
    village = ArticleFactory(page=world.page, body="双山村一，双山村二，双山村三。", city=world.baotou)
    for nth in range(3):
        row = doubt(village, "双山村", "place", "unresolved", nth, repeats=3)
        PlaceMentionFactory(article=village, text="双山村", start=row.start, end=row.end)
    return article


class Keyboard:
    """Keys, counted; nothing else is used."""

    def __init__(self, browser):
        self.browser, self.count = browser, 0

    def press(self, *keys):
        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()
            self.count += 1


def question(browser):
    # In one step: the question may be replaced at any time.
    return browser.execute_script("return document.querySelector('.question')?.textContent || ''")


def now(browser, words):
    """Waits until the question has these words."""
    until(browser, lambda page: words in question(page), words)


def stored(count):
    """Waits until so many decisions are stored, and all that goes with them."""
    decisions = Decision.objects.filter(undone_at=None)
    until(None, lambda _: decisions.count() == count, f"{count} decisions")


@pytest.mark.usefixtures("at_midnight_too")
def test_ten_doubts_are_reviewed_by_keyboard_alone(visit, desk, twelve, world):
    keys = Keyboard(visit("/review/"))
    now(desk, "双山村")
    keep(desk, "review")
    keys.press("b")
    at(desk, "/same/")
    keep(desk, "review-case")
    keys.press("1")
    now(desk, "新城区")
    assert keys.count == 2, "a case of three: two keys"
    says(desk, "#notice", "共 3 条")

    begun = keys.count
    for words, key in (
        ("“新城区”指哪个地方", "1"),
        ("“青杨村”在哪里", "1"),
        ("“教育局”是哪个组织", "2"),
        ("“20次”统计的是什么", "1"),
        ("“30件”统计的是什么", "a"),
        ("“百名”是一个统计数字吗", "a"),
        ("“千头”是一个统计数字吗", "x"),
        ("“小马灯”是一个举措的名字吗", "2"),
        ("“好邻居”是一个举措的名字吗", "1"),
        ("“一碗水端平”是一个举措的名字吗", "s"),
    ):
        now(desk, words)
        keys.press(key)
    now(desk, "都处理完了")
    stored(11)
    assert keys.count - begun == 10, "one key each"
    assert PlaceMention.objects.filter(article=twelve).exclude(text="鹿苑镇").count() == 2
    assert Metric.objects.get(text="20次").subject == "走访群众"
    assert Metric.objects.get(text="百名").value == 100
    assert not Metric.objects.filter(text="千头").exists()
    named = Initiative.objects.filter(name__in=["“小马灯”", "“好邻居”"])
    assert set(named.values_list("kind", flat=True)) == {
        "brand", "campaign",
    }  # fmt: skip
    says(desk, "#progress", "今天完成 12")
    keep(desk, "review-done")

    keys.press("z")
    now(desk, "“一碗水端平”")
    keys.press("z")
    now(desk, "“好邻居”")
    assert not Initiative.objects.filter(name="“好邻居”").exists()


@pytest.fixture
def taken_in(desk):
    """`taken_in(n)` waits until a page's script has taken in so many answers of the server."""
    script = (
        "const text = Response.prototype.text; window.takenIn = 0;"
        "Response.prototype.text = async function () {"
        "  const found = await text.call(this); setTimeout(() => { window.takenIn += 1; }); return found; };"
    )
    made = desk.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    yield lambda count: until(desk, lambda page: page.execute_script("return window.takenIn") >= count)
    desk.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)


def test_the_next_doubt_is_there_before_the_answer_has_arrived(visit, desk, twelve, taken_in):
    browser = visit("/review/?kind=metric")
    taken_in(1)
    assert Doubt.objects.exclude(claimed_by=None).count() == 2
    first = question(browser)
    held_back(browser)
    Keyboard(browser).press("x")
    until(browser, lambda _: question(browser) != first)
    assert not Decision.objects.exists()
    let_go(browser)
    stored(1)


def test_what_is_still_on_its_way_is_taken_back_once_it_has_arrived(visit, desk, twelve, taken_in):
    browser = visit("/review/?kind=metric")
    taken_in(1)
    first = question(browser)
    held_back(browser)
    Keyboard(browser).press("x")
    until(browser, lambda _: question(browser) != first)
    Keyboard(browser).press("z")
    let_go(browser)
    now(browser, first)
    assert [each.undone_at is None for each in Decision.objects.all()] == [False]


def test_a_reading_is_typed_and_chosen_among_what_is_found(visit, desk, twelve, world):
    PlaceFactory(name="鹿苑东街", level="township", city=world.baotou)
    keys = Keyboard(visit("/review/?kind=place&reason=ambiguous"))
    now(desk, "新城区")
    keys.press("/", "鹿", "苑", Keys.ENTER)
    says(desk, "#notice", "找到下列 2 个")
    names = [each.text for each in desk.find_elements(By.CSS_SELECTOR, ".option-label")]
    at = names.index("鹿苑镇") + 1
    keys.press(str(at))
    stored(1)
    assert PlaceMention.objects.get(text="新城区", article=twelve).place == world.town
    keys.press("z")
    now(desk, "新城区")
    desk.get_log("browser")  # the browser notes that a question came back


def test_what_somebody_else_decided_meanwhile_is_told(visit, desk, other, twelve, taken_in):
    keys = Keyboard(visit("/review/?kind=initiative"))
    now(desk, "“小马灯”")
    taken_in(1)
    assert Doubt.objects.exclude(claimed_by=None).count() == 2
    Doubt.objects.update(claimed_until=None, claimed_by=None)
    assert claim_one(other, Doubt.objects.get(text="“小马灯”").pk)
    keys.press("1")
    says(desk, "#notice.bad", "正由 周牧云 审核")
    assert not Decision.objects.exists()
    desk.get_log("browser")  # the browser notes the refusal itself


def test_without_scripts_the_forms_do_the_same(desk, visit, twelve):
    desk.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit("/review/?kind=initiative")
        click(desk, 'button[name=option][value="kind:brand"]')
        now(desk, "“好邻居”")
        says(desk, "#notice", "已采纳：“小马灯”（品牌）")
        click(desk, "form.undo button")
        now(desk, "“小马灯”")
    finally:
        desk.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize(
    ("width", "dark"), [(chromium.WIDE, False), (chromium.WIDE, True), (chromium.PHONE, False)]
)
def test_axe_finds_nothing(visit, desk, twelve, width, dark):
    chromium.resize(desk, width)
    chromium.in_the_dark(desk, dark)
    alike = Doubt.objects.filter(text="双山村").first()
    paths = ["/review/", "/review/?kind=metric", f"/review/{alike.pk}/same/", "/review/?kind=article", "/"]
    assert {path: broken for path in paths if (broken := violations(visit(path)))} == {}


def test_editors_find_the_queue_from_the_overview_and_the_admin(visit, desk, twelve):
    for path in ("/", "/admin/"):
        browser = visit(path)
        entry = css(browser, ".review-entry a")
        assert entry.text.split() == ["待审核", str(Doubt.objects.count())]
        entry.click()
        now(browser, "双山村")
