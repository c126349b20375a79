"""Writes the measured part of docs/accuracy.md: our figures, what rivals find, and the commonest confusions.

    make accuracy                          on our own annotated pages
    make accuracy GOLD=../shared/gold      and on another folder of annotations of the seed pages

What people wrote above and below the measured part stays as it is.
"""

import argparse
import datetime
import re
from pathlib import Path

from importers.evaluate.pages import annotations, page_file, read_pages, score
from importers.evaluate.tally import Report
from importers.extract.pipeline import VERSION
from tests.bench import peers

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "accuracy.md"
MEASURED = re.compile(r"(<!-- measured -->\n).*(<!-- /measured -->)", re.DOTALL)
OURS = (ROOT / "tests" / "pages" / "expected", ROOT / "tests" / "pages", "自写版面")
CONFUSIONS = 15


def report(gold: Path, pages: Path) -> Report:
    """Our figures on the annotated pages of a folder."""
    annotated = annotations(gold)
    files = {page["seed"]: page_file(pages, page["seed"]) for page in annotated}
    return score(annotated, read_pages(files.values()), files)


def figures(ours: Report, title: str) -> str:
    """A table with one row for each line of the report."""
    rows = [f"### {title}\n", "| 项 | 精确率 | 召回率 | F1 | 对 | 漏 | 多 |", "|---|---|---|---|---|---|---|"]
    for name, tally in sorted(ours.lines.items()):
        shares = f"{tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f}"
        rows.append(f"| `{name}` | {shares} | {tally.right} | {len(tally.missed)} | {len(tally.spurious)} |")
    return "\n".join(rows)


def rivals(ours: Report, gold: Path, pages: Path, title: str) -> str:
    """A table of the rivals' F1 beside ours."""
    rows = [f"### 与现成工具比较：{title}\n", "| 记录 | 工具 | F1 | 本项目 F1 |", "|---|---|---|---|"]
    for kind, found in peers.compare(gold, pages).items():
        rows += [
            f"| `{kind}` | {name} | {value:.3f} | {ours.lines[kind].f1:.3f} |"
            for name, value in found.items()
        ]
    return "\n".join(rows)


def confusions(ours: Report) -> str:
    """The commonest confusions on our own pages."""
    rows = ["### 自写版面上最常见的混淆\n", "| 次数 | 项 | 标注 | 读作 |", "|---|---|---|---|"]
    found = sorted(ours.confusions.items(), key=lambda item: (-item[1], item[0]))[:CONFUSIONS]
    rows += [f"| {times} | `{name}` | {wanted} | {read} |" for (name, wanted, read), times in found]
    return "\n".join(rows)


def measured(sets: list[tuple[Path, Path, str]]) -> str:
    """The measured part of the document, in Markdown."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    parts = [f"测于 {today}，识别版本 {VERSION}。\n"]
    reports = [(report(gold, pages), gold, pages, title) for gold, pages, title in sets]
    parts += [figures(ours, title) for ours, _, _, title in reports]
    parts += [rivals(ours, gold, pages, title) for ours, gold, pages, title in reports]
    parts.append(confusions(reports[-1][0]))
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Measures and rewrites the measured part of the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, help="annotations of the seed pages, NNN.json")
    options = parser.parse_args()
    sets = [(options.gold, ROOT / "seeds", "种子版面（两页人工标注）")] if options.gold else []
    text = measured([*sets, OURS])
    DOCUMENT.write_text(
        MEASURED.sub(lambda found: found[1] + text + found[2], DOCUMENT.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    print(text)


if __name__ == "__main__":
    main()
