"""A disk that is full, a log that cannot be written, a database that takes no writes."""

import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from tests.chaos.cluster import cluster
from tests.chaos.installation import HALVES, Installation, Server, write_pages
from tests.chaos.report import Part


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of its own, of that size; mounting it takes an administrator."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=True)  # noqa: S603, S607
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=False)  # noqa: S603, S607


def fill(disk: Path) -> Path:
    """Takes all that is left of a disk."""
    stuffing = disk / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65_536)
        except OSError:
            pass
    return stuffing


def patch(server: Server, key: str, metric: int, subject: str) -> str:
    """What changing a figure is answered."""
    address, headers = f"{server.url}/api/v1/metrics/{metric}/", {"authorization": f"Bearer {key}"}
    answer = httpx.get(address, timeout=60)
    if answer.status_code == 200:
        sent = {"json": {"subject": subject * 10}, "headers": {**headers, "if-match": answer.headers["etag"]}}
        answer = httpx.patch(address, timeout=60, **sent)
    return f"{answer.status_code} {answer.json().get('code', '')}".strip()


def full_disk(part: Part) -> None:
    """SQLite on a disk that fills up under an import and under the server, and is emptied again."""
    with tempfile.TemporaryDirectory() as place, small_disk(12) as disk:
        folder, base = write_pages(Path(place) / "pages", 60), disk / "kb.sqlite3"
        installation = Installation(f"sqlite:///{base}")
        installation.run("migrate", "--verbosity", "0")
        installation.run("import_pages", str(write_pages(Path(place) / "few", 5)))
        key, metric = installation.token(), installation.row("select min(id) from kb_metric")[0]
        with installation.server() as server:
            stuffing = fill(disk)
            told = installation.run("import_pages", str(folder), check=False)
            clear = "数据库不能使用" in told and "Traceback" not in told
            part.add("SQLite 磁盘写满：导入", 1, "以一句中文说明结束" if clear else told[-200:])
            part.demand(clear, f"磁盘写满时导入说：{told[-500:]}")
            reads = httpx.get(f"{server.url}/api/v1/metrics/", timeout=60).status_code
            writes = patch(server, key, metric, "写满之后")
            part.add("SQLite 磁盘写满：读取、修改", 2, f"{reads}、{writes}")
            part.demand(reads in (200, 503), f"磁盘写满时读取回答 {reads}")
            part.demand(writes.startswith("503"), f"磁盘写满时修改回答 {writes}")
            stuffing.unlink()
            again = patch(server, key, metric, "腾出空间")
            part.add("腾出空间后修改（网页进程没有重启）", 1, again)
            part.demand(again == "200", f"腾出空间后修改回答 {again}")
        with closing(sqlite3.connect(base)) as connection:
            sound = connection.execute("pragma integrity_check").fetchone()[0]
        part.add("SQLite 完整性检查", 1, f"{sound}；半份数据 {sum(installation.row(HALVES))} 处")
        part.demand(sound == "ok", f"完整性检查：{sound}")
        part.demand(installation.row(HALVES) == (0, 0, 0, 0), "磁盘写满后有半份数据")


def full_log(part: Part, place: str) -> None:
    """A server whose every log line fails."""
    installation = Installation(f"sqlite:///{place}/log.sqlite3", {"LOG_LEVEL": "INFO"})
    installation.run("migrate", "--verbosity", "0")
    with Path("/dev/full").open("wb") as full, installation.server(log=full) as server:
        answers = [
            httpx.get(f"{server.url}/api/v1/metrics/?x={n}", timeout=60).status_code for n in range(20)
        ]
    part.add(
        "日志写不进去（磁盘满）：请求",
        len(answers),
        f"全部照常回答（{answers[0]}）" if set(answers) == {400} else str(answers),
    )
    part.demand(set(answers) == {400}, f"日志写满时回答 {answers}")


def read_only(part: Part, place: str) -> None:
    """PostgreSQL as a standby is: reading goes on, writing waits for better times."""
    with cluster() as base:
        installation = Installation(base.create("standby"))
        installation.run("migrate", "--verbosity", "0")
        installation.run("import_pages", str(write_pages(Path(place) / "few", 5)))
        key, metric = installation.token(), installation.row("select min(id) from kb_metric")[0]
        with installation.server() as server:
            before = patch(server, key, metric, "之前")
            base.sql("alter database standby set default_transaction_read_only = on")
            base.restart()
            reads = httpx.get(f"{server.url}/api/v1/metrics/", timeout=60).status_code
            writes = patch(server, key, metric, "只读")
    part.add("PostgreSQL 只读：读取、修改", 2, f"{reads}、{writes}")
    part.demand(before == "200", f"之前修改回答 {before}")
    part.demand((reads, writes) == (200, "503 database_unavailable"), f"只读时回答 {reads}、{writes}")


def run() -> Part:
    """All of them."""
    part = Part("limits")
    try:
        full_disk(part)
    except subprocess.CalledProcessError:
        part.add("SQLite 磁盘写满", 0, "没有运行：这里不许挂载文件系统")
    with tempfile.TemporaryDirectory() as place:
        full_log(part, place)
        read_only(part, place)
    return part
