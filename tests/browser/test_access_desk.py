"""No page of the desk breaks a rule of axe: every list and form, merging and splitting, the history."""

import pytest
from django.contrib import admin

from kb.changes import attributed
from kb.merging.merge import merge
from tests.browser import chromium
from tests.browser.axe import violations
from tests.browser.test_desk import editor  # noqa: F401 - a fixture
from tests.browser.waiting import click, css, gone, until
from tests.factories import DivergenceFactory, DoubtFactory, OrganisationFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(editor, world):  # noqa: F811
    """The browser of an editor, with something to see on every page."""
    double = OrganisationFactory(
        name="新城区石榴花志愿者服务队", category="volunteer_team", city=world.hohhot
    )
    with attributed("林溪"):
        world.visits.subject = "入户走访"
        world.visits.lock(["subject"])
        world.visits.save()
        merge(OrganisationFactory(name="石榴花队"), world.department)
    DivergenceFactory(
        row=world.visits, name="9624次", read={"subject": "走访牧户"}, article=world.hohhot_article
    )
    DoubtFactory(article=world.hohhot_article)
    candidates = [{"record": double.pk, "other": world.team.pk, "name": "石榴花", "reasons": ["名称相同"]}]
    world.question = DoubtFactory(
        article=world.hohhot_article, kind="organisation", reason="possible_duplicate", candidates=candidates
    )
    return editor


def pages(world):
    """The pages that are not lists."""
    records = {
        "article": world.hohhot_article, "metric": world.visits, "organisation": world.team,
        "initiative": world.lark, "place": world.town, "page": world.page,
    }  # fmt: skip
    found = {f"form-{name}": f"/admin/kb/{name}/{row.pk}/change/" for name, row in records.items()}
    found |= {f"history-{name}": f"/admin/kb/{name}/{row.pk}/history/" for name, row in records.items()}
    found |= {
        f"split-{n}": f"/admin/kb/{n}/{records[n].pk}/split/" for n in ("organisation", "initiative", "place")
    }
    found |= {f"duplicates-{n}": f"/admin/kb/merge/duplicates/{n}/" for n in ("organisations", "places")}
    found |= {f"add-{name}": f"/admin/kb/{name}/add/" for name in ("metric", "initiative", "organisation")}
    return found | {
        "index": "/admin/", "application": "/admin/kb/", "review-doubles": f"/review/{world.question.pk}/",
        "import": "/admin/import/", "password": "/admin/password_change/",
    }  # fmt: skip


def lists():
    """The lists of every model."""
    models = (model._meta for model in admin.site._registry)
    return {f"list-{m.model_name}": f"/admin/{m.app_label}/{m.model_name}/" for m in models}


def misfits(browser, width):
    """What is wrong with a page's room: it is wider than the screen, or half of a phone stays empty."""
    wide, used = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.querySelector('#content, main').offsetWidth]"
    )
    if wide > width:
        yield f"{wide - width} px wider than a screen of {width}"
    if width == chromium.PHONE and used < 0.9 * width:
        yield f"{used} px of a phone's {width} are used"


@pytest.mark.parametrize(("width", "dark"), [(chromium.WIDE, False), (chromium.PHONE, True)])
@pytest.mark.parametrize("of", ["lists", "others"])
def test_axe_finds_nothing(desk, visit, world, of, width, dark):
    chromium.resize(desk, width)
    chromium.in_the_dark(desk, dark)
    found = {}
    for name, path in (lists() if of == "lists" else pages(world)).items():
        visit(path)
        chromium.picture(desk, chromium.ARTEFACTS / f"access-{name}-{width}.png")
        found |= {f"{name}: {broken}": None for broken in violations(desk)}
        found |= {f"{name}: {fault}": None for fault in misfits(desk, width)}
    desk.get_log("browser")  # axe reads the style sheets anew, which the pages' policy forbids it
    assert not found, "\n".join(found)


def test_an_open_box_of_select2_has_the_name_of_its_field(desk, visit, world):
    visit(f"/admin/kb/organisation/{world.team.pk}/split/")
    for part in ("[role=combobox]", ".select2-search--dropdown input"):
        until(desk, lambda page, part=part: css(page, part).accessible_name == "已有的记录")
        click(desk, part)
    css(desk, ".select2-results__option")
    gone(desk, ".loading-results")
    assert not violations(desk, "#content")
    assert not violations(desk, ".select2-dropdown")
    desk.get_log("browser")
