"""Many clients at once for a while: what they are answered, how long it takes, what the server holds then."""

import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.chaos.cluster import Cluster, cluster
from tests.chaos.installation import PAGE, Installation, Server, write_pages
from tests.chaos.report import Part

CLIENTS, SECONDS, PAGES = 50, 60, 150
MIX = (("读取", 70), ("检索", 10), ("修改", 10), ("导出", 5), ("导入", 5))
"""Kinds of requests and how many of a hundred are of each."""


@dataclass
class Seen:
    """The answers of a run: how many of each status, and how long each kind took."""

    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, ask: Callable[[], httpx.Response]) -> None:
        begun = time.perf_counter()
        try:
            status = str(ask().status_code)
        except httpx.HTTPError as error:
            status = type(error).__name__
        self.times[kind].append(time.perf_counter() - begun)
        self.statuses[kind, status] += 1

    def quantile(self, kind: str, part: int) -> float:
        """The time below which so many of a hundred of a kind stayed."""
        found = self.times[kind]
        return statistics.quantiles(found, n=100)[part - 1] if len(found) > 1 else found[0]


@dataclass
class Asking:
    """What a client does; each has its own chance and its own connection."""

    client: httpx.Client
    chance: random.Random
    metrics: list[int]

    def read(self) -> httpx.Response:
        paths = (
            "initiatives/",
            "metrics/?ordering=-value",
            "articles/",
            "organisations/?expand=city",
            "cities/",
        )
        return self.client.get(f"/api/v1/{self.chance.choice(paths)}")

    def search(self) -> httpx.Response:
        word = self.chance.choice(("夜校", "文化服务", "党支部", "小马灯 项目"))
        return self.client.get(self.chance.choice(("/search/", "/api/v1/articles/")), params={"q": word})

    def write(self) -> httpx.Response:
        address = f"/api/v1/metrics/{self.chance.choice(self.metrics)}/"
        found = self.client.get(address)
        if found.status_code != 200:
            return found
        tag = {"if-match": found.headers["etag"]}
        return self.client.patch(address, json={"subject": f"次数{self.chance.random()}"[:20]}, headers=tag)

    def export(self) -> httpx.Response:
        return self.client.get(f"/api/v1/metrics/?format={self.chance.choice(('csv', 'xlsx', 'jsonl'))}")

    def hand_in(self) -> httpx.Response:
        number = self.chance.randrange(20_000, 10_000_000)
        return self.client.post("/api/v1/pages/", json={"text": PAGE.format(number=number)})


WORK = {
    "读取": Asking.read,
    "检索": Asking.search,
    "修改": Asking.write,
    "导出": Asking.export,
    "导入": Asking.hand_in,
}


def ask_for(server: Server, key: str, metrics: list[int], number: int, until: float, seen: Seen) -> None:
    """One client: asks again and again until the time is over, and begins with a kind of its own."""
    chance = random.Random(number)
    kinds, weights = zip(*MIX, strict=True)
    with httpx.Client(base_url=server.url, headers={"authorization": f"Bearer {key}"}, timeout=120) as client:
        asking, kind, is_over = Asking(client, chance, metrics), kinds[number % len(kinds)], False
        while not is_over:
            seen.note(kind, lambda kind=kind: WORK[kind](asking))
            kind, is_over = chance.choices(kinds, weights)[0], time.monotonic() >= until


def clients(server: Server, key: str, metrics: list[int], count: int, seconds: float) -> Seen:
    """What so many clients at once are answered."""
    seen, until = Seen(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=ask_for, args=(server, key, metrics, number, until, seen))
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def alone(server: Server, key: str, metrics: list[int], times: int = 10) -> Seen:
    """What one client is answered to some requests of each kind, with nobody beside it."""
    seen = Seen()
    with httpx.Client(base_url=server.url, headers={"authorization": f"Bearer {key}"}, timeout=120) as client:
        asking = Asking(client, random.Random(0), metrics)
        for kind, work in WORK.items():
            for _ in range(times):
                seen.note(kind, lambda work=work: work(asking))
    return seen


def trial(
    part: Part, name: str, installation: Installation, held: Callable[[], tuple[int, int]], seconds: float
) -> None:
    """One client alone, then all of them in two halves, between which the memory is looked at."""
    key = installation.token()
    first, last = installation.row("select min(id), max(id) from kb_metric")
    with installation.server() as server:
        metrics = list(range(first, last + 1))
        idle = alone(server, key, metrics)
        clients(server, key, metrics, CLIENTS, seconds / 3)  # warms up: every thread has its connection
        before = server.memory()
        seen = clients(server, key, metrics, CLIENTS, seconds)
        after, (open_now, stuck) = server.memory(), held()
        status = httpx.get(f"{server.url}/api/v1/metrics/", timeout=30).status_code
    total, wrong = (
        sum(seen.statuses.values()),
        sorted({s for _, s in seen.statuses if not s.startswith(("2", "412"))}),
    )
    for kind, _ in MIX:
        answers = "、".join(f"{n} 次 {s}" for (k, s), n in sorted(seen.statuses.items()) if k == kind)
        ratio = "，".join(
            f"p{q} 是空闲时 p50 的 {seen.quantile(kind, q) / idle.quantile(kind, 50):.0f} 倍"
            for q in (50, 99)
        )
        part.add(
            f"{name}：{kind}",
            sum(n for (k, _), n in seen.statuses.items() if k == kind),
            f"{answers}；{ratio}",
        )
    words = f"错误 {len(wrong)} 种；内存为开始时的 {after / before:.2f} 倍"
    words += f"；此后数据库连接 {open_now} 个，卡住的 {stuck} 个"
    part.add(f"{name}：{CLIENTS} 个客户端 {seconds:.0f} 秒", total, words)
    part.demand(not wrong, f"{name}：回答了 {wrong}")
    part.demand(after <= 1.3 * before + 20_000, f"{name}：内存从 {before} kB 长到 {after} kB")
    part.demand(status == 200, f"{name}：此后回答 {status}")
    part.demand(open_now <= 10, f"{name}：还有 {open_now} 个连接")
    part.demand(stuck == 0, f"{name}：{stuck} 个连接还占着事务或锁")


def run(seconds: float = SECONDS) -> Part:
    """The trial on both databases, one after the other."""
    part = Part("load")
    with tempfile.TemporaryDirectory() as place, cluster() as base:
        folder = write_pages(Path(place) / "pages", PAGES)
        unthrottled = dict.fromkeys(("KB_THROTTLE_USER", "KB_THROTTLE_ANONYMOUS"), "1000000/min")
        for name, url, held in (
            ("SQLite", f"sqlite:///{place}/load.sqlite3", lambda: (0, locked(Path(place) / "load.sqlite3"))),
            ("PostgreSQL", base.create("load"), lambda: settled(base)),
        ):
            installation = Installation(url, unthrottled)
            installation.run("migrate", "--verbosity", "0")
            installation.run("import_pages", str(folder))
            trial(part, name, installation, held, seconds)
    return part


def settled(base: Cluster) -> tuple[int, int]:
    """The connections open a moment after the last request, and those at work or in a transaction."""
    time.sleep(1)
    return base.connections("load"), base.connections("load", "state <> 'idle'")


def locked(path: Path) -> int:
    """1 where somebody still keeps others from writing into an SQLite file, else 0."""
    with closing(sqlite3.connect(path, timeout=2)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return 1
    return 0
