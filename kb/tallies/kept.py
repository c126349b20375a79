"""All tallies together. Each is exact at every moment; `rebuild_tallies` compares them with the rows."""

from kb.tallies import cities, city_triggers, entities, figures

TABLES = {figures.TABLE, cities.TALLY, entities.TABLE}
"""The tables that must be there before the triggers on SQLite."""


def sqlite_triggers() -> dict[str, str]:
    """The triggers of all tallies for SQLite: name and statement."""
    return figures.sqlite_triggers() | city_triggers.sqlite_triggers() | entities.sqlite_triggers()


def rebuild(using: str = "default") -> None:
    """Counts everything anew."""
    for each in (figures, cities, entities):
        each.rebuild(using)
