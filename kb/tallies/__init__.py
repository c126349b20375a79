"""What the database counts as it is written: tables that triggers keep, so that no answer counts rows."""

from kb.tallies.kept import TABLES, rebuild, sqlite_triggers

__all__ = ["TABLES", "rebuild", "sqlite_triggers"]
