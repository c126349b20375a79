"""Telling other tools of changes."""
