"""Importing folders of pages as users do: a second time, and with the memory that it takes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.data import page_texts
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most, timed

ROOT = Path(__file__).resolve().parents[2]
AGAIN = 100
FEW, MANY = 20, 200
"""Pages of the imports whose memory is compared."""


@contextmanager
def _folder(pages: int, seed: int) -> Iterator[Path]:
    """A folder of so many generated pages."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        for number, text in enumerate(page_texts(pages, seed)):
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        yield Path(folder)


def again_against_first(setting: Setting) -> Rounds:
    """Importing a folder that is stored already, against importing it for the first time."""
    from importers.run import ImportOptions, import_files
    from importers.sources import find_files

    pairs = []
    for seed in range(setting.rounds(5) + 1):
        with _folder(10 if setting.quick else AGAIN, seed) as folder:
            files = find_files([folder])
            first = timed(lambda files=files: import_files(files, ImportOptions()))
            pairs.append((timed(lambda files=files: import_files(files, ImportOptions())), first))
    return Rounds(tuple(pairs[1:]))


def memory_of_many(setting: Setting) -> Rounds:
    """The greatest memory of the command on many pages, against that on a tenth of them."""
    pairs = []
    for seed in range(1 if setting.quick else setting.rounds(5)):
        with _folder(MANY // (5 if setting.quick else 1), seed) as many:
            large = _peak("import_pages", str(many))
        with _folder(FEW // (5 if setting.quick else 1), 100 + seed) as few:
            pairs.append((large, _peak("import_pages", str(few))))
    return Rounds(tuple(pairs))


def _peak(*words: str) -> float:
    """The greatest resident memory of a management command."""
    command = [sys.executable, "manage.py", *words, "--verbosity", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return float(usage.ru_maxrss)


ROWS = (
    Row(
        "import-again",
        f"再次导入没有变化的 {AGAIN} 版",
        "第一次导入（识别与入库）",
        at_most(0.05),
        again_against_first,
        databases=BOTH,
    ),
    Row(
        "import-memory",
        f"`import_pages` 导入 {MANY} 版的内存峰值",
        f"导入 {FEW} 版的内存峰值",
        at_most(1.2),
        memory_of_many,
        databases=BOTH,
        alone=False,
    ),
)
