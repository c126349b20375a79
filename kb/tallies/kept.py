"""All tallies together. Each is exact at every moment; `rebuild_tallies` compares them with the rows."""

from kb.tallies import cities, city_triggers, entities, figures, totals

TABLES = {figures.TABLE, cities.TALLY, entities.TABLE, totals.TABLE}
"""The tables that must be there before the triggers on SQLite."""


def sqlite_triggers() -> dict[str, str]:
    """The triggers of all tallies for SQLite: name and statement."""
    found: dict[str, str] = {}
    for each in (figures, city_triggers, entities, totals):
        found |= each.sqlite_triggers()
    return found


def rebuild(using: str = "default") -> None:
    """Counts everything anew."""
    for each in (figures, cities, entities, totals):
        each.rebuild(using)
