"""Editors and an importer at the same records at once: no accepted edit is lost, nothing comes twice."""

import tempfile
import threading
from collections import Counter
from pathlib import Path

import httpx

from tests.chaos.cluster import cluster
from tests.chaos.installation import COUNTS, HALVES, Installation, Server, write_pages
from tests.chaos.report import Part

EDITS, EDITORS, PAGES = 1000, 4, 40


class Editor(threading.Thread):
    """Changes the subjects of its own figures one after another, and remembers what was accepted."""

    def __init__(self, server: Server, key: str, metrics: list[int], edits: int) -> None:
        super().__init__()
        self.client = httpx.Client(
            base_url=server.url, headers={"authorization": f"Bearer {key}"}, timeout=60
        )
        self.metrics, self.edits = metrics, edits
        self.accepted: dict[int, str] = {}
        self.answers: Counter[int] = Counter()

    def run(self) -> None:
        """Edits until so many were accepted."""
        number = 0
        while self.answers[200] < self.edits and number < 5 * self.edits:
            metric = self.metrics[number % len(self.metrics)]
            number += 1
            self.edit(metric, f"第{number}次所改")

    def edit(self, metric: int, subject: str) -> None:
        """One edit of the version that was read; 412 where somebody was faster."""
        address = f"/api/v1/metrics/{metric}/"
        found = self.client.get(address)
        if found.status_code != 200:
            self.answers[found.status_code] += 1
            return
        answer = self.client.patch(
            address, json={"subject": subject}, headers={"if-match": found.headers["etag"]}
        )
        self.answers[answer.status_code] += 1
        if answer.status_code == 200:
            self.accepted[metric] = subject


def imports_beside(installation: Installation, folder: Path, over: threading.Event, ends: list[str]) -> None:
    """Imports the same pages anew, again and again."""
    while not over.is_set():
        process = installation.start("import_pages", str(folder), "--force")
        _, said = process.communicate()
        ends.append("做完" if process.returncode == 0 else said[-300:])


def subject_of(installation: Installation, metric: int) -> object:
    """What the base holds of a figure in the end."""
    return installation.row(f"select subject from kb_metric where id = {metric}")[0]  # noqa: S608


def trial(part: Part, name: str, installation: Installation, folder: Path, edits: int) -> None:
    """All editors beside the importer, then a look at every figure."""
    before, key = installation.row(COUNTS), installation.token()
    first, last = installation.row("select min(id), max(id) from kb_metric")
    metrics, over, ends = list(range(first, last + 1)), threading.Event(), []
    with installation.server() as server:
        editors = [
            Editor(server, key, metrics[number::EDITORS], edits // EDITORS) for number in range(EDITORS)
        ]
        importer = threading.Thread(target=imports_beside, args=(installation, folder, over, ends))
        for thread in (importer, *editors):
            thread.start()
        for editor in editors:
            editor.join()
        over.set()
        importer.join()
    answers = sum((editor.answers for editor in editors), Counter())
    accepted = {metric: subject for editor in editors for metric, subject in editor.accepted.items()}
    lost = [metric for metric, subject in accepted.items() if subject_of(installation, metric) != subject]
    told = "、".join(f"{number} 次 {status}" for status, number in sorted(answers.items()))
    part.add(f"{name}：修改与重复导入同时进行", answers[200], f"{told}；丢失 {len(lost)} 处修改")
    part.add(f"{name}：同时进行的导入", len(ends), "全部做完" if set(ends) == {"做完"} else str(set(ends)))
    part.demand(not lost, f"{name} 丢了 {len(lost)} 处修改")
    part.demand(answers[200] >= edits, f"{name} 只有 {answers[200]} 次修改被接受")
    part.demand(set(answers) <= {200, 412}, f"{name} 回答了 {told}")
    part.demand(set(ends) == {"做完"}, f"{name} 的导入：{set(ends)}")
    part.demand(installation.row(COUNTS) == before, f"{name} 的行数 {installation.row(COUNTS)} 不是 {before}")
    part.demand(installation.row(HALVES) == (0, 0, 0, 0), f"{name} 有重复或半份数据")


def run(edits: int = EDITS) -> Part:
    """The trial on both databases."""
    part = Part("together")
    unthrottled = dict.fromkeys(("KB_THROTTLE_USER", "KB_THROTTLE_ANONYMOUS"), "1000000/min")
    with tempfile.TemporaryDirectory() as place, cluster() as server:
        folder = write_pages(Path(place) / "pages", PAGES)
        for name, url in (
            ("SQLite", f"sqlite:///{place}/kb.sqlite3"),
            ("PostgreSQL", server.create("together")),
        ):
            installation = Installation(url, unthrottled)
            installation.run("migrate", "--verbosity", "0")
            installation.run("import_pages", str(folder))
            trial(part, name, installation, folder, edits)
    return part
