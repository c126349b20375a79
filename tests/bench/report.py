"""Writes what was measured into docs/performance.md; what people wrote around it stays as it is."""

import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.measure import Measured, Row, machine
from tests.bench.registry import rows_of

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "performance.md"
HEAD = "| 测什么 | 与什么比 | 数据库 | 目标 | 实测（各轮） | 结果 |"
DATABASES = {"": "–", "sqlite": "SQLite", "postgresql": "PostgreSQL"}


def line(row: Row, measured: Measured) -> str:
    """One line on a row, for the terminal."""
    verdict = "reached" if measured.is_reached else "NOT reached"
    return (
        f"{row.name} {measured.database}: {measured.ratio:.2f}x "
        f"(rounds {measured.low:.2f} to {measured.high:.2f}), goal {row.goal}: {verdict}"
    )


def write(rows: Sequence[Row], found: Iterable[Measured], table: str = "measured") -> None:
    """Puts figures into a table of the document, in the table's order; lines of other rows stay."""
    text = DOCUMENT.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {table} -->\n).*(<!-- /{table} -->)", re.DOTALL)
    lines = _present(place.search(text))
    by_name = {row.name: row for row in rows}
    for measured in found:
        row = by_name[measured.name]
        lines[row.what, row.against, DATABASES[measured.database]] = _cells(row, measured)
    order = {(row.what, row.against): number for number, row in enumerate(rows_of(table))}
    ordered = sorted(lines, key=lambda each: order.get(each[:2], len(order)))
    written = "\n".join([HEAD, "|---|---|---|---|---|---|", *(lines[each] for each in ordered)])
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    body = f"最近一次测量：{today}；{machine()}。\n\n{written}\n"
    DOCUMENT.write_text(place.sub(lambda part: part[1] + body + part[2], text), encoding="utf-8")


def _present(part: re.Match[str] | None) -> dict[tuple[str, str, str], str]:
    """The lines of the table as it stands, by row, rival and database."""
    found = {}
    for each in part[0].splitlines() if part else ():
        if each.startswith("| ") and each != HEAD:
            cells = [cell.strip() for cell in each.strip("|").split("|")]
            found[cells[0], cells[1], cells[2]] = each
    return found


def _cells(row: Row, measured: Measured) -> str:
    """The line of the table."""
    ratio = f"{measured.ratio:.2f}×（{measured.low:.2f}–{measured.high:.2f}，{measured.rounds} 轮）"
    outcome = "达到" if measured.is_reached else f"未达到：{row.bound or '见下'}"
    cells = (row.what, row.against, DATABASES[measured.database], str(row.goal), ratio, outcome)
    return f"| {' | '.join(cells)} |"
