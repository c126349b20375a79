"""Backups of the whole database, accounts included, and how they come back."""
