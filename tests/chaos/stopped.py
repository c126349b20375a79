"""PostgreSQL stopped, restarted, out of connections in the middle of an import, of writes and of exports."""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import psycopg

from tests.chaos.cluster import Cluster, cluster
from tests.chaos.installation import COUNTS, HALVES, Installation, Server, write_pages
from tests.chaos.report import Part

PAGES = 150
LISTED = "/api/v1/metrics/?fields=id,text"


def outcome(ask: Callable[[], httpx.Response]) -> str:
    """The status and code of an answer; `cut off` where the connection broke before its end."""
    try:
        answer = ask()
    except httpx.HTTPError:
        return "cut off"
    if answer.headers.get("content-type") == "application/problem+json":
        return f"{answer.status_code} {answer.json()['code']}"
    return str(answer.status_code)


class Clients:
    """Threads that read, write and export all the time, and count what they are answered."""

    def __init__(self, server: Server, key: str, metric: int) -> None:
        self.url, self.metric = server.url, metric
        self.headers = {"authorization": f"Bearer {key}"}
        self.counts: Counter[tuple[str, str]] = Counter()
        self.over = threading.Event()
        self.threads = [
            threading.Thread(target=self._work, args=(name, ask), daemon=True)
            for name, ask in (("读取", self.read), ("修改", self.write), ("导出", self.export))
        ]

    def _work(self, name: str, ask: Callable[[httpx.Client], httpx.Response]) -> None:
        with httpx.Client(headers=self.headers, timeout=30, base_url=self.url) as client:
            while not self.over.is_set():
                self.counts[name, outcome(lambda: ask(client))] += 1

    def read(self, client: httpx.Client) -> httpx.Response:
        return client.get(LISTED)

    def write(self, client: httpx.Client) -> httpx.Response:
        address = f"/api/v1/metrics/{self.metric}/"
        found = client.get(address)
        if found.status_code != 200:
            return found
        subject = f"次数{time.monotonic_ns()}"
        return client.patch(address, json={"subject": subject}, headers={"if-match": found.headers["etag"]})

    def export(self, client: httpx.Client) -> httpx.Response:
        return client.get("/api/v1/metrics/?format=csv")

    def __enter__(self) -> "Clients":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def settled(self, name: str) -> str:
        """What was answered to one kind of request, by number."""
        found = sorted((answer, number) for (kind, answer), number in self.counts.items() if kind == name)
        return "、".join(f"{number} 次 {answer}" for answer, number in found)

    def unclear(self) -> list[str]:
        """Answers that are neither an answer nor the 503 that says what is the matter."""
        clear = {"200", "503 database_unavailable", "cut off", "412 precondition_failed"}
        return sorted({answer for _, answer in self.counts} - clear)


def recovers(server: Server) -> float:
    """Seconds until the same server answers again; raises where it does not within half a minute."""
    begun = time.monotonic()
    while time.monotonic() - begun < 30:
        if outcome(lambda: httpx.get(server.url + LISTED, timeout=15)) == "200":
            return time.monotonic() - begun
        time.sleep(0.2)
    raise RuntimeError("the server does not recover")


def stop_for_a_while(base: Cluster) -> Iterator[None]:
    """No database for three seconds."""
    base.stop()
    time.sleep(3)
    yield
    base.start()


def restart(base: Cluster) -> Iterator[None]:
    """Every connection broken at once."""
    base.restart()
    yield


def take_all_connections(base: Cluster) -> Iterator[None]:
    """Every connection that the server allows is taken by somebody else; those in use are broken."""
    address = f"postgres://postgres@127.0.0.1:{base.port}/postgres"
    with ExitStack() as taken:
        taken.enter_context(psycopg.connect(address, autocommit=True)).execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'stopped'"
        )
        try:
            while True:
                taken.enter_context(psycopg.connect(address))
        except psycopg.OperationalError:
            time.sleep(3)
            yield


TROUBLES = {"数据库停 3 秒": stop_for_a_while, "数据库重启": restart, "连接被占满 3 秒": take_all_connections}


def under_requests(part: Part, base: Cluster, installation: Installation) -> None:
    """Each trouble while clients ask; the web process goes on without a restart."""
    key = installation.token()
    metric = installation.row("select min(id) from kb_metric")[0]
    with installation.server() as server:
        for name, trouble in TROUBLES.items():
            with Clients(server, key, metric) as clients:
                time.sleep(2)
                for _ in trouble(base):
                    pass
                took = recovers(server)
                time.sleep(2)
            for kind in ("读取", "修改", "导出"):
                part.add(
                    f"{name}：{kind}",
                    sum(n for (k, _), n in clients.counts.items() if k == kind),
                    clients.settled(kind),
                )
            part.add(f"{name}：恢复后网页进程", 1, f"没有重启，{took:.1f} 秒后照常回答")
            part.demand(not clients.unclear(), f"{name}：回答了 {clients.unclear()}")
    part.demand(server.process.returncode is not None, "网页进程没有结束")


def under_an_import(
    part: Part, base: Cluster, installation: Installation, folder: Path, reference: tuple
) -> None:
    """The database restarted in the middle of an import, then stopped for longer than it waits."""
    process = installation.start("import_pages", str(folder), "--force")
    assert process.stderr
    for _ in range(20):
        process.stderr.readline()
    base.restart()
    _, said = process.communicate(timeout=300)
    halves, counts = installation.row(HALVES), installation.row(COUNTS)
    part.add(
        "导入途中数据库重启", 1, "导入等到恢复后做完" if process.returncode == 0 else said.strip()[-200:]
    )
    part.demand(process.returncode == 0, f"导入没有做完：{said[-500:]}")
    part.demand(halves == (0, 0, 0, 0), f"重启后有半份数据：{halves}")
    part.demand(counts == reference, f"重启后的行数 {counts} 不是 {reference}")
    process = installation.start("import_pages", str(folder), "--force")
    assert process.stderr
    for _ in range(20):
        process.stderr.readline()
    base.stop()
    _, said = process.communicate(timeout=300)
    base.start()
    clear = process.returncode == 1 and "数据库不能使用" in said and "Traceback" not in said
    part.add(
        "导入途中数据库停下不再恢复",
        1,
        "30 秒后以一句中文说明结束，库中都是完整的版面" if clear else said[-200:],
    )
    part.demand(clear, f"导入的错误不清楚：{said[-500:]}")
    part.demand(installation.row(HALVES) == (0, 0, 0, 0), "停下后有半份数据")
    installation.run("import_pages", str(folder))
    part.add("恢复后再导入一次", 1, "做完，没有重复")
    part.demand(installation.row(COUNTS) == reference, "再导入后行数不同")


def run(pages: int = PAGES) -> Part:
    """Everything, on a server of one's own."""
    part = Part("stopped")
    with tempfile.TemporaryDirectory() as place, cluster(most_connections=30) as base:
        folder = write_pages(Path(place) / "pages", pages)
        unthrottled = dict.fromkeys(("KB_THROTTLE_USER", "KB_THROTTLE_ANONYMOUS"), "1000000/min")
        installation = Installation(base.create("stopped"), {**unthrottled, "DATABASE_POOL_TIMEOUT": "3"})
        installation.run("migrate", "--verbosity", "0")
        installation.run("import_pages", str(folder))
        reference = installation.row(COUNTS)
        under_requests(part, base, installation)
        under_an_import(part, base, installation, folder, reference)
    return part
