"""Migrations of the API's own tables."""
