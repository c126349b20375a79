"""An editor who is quicker than the server loses no key and sends nothing twice."""

import pytest

from kb.models import OrganisationMention
from tests.browser.test_evidence import desk, is_open, press, said, select  # noqa: F401 - a fixture
from tests.browser.waiting import click, css, focused, held_back, let_go

pytestmark = pytest.mark.browser


def test_keys_that_come_before_the_answer_mean_what_comes_next(desk, world):  # noqa: F811
    browser = desk(world.hohhot_article)
    first, second, third, fourth = browser.execute_script(
        "return [...document.querySelectorAll('#record-list .record')].slice(0, 4).map((each) => each.id)"
    )
    held_back(browser)
    press(browser, "n", "a", "a", "x")
    let_go(browser)
    focused(browser, "data-records", fourth.removeprefix("record-"))
    for state, record in (("is-accepted", first), ("is-accepted", second), ("is-rejected", third)):
        assert state in css(browser, f"#{record}").get_attribute("class")
    assert "is-error" not in css(browser, "#toast").get_attribute("class")


def test_a_form_that_is_sent_twice_adds_one_record(desk, world):  # noqa: F811
    browser = desk(world.hohhot_article)
    select(browser, "石榴花志愿服务队")
    is_open(browser, "#picked")
    press(browser, "2")
    is_open(browser)
    click(browser, f"#dialog [data-pick='{world.team.pk}']")
    held_back(browser)
    press(browser, "\ue007", "\ue007")
    let_go(browser)
    said(browser, "已添加：石榴花志愿服务队")
    press(browser, "e")  # its turn is after all that was sent
    is_open(browser)
    assert "已添加" in css(browser, "#said").text
    assert OrganisationMention.objects.filter(text="石榴花志愿服务队").count() == 1
