"""The command `extract` as users start it: cold against loading jieba's dictionary, and in two processes."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.data import page_texts
from tests.bench.measure import Rounds, Row, Setting, at_least, at_most, by_turns

ROOT = Path(__file__).resolve().parents[2]
PAGES = 400
"""Pages enough that starting the processes weighs little."""


def _run(*words: str) -> None:
    """Runs Python with these words, its output thrown away."""
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)


def cold_against_jieba(setting: Setting) -> Rounds:
    """The whole command on the seed pages, against a Python that loads jieba's dictionary and ends."""
    return by_turns(
        lambda: _run("manage.py", "extract", "seeds/"),
        lambda: _run("-c", "import jieba; jieba.initialize()"),
        setting.rounds(),
    )


def two_processes(setting: Setting) -> Rounds:
    """The command on an archive with `--jobs 2`, against the same with one process."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        for number, text in enumerate(page_texts(40 if setting.quick else PAGES)):
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        return by_turns(
            lambda: _run("manage.py", "extract", folder, "--jobs", "2"),
            lambda: _run("manage.py", "extract", folder),
            setting.rounds(5),
            warm=False,
        )


ROWS = (
    Row(
        "extract-cold",
        "`manage.py extract seeds/`，冷启动，整条命令",
        '`python -c "import jieba; jieba.initialize()"`',
        at_most(1.0),
        cold_against_jieba,
    ),
    Row(
        "extract-jobs",
        f"`manage.py extract --jobs 2`，{PAGES} 版，两个核",
        "同一命令单进程",
        at_least(1.8),
        two_processes,
        bound="载入识别程序是串行的，见“识别”一节",
    ),
)
