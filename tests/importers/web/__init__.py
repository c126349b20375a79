"""Importing in the browser."""
