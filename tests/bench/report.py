"""Writes what was measured into docs/performance.md; what people wrote around it stays as it is."""

import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.measure import Measured, Row, machine

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "performance.md"
MEASURED = re.compile(r"(<!-- measured -->\n).*(<!-- /measured -->)", re.DOTALL)
HEAD = "| 测什么 | 与什么比 | 数据库 | 目标 | 实测（各轮） | 结果 |"
DATABASES = {"": "–", "sqlite": "SQLite", "postgresql": "PostgreSQL"}


def line(row: Row, measured: Measured) -> str:
    """One line on a row, for the terminal."""
    verdict = "reached" if measured.is_reached else "NOT reached"
    return (
        f"{row.name} {measured.database}: {measured.ratio:.2f}x "
        f"(rounds {measured.low:.2f} to {measured.high:.2f}), goal {row.goal}: {verdict}"
    )


def write(rows: Sequence[Row], found: Iterable[Measured]) -> None:
    """Puts figures into the document; lines of rows that were not measured this time stay."""
    text = DOCUMENT.read_text(encoding="utf-8")
    lines = _present(text)
    by_name = {row.name: row for row in rows}
    for measured in found:
        row = by_name[measured.name]
        lines[row.what, row.against, DATABASES[measured.database]] = _cells(row, measured)
    table = "\n".join([HEAD, "|---|---|---|---|---|---|", *lines.values()])
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    body = f"最近一次测量：{today}；{machine()}。\n\n{table}\n"
    DOCUMENT.write_text(MEASURED.sub(lambda part: part[1] + body + part[2], text), encoding="utf-8")


def _present(text: str) -> dict[tuple[str, str, str], str]:
    """The lines of the table as it stands, by row, rival and database."""
    part = MEASURED.search(text)
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
