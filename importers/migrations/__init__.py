"""Migrations of the tables in which pages wait to be imported."""
