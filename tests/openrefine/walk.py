"""The steps of matching a column of names, each through what a person would use, checked by what is seen."""

import json
import time
from collections.abc import Callable
from typing import Any

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from tests.openrefine.commands import ALL_ROWS, OpenRefine

TABLE = "名称,所在\n新城区石榴花志愿服务队,呼和浩特\n石榴花志愿服务团队,呼和浩特\n没有这样的队伍,\n"
TEAM = "新城区石榴花志愿服务队"
REGISTER = """
const done = arguments[arguments.length - 1], address = arguments[0];
window.alert = said => done("ALERT " + said);
ReconciliationManager.standardServices = []; ReconciliationManager._rebuildMap();
ReconciliationManager.registerStandardService(address, number =>
    done(ReconciliationManager.standardServices[0].ui.access));
"""


class Walk:
    """One project, in the browser and by commands."""

    def __init__(self, refine: OpenRefine, browser: WebDriver, service: str) -> None:
        self.refine, self.browser, self.service = refine, browser, service
        self.project = refine.project(TABLE)

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        """What is done, in order; each step says what was seen."""
        return [
            ("登记服务（Add standard service…）", self.register),
            ("猜测类型", self.guess),
            ("选属性时的提示", self.suggest_property),
            ("对账一列，另一列作为属性", self.reconcile),
            ("指着候选看预览", self.preview),
            ("Search for match…", self.search),
            ("建议可以添加的列", self.propose),
            ("Add columns from reconciled values…", self.extend),
        ]

    def open(self) -> None:
        """Shows the project."""
        self.browser.get(f"{self.refine.url}/project?project={self.project}")
        self.wait(lambda: self.browser.execute_script("return !!(window.theProject && theProject.rowModel)"))

    def wait(self, until: Callable[[], Any]) -> Any:
        """What comes to be seen within a while."""
        return WebDriverWait(self.browser, 20).until(lambda _: until())

    def seen(self, css: str, text: str = "") -> list[Any]:
        """The elements in sight, those with a text in them."""
        found = self.browser.find_elements(By.CSS_SELECTOR, css)
        return [each for each in found if each.is_displayed() and text in each.text]

    def register(self) -> str:
        """OpenRefine's page reads the manifest from another origin."""
        self.open()
        self.browser.set_script_timeout(20)
        access = self.browser.execute_async_script(REGISTER, self.service)
        assert access == "json", access
        return "以 CORS 读到服务说明"

    def guess(self) -> str:
        """The type is guessed from the first names."""
        found = self.refine.send(
            "guess-types-of-column", self.project, columnName="名称", service=self.service
        )["types"]
        assert [each["id"] for each in found] == ["organisations"]
        return f"“{found[0]['name']}”"

    def suggest_property(self) -> str:
        """The dialogue offers properties for what is typed."""
        self.browser.execute_script("new ReconDialog(theProject.columnModel.columns[0], [])")
        self.wait(lambda: self.seen(".recon-dialog-service-selector"))[0].click()
        self.wait(lambda: self.seen("input[name=property]"))[0].send_keys("盟")
        found = [each.text for each in self.wait(lambda: self.seen(".fbs-item"))]
        assert any("盟市" in each for each in found)
        return "输入“盟”，列出" + "、".join(each.splitlines()[-1] for each in found)

    def reconcile(self) -> str:
        """The very name is matched; a near one is offered."""
        manifest = self.browser.execute_script("return ReconciliationManager.standardServices[0]")
        config = {
            "mode": "standard-service", "service": self.service, "type": manifest["defaultTypes"][0],
            "identifierSpace": manifest["identifierSpace"], "schemaSpace": manifest["schemaSpace"],
            "autoMatch": True, "limit": 0,
            "columnDetails": [{"column": "所在", "property": {"id": "city", "name": "盟市"}}],
        }  # fmt: skip
        given = {"columnName": "名称", "config": json.dumps(config), "engine": ALL_ROWS}
        self.refine.send("reconcile", self.project, **given)
        assert self.refine.matched(self.project, "名称") == [TEAM, None, None]
        near, none = ((cell or {})["r"]["c"] for cell in self.refine.cells(self.project, "名称")[1:])
        assert (near[0]["name"], none) == (TEAM, [])
        return f"同名的自动相符；相近的列为候选（{near[0]['score']} 分）；没有的空着"

    def preview(self) -> str:
        """What is pointed at is shown in a frame of OpenRefine's page."""
        self.open()
        [link] = self.wait(
            lambda: self.seen("a.data-table-recon-topic, .data-table-recon-candidate a", TEAM)
        )[-1:]
        ActionChains(self.browser).move_to_element(link).perform()
        [frame] = self.wait(lambda: self.seen("iframe"))
        self.browser.switch_to.frame(frame)
        shown = self.wait(lambda: self.browser.find_element(By.TAG_NAME, "body").text)
        self.browser.switch_to.default_content()
        assert TEAM in shown
        return shown.replace("\n", "，")

    def search(self) -> str:
        """A person finds the record by typing and chooses it."""
        self.open()
        self.wait(lambda: self.seen("a", "Search for match"))[0].click()
        field = self.wait(lambda: self.seen(".dialog-container input[type=text], .dialog-container input"))[0]
        field.clear()
        field.send_keys("新城区石榴")
        self.wait(lambda: self.seen(".fbs-item", TEAM))[0].click()
        self.wait(lambda: self.refine.matched(self.project, "名称")[1])
        assert self.refine.matched(self.project, "名称") == [TEAM, TEAM, None]
        return "输入名称的开头，选中即相符"

    def propose(self) -> str:
        """The dialogue lists what can be added."""
        self.open()
        made = "new ExtendReconciledDataPreviewDialog(theProject.columnModel.columns[0], 0, [0, 1], () => {})"
        self.browser.execute_script(made)
        found = [each.text for each in self.wait(lambda: self.seen(".suggested-property-container a"))]
        assert "盟市代码" in found
        return "、".join(found)

    def extend(self) -> str:
        """Columns are added; what looks like an entity is one of this service."""
        wanted = {"properties": [{"id": name, "name": name} for name in ("city", "city_code", "category")]}
        column = self.refine.columns(self.project)["名称"]["reconConfig"]
        spaces = {name: column[name] for name in ("identifierSpace", "schemaSpace")}
        self.refine.send(
            "extend-data", self.project, baseColumnName="名称", endpoint=self.service, columnInsertIndex="1",
            extension=json.dumps(wanted), engine=ALL_ROWS, **spaces,
        )  # fmt: skip
        rows = {
            name: [(cell or {}).get("v") for cell in self.refine.cells(self.project, name)]
            for name in ("盟市", "盟市代码", "类别")
        }
        assert rows["盟市"][:2] == ["呼和浩特市"] * 2, rows
        assert not any((cell or {}).get("r") for cell in self.refine.cells(self.project, "盟市"))
        return "；".join(f"{name} {values[0]}" for name, values in rows.items())


def taken(walk: Walk) -> list[tuple[str, str, bool]]:
    """What each step showed, and whether it was as it should be; the others go on after one that was not."""
    found = []
    for name, step in walk.steps():
        try:
            found.append((name, step(), True))
        except Exception as error:
            found.append((name, f"{type(error).__name__}: {error}".splitlines()[0], False))
        time.sleep(0.2)
    return found
