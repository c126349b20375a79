"""The most memory that an export or a list takes, at 1,000,000 figures against 10,000."""

import os
import subprocess
import sys
from functools import partial

from tests.bench.lists_sql import MILLION
from tests.bench.measure import Rounds, Row, Setting, at_most
from tests.bench.servers import ROOT
from tests.bench.store import use

SMALL = 10_000
FORMS = {
    "csv": "metrics/?format=csv",
    "jsonl": "metrics/?format=jsonl",
    "xlsx": "metrics/?format=xlsx",
    "json": "metrics/?page_size=1000",
}

ASK = """
import resource, sys
import django
django.setup()
from tests.bench.memory import drain
drain(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def drain(path: str) -> None:
    """Reads an answer piece by piece and keeps nothing of it; after a list, its next pages too."""
    from django.core.wsgi import get_wsgi_application

    from tests.bench.asking import environ_of

    app = get_wsgi_application()
    answer = app(environ_of(path), lambda *_: None)
    for _ in answer:
        pass
    answer.close()


def peak(path: str) -> float:
    """The peak of resident memory of a process that answers once."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASK, path],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.splitlines()[-1])


def large_against_small(path: str, setting: Setting) -> Rounds:
    """One process for each size and round."""
    pairs = []
    for _ in range(1 if setting.quick or path.endswith("xlsx") else 5):
        pair = []
        for metrics in (MILLION, SMALL):
            use(setting.database, setting.size(metrics))
            pair.append(peak(path))
        pairs.append((pair[0], pair[1]))
    return Rounds(tuple(pairs))


ROWS = tuple(
    Row(
        f"memory-{form}",
        f"内存峰值，{form.upper()}：100 万条数据",
        "1 万条数据",
        at_most(1.2),
        partial(large_against_small, path),
        databases=("sqlite",),
        metrics=(MILLION, SMALL),
    )
    for form, path in FORMS.items()
)
