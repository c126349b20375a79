"""What a run found, written into docs/reliability.md: each part between its own two marks."""

import re
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


@dataclass
class Part:
    """The counted outcomes of one trial: rows of what was done and what came of it."""

    name: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, done: str, count: object, outcome: str) -> None:
        """Notes what was done, how often, and what came of it."""
        self.rows.append((done, str(count), outcome))

    def demand(self, holds: bool, words: str) -> None:
        """Notes a fault where something does not hold; a run with faults fails."""
        if not holds:
            self.faults.append(words)

    def text(self) -> str:
        """The rows as a table, and the faults below it."""
        lines = ["| 做了什么 | 次数 | 结果 |", "|---|---|---|"]
        lines += [f"| {done} | {count} | {outcome} |" for done, count, outcome in self.rows]
        lines += [f"\n未达到：{fault}" for fault in self.faults] or ["\n没有一处不符合要求。"]
        return "\n".join(lines)


def write(part: Part, document: Path = DOCUMENT) -> None:
    """Puts a part's outcomes in the place of those of the run before."""
    begin, end = f"<!-- {part.name} -->", f"<!-- /{part.name} -->"
    text = document.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"{document.name} has no place for {part.name}")
    document.write_text(pattern.sub(lambda _: f"{begin}\n{part.text()}\n{end}", text), encoding="utf-8")
