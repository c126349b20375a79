"""Counts of right, missed and spurious rows, by line of the report."""

from collections.abc import Container
from dataclasses import dataclass, field


@dataclass
class Tally:
    """One line of the report."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)

    def note(self, is_right: bool, what: str) -> None:
        """Counts a wanted row as right, or as missed with what it was."""
        if is_right:
            self.right += 1
        else:
            self.missed.append(what)

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        read = self.right + len(self.spurious)
        return self.right / read if read else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was read; 1 where nothing was wanted."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Report:
    """All lines, and which value was read in place of which."""

    lines: dict[str, Tally] = field(default_factory=dict)
    confusions: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def line(self, name: str) -> Tally:
        """The line of a name; a new one is begun."""
        return self.lines.setdefault(name, Tally())

    def confuse(self, name: str, wanted: str, read: str) -> None:
        """Counts that a value was read in place of another."""
        key = (name, wanted, read)
        self.confusions[key] = self.confusions.get(key, 0) + 1

    def findings(self, names: Container[str] | None = None) -> set[str]:
        """Every miss and every spurious row, of some lines or all, to be compared with another report's."""
        lines = [(name, tally) for name, tally in self.lines.items() if names is None or name in names]
        missed = {f"{name}：漏 {what}" for name, tally in lines for what in tally.missed}
        return missed | {f"{name}：多 {what}" for name, tally in lines for what in tally.spurious}
