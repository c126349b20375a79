"""What every filter and every order of the API's lists costs the database, in work instead of seconds.

    python -m tests.bench.filters                 100,000 figures, on both databases
    python -m tests.bench.filters --metrics 10000 --database sqlite

Each is asked with the value that most records have and with one that few have, for a page of fifty. The
database itself counts the work: steps of its virtual machine on SQLite, pages of tables and indexes on
PostgreSQL. That tells what is found by an index from what takes a look through a whole table, on a busy
machine too. Printed is what costs more than a limit, the dearest first.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.asking import Statement, driver, statements
from tests.bench.databases import is_reachable
from tests.bench.measure import BOTH
from tests.bench.store import store, use

LIMITS = {"sqlite": 100_000, "postgresql": 2_000}
"""Work of a page above which a question is printed: a page that an index finds takes a twentieth of it."""

PAGE = "LIMIT 51"
STEPS = 50


def main() -> None:
    """Prints the questions of each database that cost much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--metrics", type=int, default=100_000)
    parser.add_argument("--database", choices=BOTH)
    parser.add_argument("--all", action="store_true", help="print every question, not only the dear ones")
    options = parser.parse_args()
    if options.database is None:  # Django keeps to one kind of database in a process
        for database in filter(is_reachable, BOTH):
            again = [sys.executable, "-m", "tests.bench.filters", *sys.argv[1:], "--database", database]
            subprocess.run(again, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "kb.settings"})
        return
    with store():
        use(options.database, options.metrics)
        report(options.database, everything=options.all)


def report(database: str, *, everything: bool) -> None:
    """Prints what the questions cost."""
    found = sorted(((work(path), path) for path in questions()), reverse=True)
    dear = [each for each in found if everything or each[0] > LIMITS[database]]
    print(f"{database}: {len(found)} questions, {len(dear)} above {LIMITS[database]}")
    for cost, path in dear:
        print(f"{cost:>10} {path}")


def questions() -> Iterator[str]:
    """The addresses to ask: by every order, and by every filter."""
    from api.urls import router
    from api.viewsets.base import RecordViewSet

    for prefix, view, _ in router.registry:
        if not issubclass(view, RecordViewSet):
            continue
        for name in view.orderings:
            yield from (f"{prefix}/?ordering={sign}{name}" for sign in ("", "-"))
        for name, parameter in view.filterset_class.base_filters.items():
            for value in values(view.model, name, parameter):
                yield f"{prefix}/?{name}={value}"


def values(model: Any, name: str, parameter: Any) -> list[str]:
    """A value that most records have and one that few have, as the parameter writes them."""
    from api.parameters import YesNoParameter
    from api.references import CityParameter, RecordParameter
    from api.textquery import TextQuery

    if isinstance(parameter, TextQuery) or name.endswith("__in"):
        return []  # measured by rows of their own; the same as one value
    if isinstance(parameter, YesNoParameter):
        return ["true", "false"]
    path = parameter.field_name
    if isinstance(parameter, CityParameter) and "__" not in path:
        return [_code(pk) for pk in _extremes(model, path)]
    found = _extremes(model, path)
    if isinstance(parameter, RecordParameter):
        return [f"id:{pk}" for pk in found]
    return [str(value) for value in found if value != ""]


def _extremes(model: Any, path: str) -> list[Any]:
    """The value of a column that occurs most often, and one that does so least."""
    from django.db.models import Count

    rows = model.objects.asserted().exclude(**{path: None}).order_by().values_list(path)
    counted = rows.annotate(number=Count("pk")).order_by("-number", path)
    most, least = counted.first(), counted.last()
    return [] if most is None or least is None else list(dict.fromkeys((most[0], least[0])))


def _code(pk: int) -> str:
    from kb.models import Place

    return str(Place.objects.values_list("code", flat=True).get(pk=pk))


def work(path: str) -> int:
    """The work of the query that finds the records of a page."""
    from django.db import connection

    asked = [each for each in statements(path) if each[0].rstrip().endswith(PAGE)]
    measure = _steps if connection.vendor == "sqlite" else _pages
    return sum(map(measure, asked))


def _steps(statement: Statement) -> int:
    """Steps of SQLite's machine, in fifties."""
    connection, counted = driver(), [0]

    def note() -> None:
        counted[0] += STEPS

    connection.set_progress_handler(note, STEPS)
    connection.execute(*statement).fetchall()
    connection.close()
    return counted[0]


def _pages(statement: Statement) -> int:
    """Pages that PostgreSQL looks at."""
    with driver() as connection:
        sql, params = statement
        plan = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params).fetchone()[0][0][
            "Plan"
        ]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


if __name__ == "__main__":
    main()
