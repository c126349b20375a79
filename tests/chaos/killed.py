"""`kill -9` of an import at random moments: whole pages or none, and the next run finishes."""

import os
import random
import shutil
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.chaos.cluster import cluster
from tests.chaos.installation import COUNTS, HALVES, Installation, write_pages
from tests.chaos.report import Part

PAGES, KILLS = 60, 25
WHOLE = (0, 0, 0, 0)


def kill_once(installation: Installation, folder: Path, jobs: int, after: float) -> bool:
    """Kills an import with all its processes so many seconds after its first page; whether it was at work."""
    words = ("import_pages", str(folder), "--jobs", str(jobs), "--force")
    process = installation.start(*words)
    assert process.stderr
    process.stderr.readline()  # [1/60] …: the first page is stored
    time.sleep(after)
    at_work = process.poll() is None
    with suppress(ProcessLookupError):  # it had just ended
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return at_work


def trial(
    installation: Installation, folder: Path, jobs: int, kills: int
) -> tuple[int, list[tuple[int, ...]]]:
    """Kills one import after another, looks at the base each time, then lets one finish.

    Gives how often an import was at work when it was killed, and what the looks found.
    """
    chance = random.Random(jobs)
    died, looks = 0, []
    for _ in range(kills):
        died += kill_once(installation, folder, jobs, chance.uniform(0, 0.8))
        looks.append(installation.row(HALVES))
    installation.run("import_pages", str(folder), "--jobs", str(jobs))
    return died, looks


def judge(part: Part, name: str, jobs: int, found: tuple[int, list], after: tuple, reference: tuple) -> None:
    """Writes down what a trial found."""
    died, looks = found
    whole = sum(look == WHOLE for look in looks)
    part.add(
        f"{name}：`kill -9` 导入（--jobs {jobs}）",
        len(looks),
        f"{died} 次杀在途中；{whole} 次检查，库中都只有完整的版面",
    )
    part.add(
        f"{name}：随后再导入一次", 1, "各表行数与没有被杀过的库相同" if after == reference else f"{after}"
    )
    part.demand(whole == len(looks), f"{name} 有半份数据：{sorted(set(looks))}")
    part.demand(after == reference, f"{name} 的行数 {after} 不是 {reference}")


def run(kills: int = KILLS) -> Part:
    """The trials on both databases, alone and with two reading processes."""
    part = Part("killed")
    with tempfile.TemporaryDirectory() as place, cluster() as server, ThreadPoolExecutor(2) as both:
        folder = write_pages(Path(place) / "pages", PAGES)
        empty = Path(place) / "empty.sqlite3"
        Installation(f"sqlite:///{empty}").run("migrate", "--verbosity", "0")
        Installation(server.create("empty")).run("migrate", "--verbosity", "0")
        reference = Installation(f"sqlite:///{shutil.copy(empty, Path(place) / 'whole.sqlite3')}")
        reference.run("import_pages", str(folder))
        for jobs in (1, 2):
            copy = shutil.copy(empty, Path(place) / f"killed{jobs}.sqlite3")
            bases = {
                "SQLite": Installation(f"sqlite:///{copy}"),
                "PostgreSQL": Installation(server.create(f"killed{jobs}", like="empty")),
            }
            found = both.map(lambda base, jobs=jobs: trial(base, folder, jobs, kills), bases.values())
            for (name, base), outcome in zip(bases.items(), found, strict=True):
                judge(part, name, jobs, outcome, base.row(COUNTS), reference.row(COUNTS))
    return part
